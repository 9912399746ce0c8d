#!/usr/bin/env bash
# Another group's first hour: a wheel, an empty folder, and the package registry; nothing of this checkout.
set -euo pipefail
cd "$(dirname "$0")/.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
.venv/bin/python -m hatchling build -t wheel -d "$folder" >/dev/null 2>&1
cd "$folder"
python3 -m venv tool
tool/bin/python -m pip install --quiet --disable-pip-version-check curated_paper_digest-*.whl
tool/bin/digest init my-digest --name "Our Reading" --venue "ICLR 2026" --topic "Robotics"
rm -rf tool curated_paper_digest-*.whl
cd my-digest
make site
make check
make doctor
.venv/bin/digest upgrade
.venv/bin/digest links --inner
