#!/usr/bin/env bash
# An S3 (moto) and a real WebSub hub (Flask-WebSub): PUBLISH_PYTHON, the Python that has them.
set -euo pipefail
python=$(.ci/venv.sh "${FEEDMILL_PUBLISH_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/feedmill-publish}/venv" .ci/publish/requirements.txt)
echo "PUBLISH_PYTHON=$python"
