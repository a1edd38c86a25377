#!/usr/bin/env bash
# `feedmill build` leaves feeds/ as it is committed.
set -euo pipefail
cargo run --locked --release -- build
changed=$(git status --porcelain --untracked-files=all -- feeds)
if [ -n "$changed" ]; then
  printf '%s\n' "$changed"
  git --no-pager diff --stat -- feeds
  echo "feeds/ is not what content/ gives: look at the difference and commit it." >&2
  exit 1
fi
