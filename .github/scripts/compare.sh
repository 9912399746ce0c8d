#!/usr/bin/env bash
# compare.sh REVISION FILE: writes to FILE, as Markdown, how the pages of the preview in site/ differ from those of the
# content of REVISION, built with the current theme. Call it after `make preview`.
set -euo pipefail
revision=$(git rev-parse --quiet --verify "$1^{commit}")
rm -rf build/before build/content-before
mkdir -p build/content-before
git archive "$revision" content | tar -x -C build/content-before
digest=${DIGEST:-.venv/bin/digest}
"$digest" build --quarantine --preview --content build/content-before/content --site-dir build/before >/dev/null
"$digest" compare build/before site --report "$2"
if [ -n "${GITHUB_STEP_SUMMARY:-}" ]; then head -c 900000 "$2" >> "$GITHUB_STEP_SUMMARY"; fi
