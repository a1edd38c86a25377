#!/usr/bin/env bash
# The release binary: FEEDMILL.
set -euo pipefail
cargo build --locked --release >&2
echo "FEEDMILL=$PWD/target/release/feedmill"
