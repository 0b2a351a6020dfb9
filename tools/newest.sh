#!/bin/sh
# The newest versions that requirements.in and requirements/*.in allow: in a clone of the last commit, so that neither the locks
# nor any kept result of this checkout is touched, the locks are written anew, and the book is built and tested with them.
set -eu
cd "$(dirname "$0")/.."
there=_build/newest
# Kept between two runs: what was installed.
mkdir -p _build
if [ -d "$there/.venv" ]; then mv "$there/.venv" _build/.venv-newest; fi
rm -rf "$there"
git clone -q --shared . "$there"
if [ -d _build/.venv-newest ]; then mv _build/.venv-newest "$there/.venv"; fi
rm "$there"/requirements.txt "$there"/requirements/*.txt
echo "resolving anew"
(cd "$there" && UV="$OLDPWD/.venv/bin/uv" tools/lock.sh)
# Only names and versions: which are newer than in the locks?
git -C "$there" diff -U0 -- requirements.txt requirements | grep -E '^[+-][A-Za-z0-9._-]+==' | cut -d' ' -f1 | sort -u -k1.2 |
    tee _build/newest-packages.txt
echo "$(grep -c '^+' _build/newest-packages.txt || true) packages are newer than in the locks."
unset MAKEFLAGS MAKELEVEL MFLAGS
exec make -C "$there" --no-print-directory book test
