#!/usr/bin/env bash
# documentation.sh FOLDER: builds the documentation site into FOLDER, if the project has one.
set -euo pipefail
if [ -f tools/documentation.yml ]; then
  make docs
  cp -R build/documentation "$1"
else
  echo "this project has no documentation site"
fi
