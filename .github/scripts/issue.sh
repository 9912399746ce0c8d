#!/usr/bin/env bash
# issue.sh: on GitLab, reads the issue whose webhook started this pipeline (TRIGGER_PAYLOAD, a file). An issue with the
# headings of the form for a new paper or for wrong facts becomes a merge request. If the issue cannot be read, a comment
# says why. The text is untrusted: it is passed to the commands as a file, and never executed.
set -euo pipefail
digest=${DIGEST:-.venv/bin/digest} python=${PYTHON:-.venv/bin/python}
mkdir -p build
"$python" -P - "$TRIGGER_PAYLOAD" build/issue.md > build/issue.number <<'END'
import json, pathlib, sys
event = json.loads(pathlib.Path(sys.argv[1]).read_text("utf-8"))
issue = event["object_attributes"] if event.get("object_kind") == "issue" else {}
wanted = issue.get("state") == "opened" and issue.get("action") in ("open", "update", "reopen")
pathlib.Path(sys.argv[2]).write_text((issue.get("description") or "") if wanted else "", "utf-8", "replace")
print(int(issue.get("iid") or 0))
END
number=$(cat build/issue.number)
if grep -q '^### Right facts' build/issue.md; then
  command=(fix-facts build/issue.md) branch="fixes/$number" title="Fix the facts that issue $number corrects"
elif grep -qE '^### (Paper|Title)[[:space:]]*$' build/issue.md; then
  command=(from-issue build/issue.md --number "$number") branch="issue/$number" title="Add the paper of issue $number"
else
  echo "the issue does not use a form"
  exit 0
fi
if "$digest" "${command[@]}" --answer build/answer.md; then
  bash .github/scripts/propose.sh "$branch" "$title"
else
  # The token is read from a file descriptor, so that no process shows it.
  curl --silent --show-error --fail --config <(printf 'header = "PRIVATE-TOKEN: %s"\n' "$DIGEST_TOKEN") \
    --form "body=<build/answer.md" "$CI_API_V4_URL/projects/$CI_PROJECT_ID/issues/$number/notes" >/dev/null
fi
