#!/usr/bin/env bash
# draft.sh: drafts missing texts within the budget. A field that fails the gates stays empty, and the run succeeds. If
# nothing was drafted, the exit code is that of `digest draft`.
set -euo pipefail
mkdir -p build
make install
.venv/bin/python -P -c 'import pydantic_ai, pypdf, selectolax' 2>/dev/null ||
  .venv/bin/python -P -m pip install --quiet 'pydantic-ai-slim[openai]>=2.68,<3' 'pypdf>=7,<8' 'selectolax>=1,<2'
make draft || code=$?
if [ -z "$(git status --porcelain content)" ]; then exit "${code:-0}"; fi
