#!/usr/bin/env bash
# Sets up what the browser tests need, outside the repository, and prints the folder of the node packages:
# chromium and newsboat from the distribution, playwright-core, axe-core, html-validate and feedsmith from npm.
# The folder is FEEDMILL_BROWSER_TOOLS, else ~/.cache/feedmill-browser.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
tools=${FEEDMILL_BROWSER_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/feedmill-browser}

missing=()
for program in chromium newsboat; do
  command -v "$program" >/dev/null || missing+=("$program")
done
if [ ${#missing[@]} -gt 0 ]; then
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "install ${missing[*]} (on Debian: apt-get install ${missing[*]})" >&2
    exit 1
  fi
  { apt-get update && apt-get install -y --no-install-recommends "${missing[@]}" fonts-dejavu-core; } >&2
fi
command -v node >/dev/null || { echo "install node 20 or newer" >&2; exit 1; }

mkdir -p "$tools"
if ! cmp -s "$here/package-lock.json" "$tools/installed.json"; then
  cp "$here/package.json" "$here/package-lock.json" "$tools/"
  (cd "$tools" && npm ci --ignore-scripts --no-audit --no-fund) >&2
  cp "$here/package-lock.json" "$tools/installed.json"
fi
echo "$tools"
