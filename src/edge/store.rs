//! Targets: where documents are staged, committed and remembered.

mod dir;
mod memory;

pub use dir::Dir;
pub use memory::Nowhere;
