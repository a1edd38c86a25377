//! Does one stage once, for `instructions.py` to count its instructions under valgrind: `instructions NAME`, or nothing
//! for the names.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::print_stdout)]
#![allow(missing_docs)]

mod work;

fn main() {
    // `cargo bench` and `cargo test --benches` add flags of their own.
    let Some(name) = std::env::args().nth(1).filter(|arg| !arg.starts_with('-')) else {
        return println!("{}", work::STAGES.join("\n"));
    };
    let work = work::stage(&name);
    println!("{}", measured(&work));
}

/// Valgrind counts from here, by this function's name.
#[inline(never)]
fn measured(work: &work::Work) -> usize {
    std::hint::black_box(work())
}
