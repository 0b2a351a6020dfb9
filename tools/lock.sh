#!/bin/sh
# Rewrites the hashed locks from requirements.in and requirements/*.in, for Python 3.11 and newer on any platform.
set -eu
cd "$(dirname "$0")/.."
# The first lines of a lock keep the command, since Dependabot reads from there that it must stay universal.
compile() {
    (cd "$(dirname "$1")" && "$uv" pip compile -q "$(basename "$1")" --python-version 3.11 --universal --generate-hashes \
        --no-annotate --no-emit-index-url -o "$(basename "$2")")
    echo "  $2"
}
uv=${UV:-$PWD/.venv/bin/uv}
compile requirements.in requirements.txt
compile requirements/test.in requirements/test.txt
compile requirements/lint.in requirements/lint.txt
compile requirements/lab.in requirements/lab.txt
compile requirements/bootstrap.in requirements/bootstrap.txt
compile requirements/publish.in requirements/publish.txt
