#!/bin/sh
# Judges the workflows (security: zizmor; correctness: jactionlint, a kept-up fork of actionlint, which no package registry has)
# and the shell scripts. Offline: nothing is asked of GitHub.
set -eu
cd "$(dirname "$0")/.."
bin=$PWD/.venv/bin
checker=""
if [ -x "$bin/shellcheck" ]; then
    echo "  shell scripts"
    "$bin/shellcheck" --severity=warning .ci/run tools/*.sh
    checker=$bin/shellcheck
fi
[ -d .github/workflows ] || exit 0
echo "  workflows"
"$bin/jactionlint" --shellcheck="$checker" .github/workflows/*.yml .github/actions/*/action.yml
"$bin/zizmor" --offline --quiet --no-progress .github
