#!/usr/bin/env bash
# The packages of requirements.txt: PYTHON, the Python that has them.
set -euo pipefail
python=$(.ci/venv.sh "$PWD/target/ci-python" .ci/setup/requirements.txt)
echo "PYTHON=$python"
