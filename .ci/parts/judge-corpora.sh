#!/usr/bin/env bash
# The feeds of real sites under all judges: in the gate a sample of two that the gate does not read elsewhere, else every feed of all.
set -euo pipefail
case $FEEDMILL_CI_SIZE in
  short) chosen=(18f digitalgov --sample 20) ;;
  *) chosen=() ;;
esac
"$PYTHON" tests/corpora/accept.py "$FEEDMILL" "$CORPORA" "${chosen[@]}" --judge "$JUDGE"
