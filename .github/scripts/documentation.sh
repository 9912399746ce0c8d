#!/usr/bin/env bash
# documentation.sh FOLDER: the documentation site as FOLDER, in a project that has one.
set -euo pipefail
if [ -f tools/documentation.yml ]; then
  make docs
  cp -R build/documentation "$1"
else
  echo "this project has no documentation site"
fi
