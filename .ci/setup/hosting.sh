#!/usr/bin/env bash
# nginx, Apache and Caddy, in the PATH or in /usr/sbin.
set -euo pipefail
.ci/hosting/setup.sh
