#!/usr/bin/env bash
# venv.sh FOLDER REQUIREMENTS: makes a virtual environment with these packages, unless it is there, and prints its Python.
set -euo pipefail
folder=$1 requirements=$2
if ! cmp -s "$requirements" "$folder/installed.txt"; then
  {
    rm -rf "$folder"
    # Debian has the module in a package of its own.
    python3 -m venv "$folder" || { apt-get update && apt-get install -y python3-venv && python3 -m venv --clear "$folder"; }
    "$folder/bin/pip" install --quiet --disable-pip-version-check -r "$requirements"
  } >&2
  cp "$requirements" "$folder/installed.txt"
fi
echo "$folder/bin/python"
