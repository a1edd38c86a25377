#!/usr/bin/env bash
# topics.sh TOPICS: as many topics as a large site has, all of which one hub is owed.
set -euo pipefail
if [ -w /dev/shm ]; then export TMPDIR=/dev/shm; fi
FEEDMILL_TOPICS=$1 cargo test --locked --test push thousands
