//! The straight line from parse to plan.
