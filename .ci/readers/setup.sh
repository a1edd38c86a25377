#!/usr/bin/env bash
# Sets up the readers that feeds are shown to, outside the repository: newsboat, sfeed and Go's XML parser (yarr's) from the
# distribution, rss2email, `reader`, feedparser and podcastparser from PyPI, rss-parser and feedsmith from npm; for a full run
# Liferea with a display as well. Prints the folder, which is FEEDMILL_READERS_TOOLS, else ~/.cache/feedmill-readers.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
tools=${FEEDMILL_READERS_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/feedmill-readers}

wanted=(newsboat:newsboat sfeed:sfeed_update golang-go:go)
if [ "${FEEDMILL_CI_SIZE:-}" = full ]; then wanted+=(liferea:liferea xvfb:Xvfb dbus:dbus-run-session); fi
missing=()
for program in "${wanted[@]}"; do
  command -v "${program#*:}" >/dev/null || missing+=("${program%:*}")
done
if [ ${#missing[@]} -gt 0 ]; then
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "install ${missing[*]} (on Debian: apt-get install ${missing[*]})" >&2
    exit 1
  fi
  { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}"; } >&2
fi
command -v node >/dev/null || { echo "install node 20 or newer" >&2; exit 1; }

mkdir -p "$tools/node"
"$here/../venv.sh" "$tools/venv" "$here/requirements.txt" >/dev/null
if ! cmp -s "$here/package-lock.json" "$tools/node/installed.json"; then
  cp "$here/package.json" "$here/package-lock.json" "$tools/node/"
  (cd "$tools/node" && npm ci --ignore-scripts --no-audit --no-fund) >&2
  cp "$here/package-lock.json" "$tools/node/installed.json"
fi
cp "$here/parse.mjs" "$tools/node/"
GO111MODULE=off GOCACHE="$tools/go" go build -o "$tools/channel-link" "$here/channel_link.go" >&2
echo "$tools"
