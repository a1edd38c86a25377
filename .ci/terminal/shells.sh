#!/usr/bin/env bash
# Completions are read by their shells and manual pages by mandoc or man, where these are there; CI=true fetches them.
set -euo pipefail
feedmill=$1
temp=$(mktemp -d)
trap 'rm -rf "$temp"' EXIT

missing=()
for program in zsh fish mandoc; do
  command -v "$program" >/dev/null || missing+=("$program")
done
if [ "${CI:-}" = true ] && [ ${#missing[@]} -gt 0 ]; then
  { apt-get update && apt-get install -y --no-install-recommends "${missing[@]}"; } >&2
fi

checked=()
for shell in bash zsh fish; do
  "$feedmill" completions "$shell" > "$temp/$shell"
  if command -v "$shell" >/dev/null; then
    "$shell" -n "$temp/$shell"
    checked+=("$shell")
  fi
done
# What a person sees who presses Tab.
words=$(bash --norc -c "source $temp/bash; COMP_WORDS=(feedmill bui); COMP_CWORD=1; _feedmill feedmill bui feedmill; echo \${COMPREPLY[*]}")
[ "$words" = build ] || { echo "bash completes 'bui' to '$words'" >&2; exit 1; }

"$feedmill" man "$temp/man" >/dev/null
for page in "$temp"/man/*.1; do
  if command -v mandoc >/dev/null; then
    mandoc -T lint -W error "$page"
  elif command -v man >/dev/null; then
    man --warnings=all -E UTF-8 -l "$page" > /dev/null 2> "$temp/warnings"
    [ ! -s "$temp/warnings" ] || { cat "$temp/warnings" >&2; exit 1; }
  fi
done
command -v mandoc >/dev/null && checked+=(mandoc)
echo "completions and $(ls "$temp/man" | wc -l) pages read by: ${checked[*]}"
if [ "${CI:-}" = true ] && [ ${#checked[@]} -lt 4 ]; then
  echo "zsh, fish or mandoc could not be had" >&2
  exit 1
fi
