#!/usr/bin/env bash
# Sets up what the tests of publishing need, outside the repository, and prints the Python that has it: an S3 (moto) and a
# real WebSub hub (Flask-WebSub), both from PyPI. The folder is FEEDMILL_PUBLISH_TOOLS, else ~/.cache/feedmill-publish.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
tools=${FEEDMILL_PUBLISH_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/feedmill-publish}

mkdir -p "$tools"
if ! cmp -s "$here/requirements.txt" "$tools/installed.txt"; then
  rm -f "$tools/installed.txt"
  { python3 -m venv --clear "$tools/venv" &&
    "$tools/venv/bin/pip" install --quiet --disable-pip-version-check -r "$here/requirements.txt"; } >&2
  cp "$here/requirements.txt" "$tools/installed.txt"
fi
echo "$tools/venv/bin/python"
