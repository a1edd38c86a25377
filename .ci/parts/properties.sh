#!/usr/bin/env bash
# The property tests of src/ with many inputs. In short form from the fixed seed of .cargo/config.toml, so that a commit is not
# refused by chance; in full from a new seed. To repeat a full run: PROPTEST_RNG_SEED=… .ci/all properties
set -euo pipefail
case $FEEDMILL_CI_SIZE in
  short) cases=1000 ;;
  *) cases=20000 PROPTEST_RNG_SEED=${PROPTEST_RNG_SEED:-$RANDOM$RANDOM} ;;
esac
export PROPTEST_CASES=$cases
if [ -n "${PROPTEST_RNG_SEED:-}" ]; then
  export PROPTEST_RNG_SEED
  echo "PROPTEST_RNG_SEED=$PROPTEST_RNG_SEED"
fi
cargo test --locked --lib
