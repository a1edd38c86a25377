//! What tests, benches and fuzz targets reach besides the public items. It changes without notice.

/// Items of [`crate::adopt`].
#[cfg(feature = "app")]
pub mod adopt {
    pub use crate::adopt::*;
}
/// Items of [`crate::diagnostic`].
pub mod diagnostic {
    pub use crate::diagnostic::*;
}
/// Items of [`crate::edge`].
#[cfg(feature = "app")]
pub mod edge {
    pub use crate::edge::*;
}
/// Items of [`crate::format`].
pub mod format {
    pub use crate::format::*;
}
/// Items of [`crate::ledger`].
pub mod ledger {
    pub use crate::ledger::*;
}
/// Items of [`crate::model`].
pub mod model {
    pub use crate::model::*;
}
/// Items of [`crate::normalise`].
pub mod normalise {
    pub use crate::normalise::*;
}
/// Items of [`crate::parse`].
pub mod parse {
    pub use crate::parse::*;
}
/// Items of [`crate::pipeline`].
pub mod pipeline {
    pub use crate::pipeline::*;
}
/// Items of [`crate::plan`].
pub mod plan {
    pub use crate::plan::*;
}
/// Items of [`crate::render`].
pub mod render {
    pub use crate::render::*;
}
/// Items of [`crate::select`].
pub mod select {
    pub use crate::select::*;
}
/// Items of [`crate::validate`].
pub mod validate {
    pub use crate::validate::*;
}
