#!/usr/bin/env bash
# Chromium, newsboat and node packages: FEEDMILL_BROWSER_TOOLS, the folder of the packages.
set -euo pipefail
tools=$(.ci/browser/setup.sh)
echo "FEEDMILL_BROWSER_TOOLS=$tools"
