#!/usr/bin/env bash
# The posts of real sites: CORPORA. Nothing can be installed here: the folder is there or it is not.
set -euo pipefail
cd ..
if [ ! -d shared/corpora ]; then echo "there is no ../shared/corpora" >&2; exit 1; fi
echo "CORPORA=$PWD/shared/corpora"
