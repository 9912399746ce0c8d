#!/usr/bin/env bash
# changes.sh FILE: writes the changes of content/ since the last commit as a patch. Without changes, it writes no file.
set -euo pipefail
rm -rf -- "$1" # a pull request may have added a symbolic link with this name
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
