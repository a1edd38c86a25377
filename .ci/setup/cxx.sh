#!/usr/bin/env bash
# A C++ compiler, for libFuzzer. Nothing to export.
set -euo pipefail
if command -v g++ >/dev/null; then exit; fi
{ apt-get update && apt-get install -y --no-install-recommends g++; } >&2
