//! Times every stage of a build on one thread: `cargo bench --bench stages [-- NAME]`. Times of two runs on one machine may
//! be compared with care; `instructions.py` is for guarding.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod work;

fn main() {
    divan::main();
}

/// One stage over all articles of the corpus; the counter tells articles a second.
#[divan::bench(args = work::STAGES, sample_count = 20)]
fn stage(bencher: divan::Bencher<'_, '_>, name: &str) {
    let work = work::stage(name);
    bencher.counter(divan::counter::ItemsCount::new(work::ARTICLES)).bench_local(work);
}
