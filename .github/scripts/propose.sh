#!/usr/bin/env bash
# propose.sh BRANCH TITLE [PATCH [TEXT [draft]]]: opens a pull request from BRANCH with the changes of content/: those of
# PATCH, or those in the working tree. It replaces BRANCH unless somebody else has pushed to it. It needs gh and GH_TOKEN on
# GitHub, DIGEST_TOKEN with permission to push on GitLab.
set -euo pipefail
branch=$1 title=$2 patch=${3:-} text=${4:-} draft=${5:+--draft} own=digest@localhost
if [ -n "$patch" ]; then git apply --index --include='content/*' "$patch"; else git add --all content; fi
# A patch that renames a file into content/ also deletes it elsewhere.
if ! git diff --cached --quiet --no-renames -- . ':(exclude)content'; then
  echo "the patch changes files outside content/; nothing is proposed" >&2
  exit 1
fi
if git diff --cached --quiet; then
  echo "nothing changed, so there is nothing to propose"
  exit 0
fi
if git fetch --quiet --depth=1 origin "refs/heads/$branch" 2>/dev/null &&
  [ "$(git log -1 --format=%ae FETCH_HEAD)" != "$own" ]; then
  echo "somebody else has pushed to the branch $branch: merge its pull request or delete the branch, then run this again" >&2
  exit 1
fi
git checkout --quiet -B "$branch"
git -c user.name=digest -c user.email="$own" commit --quiet --message "$title"
if [ -n "${GITLAB_CI:-}" ]; then
  # shellcheck disable=SC2016  # the helper reads the token itself, so that no process shows it
  git -c credential.helper='!f() { echo username=oauth2; echo "password=$DIGEST_TOKEN"; }; f' push --quiet --force \
    -o merge_request.create -o merge_request.title="$title" "${PUSH_URL:-$CI_PROJECT_URL.git}" "HEAD:refs/heads/$branch"
else
  gh auth setup-git
  git push --quiet --force origin "HEAD:refs/heads/$branch"
  body="A workflow created this pull request. Fill in the missing texts, then close and reopen the pull request to run the checks."
  if [ -n "$text" ]; then body="$body"$'\n\n'"$(head -c 60000 "$text")"; fi
  if [ "$(gh pr list --head "$branch" --state open --json number --jq length)" = 0 ]; then
    gh pr create ${draft:+"$draft"} --head "$branch" --title "$title" --body "$body"
  else
    gh pr edit "$branch" --body "$body"
  fi
fi
