#!/bin/sh
# Prints the browser the tests should drive: $CHROMIUM, else the first one installed. Exit 1 when there is none.
for candidate in "${CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable; do
    [ -n "$candidate" ] && command -v "$candidate" 2>/dev/null && exit 0
done
ls "${HOME:-/root}"/.cache/ms-playwright/chromium-*/chrome-linux*/chrome 2>/dev/null | head -n 1 | grep .
