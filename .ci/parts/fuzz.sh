#!/usr/bin/env bash
# fuzz.sh [SECONDS]: the fuzz targets of tests/fuzz for some minutes each, from the articles of the corpus. It builds with the
# stable toolchain, by the flags of `cargo fuzz run --sanitizer none`. An input that fails is left in target/fuzz/failures.
set -euo pipefail
case $FEEDMILL_CI_SIZE in short) seconds=60 ;; *) seconds=600 ;; esac
if [ $# -gt 0 ]; then seconds=$1; fi
target=$(rustc --version --verbose | sed -n 's/^host: //p')
export CARGO_TARGET_DIR=$PWD/target/fuzz
export RUSTFLAGS="--cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4
  -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table
  -Cllvm-args=-sanitizer-coverage-trace-compares -Cdebug-assertions -Ccodegen-units=1"
mkdir -p "$CARGO_TARGET_DIR/failures"
# The versions that the program is built with.
if [ ! -e tests/fuzz/Cargo.lock ]; then cp Cargo.lock tests/fuzz/; fi
# With an explicit target the flags are for the program alone, not for build scripts.
cargo build --release --target "$target" --manifest-path tests/fuzz/Cargo.toml

for source in tests/fuzz/fuzz_targets/*.rs; do
  name=$(basename "$source" .rs)
  mkdir -p "$CARGO_TARGET_DIR/inputs/$name"
  "$CARGO_TARGET_DIR/$target/release/$name" -max_total_time="$seconds" -max_len=8192 -rss_limit_mb=4096 -verbosity=0 \
    -print_final_stats=1 -artifact_prefix="$CARGO_TARGET_DIR/failures/$name-" \
    "$CARGO_TARGET_DIR/inputs/$name" tests/corpus/articles
done
