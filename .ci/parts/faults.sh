#!/usr/bin/env bash
# Planted faults are caught by the tests: three in the gate, chosen by the commit; else all.
set -euo pipefail
case $FEEDMILL_CI_SIZE in short) chosen=(--some 3) ;; *) chosen=() ;; esac
# Dependencies are not built again: cargo writes its own files of another folder's package, so links are safe.
build=target/faults/build/debug
if [ ! -d "$build" ] && [ -d target/debug/deps ]; then
  mkdir -p "$build"
  cp -al target/debug/.fingerprint target/debug/build target/debug/deps "$build/"
fi
python3 .ci/faults/run.py "${chosen[@]}"
