#!/bin/sh
# Asks OSV for known weaknesses of the packages in each lock. Ends with 1 when there are any, 2 when nobody could be asked.
set -u
cd "$(dirname "$0")/.." || exit 2
found=0
said=$(mktemp)
for lock in requirements.txt requirements/*.txt; do
    printf '  %s\n' "$lock"
    .venv-publish/bin/python -m pip_audit --vulnerability-service osv --disable-pip --require-hashes --progress-spinner off \
        --timeout 30 -r "$lock" >"$said" 2>&1
    code=$?
    if grep -qE 'ConnectionError|ServiceError|NameResolutionError|Max retries|Timeout' "$said"; then
        echo "OSV (api.osv.dev) could not be asked: is there a network? Connect, then run make audit again. All that was said: $said"
        exit 2
    fi
    [ "$code" = 0 ] || { cat "$said"; found=1; }
done
rm -f "$said"
if [ "$found" = 0 ]; then echo "No known weakness."; else
    echo "Raise the versions named above in requirements.in or requirements/*.in, then make lock."
fi
exit "$found"
