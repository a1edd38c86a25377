#!/usr/bin/env bash
# The feeds of the test sites under all judges. Where an author's guid is not an IRI, RSS and JSON Feed carry it as it is and
# Atom cannot (RFC 4287 section 4.2.6): the judge compares ids across formats, so those sites are judged format by format.
set -euo pipefail
guids=(ids ids-without-since kept-apart odd-values)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cp -r tests/corpus/sites "$folder/same"
mkdir "$folder/guids"
for site in "${guids[@]}"; do mv "$folder/same/$site" "$folder/guids/"; done
"$JUDGE" "$folder/same" --formats "" --require all --quiet
"$JUDGE" "$folder/guids" --formats "" --require all --quiet --no-parity
