#!/usr/bin/env bash
# Looks for the servers of the hosting tests: nginx, Apache and Caddy. As root on Debian it installs what is missing.
set -euo pipefail
PATH=$PATH:/usr/sbin

missing=()
for server in nginx-light:nginx apache2-bin:apache2 caddy:caddy; do
  command -v "${server#*:}" >/dev/null || missing+=("${server%:*}")
done
if [ ${#missing[@]} -gt 0 ]; then
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "install ${missing[*]} (on Debian: apt-get install ${missing[*]})" >&2
    exit 1
  fi
  # Without systemd's help no package may start its server.
  { apt-get update && RUNLEVEL=1 apt-get install -y --no-install-recommends "${missing[@]}"; } >&2
fi
