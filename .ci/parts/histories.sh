#!/usr/bin/env bash
# Random histories of a site: what its subscribers have stays as it is. In the gate 60, else 400.
set -euo pipefail
case $FEEDMILL_CI_SIZE in
  short) histories=60 ;;
  *) histories=400 ;;
esac
FEEDMILL_HISTORIES=$histories cargo test --locked --test histories
