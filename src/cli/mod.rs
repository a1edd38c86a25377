//! Arguments, printing, one file per command.

pub mod args;
pub mod explain;
pub mod print;
