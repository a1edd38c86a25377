//! The `feedmill` command: calls the library's `cli`.

use std::process::ExitCode;

/// Heads and documents are many small texts and a few large ones, made on several threads: the system's allocator takes
/// twice the time for them (docs/performance.md).
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    feedmill::cli::main(std::env::args_os())
}
