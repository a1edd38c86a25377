//! Targets: where documents are staged, committed and remembered.

mod dir;
mod memory;
#[cfg(feature = "net")]
mod shelf;

pub use dir::Dir;
pub use memory::Nowhere;
#[cfg(feature = "net")]
pub use shelf::FolderShelf;
