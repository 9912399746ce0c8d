#!/usr/bin/env bash
# changes.sh FILE: what changed in content/ since the last commit, as a patch; no file if nothing did.
set -euo pipefail
rm -rf -- "$1" # a link in its place, which a pull request can bring, would lead elsewhere
git add --all content
if git diff --cached --quiet; then
  echo "nothing changed"
  changed=false
else
  git diff --cached --binary --no-renames > "$1"
  git diff --cached --stat
  changed=true
fi
if [ -n "${GITHUB_OUTPUT:-}" ]; then echo "changed=$changed" >> "$GITHUB_OUTPUT"; fi
