//! Arguments, printing, one file per command.
