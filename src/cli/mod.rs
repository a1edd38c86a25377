//! Arguments, printing, one file per command.

pub mod args;
