#!/usr/bin/env bash
# addresses.sh REVISION: fails if content/permalinks.txt lacks a URL that it contained at a revision. Published URLs
# must keep working: the id of a merged entry becomes an alias of another, and a withdrawn entry stays.
set -euo pipefail
if [ -L content ] || [ -L content/permalinks.txt ]; then
  echo "content/permalinks.txt:1:1: the file must not be a symbolic link" >&2
  exit 1
fi
if ! before=$(git rev-parse --quiet --verify "$1^{commit}"); then
  echo "addresses.sh: this clone does not contain the revision to compare with" >&2
  exit 1
fi
if ! git cat-file -e "$before:content/permalinks.txt" 2>/dev/null; then
  echo "no URLs were published before"
  exit 0
fi
lost=$(comm -23 <(git show "$before:content/permalinks.txt" | sort) <(sort content/permalinks.txt))
if [ -n "$lost" ]; then
  echo "content/permalinks.txt:1:1: these URLs were published and must not be removed:" >&2
  LC_ALL=C sed 's/[^a-z0-9/-]/?/g; s/^/  /' <<<"$lost" >&2
  echo "    Restore the lines; keep a withdrawn entry with status: withdrawn, and list an old id in aliases." >&2
  exit 1
fi
echo "no published URL is missing"
