//! The config file of an engine, as found in the folder.

use crate::model::Engine;

/// The config file of an engine.
#[derive(Debug, Clone)]
pub struct Config {
    /// The engine it belongs to.
    pub engine: Engine,
    /// Relative to the project folder.
    pub path: String,
    /// The folder of the engine's project.
    pub base: String,
}
