//! The feedmill command: all it does lies in the library's `cli`.

use std::process::ExitCode;

fn main() -> ExitCode {
    feedmill::cli::main(std::env::args_os())
}
