//! What tests, benches and fuzz targets reach besides the public items. It changes without notice.

/// [`crate::diagnostic`].
pub mod diagnostic {
    pub use crate::diagnostic::*;
}
/// [`crate::edge`].
#[cfg(feature = "app")]
pub mod edge {
    pub use crate::edge::*;
}
/// [`crate::format`].
pub mod format {
    pub use crate::format::*;
}
/// [`crate::ledger`].
pub mod ledger {
    pub use crate::ledger::*;
}
/// [`crate::model`].
pub mod model {
    pub use crate::model::*;
}
/// [`crate::normalise`].
pub mod normalise {
    pub use crate::normalise::*;
}
/// [`crate::parse`].
pub mod parse {
    pub use crate::parse::*;
}
/// [`crate::pipeline`].
pub mod pipeline {
    pub use crate::pipeline::*;
}
/// [`crate::plan`].
pub mod plan {
    pub use crate::plan::*;
}
/// [`crate::render`].
pub mod render {
    pub use crate::render::*;
}
/// [`crate::select`].
pub mod select {
    pub use crate::select::*;
}
/// [`crate::validate`].
pub mod validate {
    pub use crate::validate::*;
}
