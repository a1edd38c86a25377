#!/usr/bin/env bash
# Random histories of a site, and a newsroom over years: what subscribers have stays as it is, and no ordinary day is refused.
# In the gate 60 histories and 300 days, else 400 and 2,000.
set -euo pipefail
case $FEEDMILL_CI_SIZE in
  short) histories=60 ;;
  *) histories=400 ;;
esac
FEEDMILL_HISTORIES=$histories FEEDMILL_DAYS=$((histories * 5)) cargo test --locked --test histories
