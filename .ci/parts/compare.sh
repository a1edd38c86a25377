#!/usr/bin/env bash
# .ci/compare/run.py: that it finds no difference where there is none, and that it finds planted ones; in full, also what
# changed since the last tag, or without one since the commit before. Differences that are meant are in .ci/compare/accepted.txt.
set -euo pipefail
if [ -w /dev/shm ]; then export TMPDIR=/dev/shm; fi
python3 .ci/compare/selftest.py "$FEEDMILL"
if [ "$FEEDMILL_CI_SIZE" = short ]; then exit; fi

before=$(git describe --tags --abbrev=0 HEAD^ 2>/dev/null || git rev-parse HEAD^)
folder=$PWD/target/compare
git worktree remove --force "$folder/source" 2>/dev/null || true
git worktree add --force --detach "$folder/source" "$before"
trap 'git worktree remove --force "$folder/source"' EXIT
CARGO_TARGET_DIR=$folder/target cargo build --locked --release --manifest-path "$folder/source/Cargo.toml"
python3 .ci/compare/run.py "$folder/target/release/feedmill" "$FEEDMILL" --ignore .ci/compare/accepted.txt --no-manifest --bench 10000
