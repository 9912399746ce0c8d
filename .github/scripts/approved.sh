#!/usr/bin/env bash
# approved.sh FILE: applies the corrections of all open issues for wrong facts with the label `approved`, and writes to
# FILE which issues the pull request closes. Issues that cannot be read are skipped.
set -euo pipefail
rm -rf -- "$1" # a pull request may have added a symbolic link with this name
: > "$1"
gh issue list --repo "$GITHUB_REPOSITORY" --label approved --state open --limit 100 --json number,title,body \
  --jq '.[] | select(.title | startswith("Wrong facts:")) | "\(.number) \(.body | @base64)"' |
  while read -r number body; do
    base64 --decode <<<"$body" > "${RUNNER_TEMP:-/tmp}/approved.md"
    if "${DIGEST:-.venv/bin/digest}" fix-facts "${RUNNER_TEMP:-/tmp}/approved.md"; then echo "Closes #$number." >> "$1"; fi
  done
