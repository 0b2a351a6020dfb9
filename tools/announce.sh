#!/bin/sh
# Makes the release of a tag from the files in _build/release, then has the site published again, with the release below v/.
# Needs gh, which GitHub's machines have, and GH_TOKEN. usage: tools/announce.sh v1.0.0
set -eu
cd "$(dirname "$0")/.."
version=${1:?usage: tools/announce.sh v1.0.0}
cd _build/release
sha256sum --check --strict --quiet SHA256SUMS
notes=$(mktemp)
mv notes.md "$notes"
gh release create "$version" ./* --verify-tag --title "$version" --notes-file "$notes"
gh workflow run publish.yml --ref main
