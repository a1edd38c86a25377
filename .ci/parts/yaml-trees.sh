#!/usr/bin/env bash
# YAML is read as PyYAML reads it: generated texts and, where they are at hand, the front matter of real sites.
set -euo pipefail
cargo build --locked --example yaml-trees
corpora=../shared/corpora
if [ ! -d "$corpora" ]; then corpora=; fi
"$PYTHON" tests/corpora/yaml_trees.py target/debug/examples/yaml-trees ${corpora:+"$corpora"}
