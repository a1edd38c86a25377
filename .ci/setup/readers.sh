#!/usr/bin/env bash
# Real readers and their parsers: READERS, the folder with the Python and node packages.
set -euo pipefail
tools=$(.ci/readers/setup.sh)
echo "READERS=$tools"
