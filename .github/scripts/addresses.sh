#!/usr/bin/env bash
# addresses.sh REVISION: fails if content/permalinks.txt has lost an address that it held at a revision. What was
# published once stays: an entry that goes leaves its id among the aliases of another, or stays as withdrawn.
set -euo pipefail
if [ -L content ] || [ -L content/permalinks.txt ]; then
  echo "content/permalinks.txt:1:1: a link stands in its place" >&2
  exit 1
fi
if ! before=$(git rev-parse --quiet --verify "$1^{commit}"); then
  echo "addresses.sh: the revision to compare with is not in this clone" >&2
  exit 1
fi
if ! git cat-file -e "$before:content/permalinks.txt" 2>/dev/null; then
  echo "no address was published before"
  exit 0
fi
lost=$(comm -23 <(git show "$before:content/permalinks.txt" | sort) <(sort content/permalinks.txt))
if [ -n "$lost" ]; then
  echo "content/permalinks.txt:1:1: these addresses were published and must stay:" >&2
  LC_ALL=C sed 's/[^a-z0-9/-]/?/g; s/^/  /' <<<"$lost" >&2
  echo "    Put the lines back; keep a withdrawn entry with status: withdrawn, and list an old id in aliases." >&2
  exit 1
fi
echo "every published address is kept"
