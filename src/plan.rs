//! Manifest × documents → what to put, delete and leave; and the brake.
