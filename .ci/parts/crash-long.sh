#!/usr/bin/env bash
# The crash runs of the gate at a higher count.
set -euo pipefail
case $FEEDMILL_CI_SIZE in short) crashes=600 ;; *) crashes=5000 ;; esac
.ci/parts/crash.sh "$crashes"
