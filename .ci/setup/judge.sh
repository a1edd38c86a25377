#!/usr/bin/env bash
# Other programs that read and check feeds: JUDGE, the script that runs them all.
set -euo pipefail
cd ..
if [ ! -x shared/judge/setup.sh ]; then echo "there is no ../shared/judge/setup.sh" >&2; exit 1; fi
shared/judge/setup.sh >&2
echo "JUDGE=$PWD/shared/judge/judge.py"
