#!/usr/bin/env bash
# crash.sh CRASHES: a publish is killed at random moments while a reader reads every feed. In memory if possible: that takes a
# minute, and no disk.
set -euo pipefail
if [ -w /dev/shm ]; then export TMPDIR=/dev/shm; fi
FEEDMILL_CRASHES=$1 cargo test --locked --test crash
