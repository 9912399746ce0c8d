#!/usr/bin/env bash
# approved.sh FILE: makes the changes of all open issues for wrong facts that have the label `approved`, and writes into
# FILE which issues a pull request of them closes. An issue that cannot be read changes nothing.
set -euo pipefail
rm -rf -- "$1" # a link in its place, which a pull request can bring, would lead elsewhere
: > "$1"
gh issue list --repo "$GITHUB_REPOSITORY" --label approved --state open --limit 100 --json number,title,body \
  --jq '.[] | select(.title | startswith("Wrong facts:")) | "\(.number) \(.body | @base64)"' |
  while read -r number body; do
    base64 --decode <<<"$body" > "${RUNNER_TEMP:-/tmp}/approved.md"
    if "${DIGEST:-.venv/bin/digest}" fix-facts "${RUNNER_TEMP:-/tmp}/approved.md"; then echo "Closes #$number." >> "$1"; fi
  done
