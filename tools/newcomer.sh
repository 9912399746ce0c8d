#!/usr/bin/env bash
# Does what a new user does first: installs the generator from a wheel, creates a digest, builds and checks it. Only the
# wheel comes from this checkout; its dependencies come from the package registry.
set -euo pipefail
cd "$(dirname "$0")/.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
.venv/bin/python -m hatchling build -t wheel -d "$folder" >"$folder/log" 2>&1 || { cat "$folder/log" >&2; exit 1; }
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
