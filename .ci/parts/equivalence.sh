#!/usr/bin/env bash
# Random sequences of edits: a build with the cache gives what a build without it gives.
set -euo pipefail
case $FEEDMILL_CI_SIZE in short) sequences=60 ;; *) sequences=1000 ;; esac
if [ -w /dev/shm ]; then export TMPDIR=/dev/shm; fi
FEEDMILL_SEQUENCES=$sequences cargo test --locked --test equivalence
