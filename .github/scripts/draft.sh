#!/usr/bin/env bash
# draft.sh: drafts what is to be written, within the budget. A field that failed the gates stays empty, which is no fault
# of the run; a run that drafted nothing ends as digest does.
set -euo pipefail
mkdir -p build
make draft || code=$?
if [ -z "$(git status --porcelain content)" ]; then exit "${code:-0}"; fi
