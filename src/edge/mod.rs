//! The only floor that touches disk, network, clock or threads of its own.
