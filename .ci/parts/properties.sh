#!/usr/bin/env bash
# The property tests of src/ with many inputs from a new seed. To repeat a run: PROPTEST_RNG_SEED=… .ci/all properties
set -euo pipefail
case $FEEDMILL_CI_SIZE in short) cases=1000 ;; *) cases=20000 ;; esac
export PROPTEST_CASES=$cases PROPTEST_RNG_SEED=${PROPTEST_RNG_SEED:-$RANDOM$RANDOM}
echo "PROPTEST_RNG_SEED=$PROPTEST_RNG_SEED"
cargo test --locked --lib
