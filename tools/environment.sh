#!/bin/sh
# Makes what a command needs: a virtual environment from the hashed lock, and system packages where they are missing.
# usage: tools/environment.sh book|core|test|lint|lab|publish
set -eu
cd "$(dirname "$0")/.."
what=${1:-book}
python=${PYTHON:-python3}
say() { printf '  %s\n' "$*"; }

# install_system WHY PACKAGE... : with apt when we may, otherwise the one command to type.
install_system() {
    why=$1; shift
    if ! command -v apt-get >/dev/null 2>&1; then
        say "Needed for $why, and this is not a Debian-like system: install the equivalent of: $*"; exit 1
    fi
    if [ "$(id -u)" = 0 ]; then as_root=""; elif sudo -n true 2>/dev/null; then as_root=sudo; else
        say "Needed for $why. Please type:  sudo apt-get install -y $*"; exit 1
    fi
    say "installing $* ($why)"
    log=$(mktemp)
    { $as_root apt-get update -qq && DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends "$@"; } >"$log" 2>&1 ||
        { cat "$log"; say "Could not install. Please type:  sudo apt-get install -y $*"; exit 1; }
}

$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null ||
    { say "Python 3.11 or newer is needed (found: $($python --version 2>&1 || echo none)). Set PYTHON=... to name another."; exit 1; }
# The package's name carries the version because Debian's `venv` module comes without the pip it needs.
$python -c 'import venv, ensurepip' 2>/dev/null || install_system "virtual environments" python3-venv
# has_libraries FILE... : can they all be loaded?
has_libraries() {
    $python - "$@" <<'CHECK'
import ctypes, ctypes.util, sys
def loads(file):
    for name in (file, ctypes.util.find_library(file.removeprefix("lib").split(".so")[0])):
        try:
            if name and ctypes.CDLL(name): return True
        except OSError: pass
    return False
sys.exit(not all(map(loads, sys.argv[1:])))
CHECK
}
case $what in lint|core|publish) ;; *) has_libraries libpango-1.0.so.0 libpangoft2-1.0.so.0 libharfbuzz-subset.so.0 ||
    install_system "the PDF (text layout)" libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 ;;
esac

# belongs_here FOLDER CODE : does its Python run, and does it read the code of this checkout? A copied or moved environment names its old place.
belongs_here() {
    (cd / && env -u PYTHONPATH "$1/bin/python" - "$2" 2>/dev/null) <<'CHECK'
import importlib.util, os, sys
found = importlib.util.find_spec("assessment")
sys.exit(not (found and os.path.samefile(found.origin, sys.argv[1])))
CHECK
}

# no_network FOLDER LOG : says in one sentence why packages could not be fetched.
no_network() {
    tail -n 2 "$2" | sed 's/^/    /'
    say "The packages for $1 could not be fetched: is there a network? Connect, then run the same command again. All that was said: $2"
    exit 1
}

# environment FOLDER LOCK... : created or brought up to the lock; untouched when the lock has not changed and it belongs to this folder.
environment() {
    folder=$PWD/$1; shift
    stamp="$folder/.installed-$what"
    # not sha256sum, which macOS lacks
    wanted="$(cat "$@" pyproject.toml | $python -c 'import hashlib, sys; print(hashlib.sha256(sys.stdin.buffer.read()).hexdigest())')"
    same=""; [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ] && same=yes
    here=""; belongs_here "$folder" "$PWD/code/assessment/__init__.py" && here=yes
    [ -n "$same" ] && [ -n "$here" ] && return 0
    py="$folder/bin/python"
    again=""
    if ! "$py" -c '' 2>/dev/null; then
        [ ! -e "$folder" ] || say "the Python of $folder is gone"
        say "creating $folder"; rm -rf "$folder"; $python -m venv "$folder"; same=""
    elif [ -z "$here" ] && [ -L "$folder" ]; then
        # A link to another checkout's environment: installing into it would point the other to this code. As it is, it does: make names the code.
        [ -n "$same" ] && return 0
        say "$folder is another folder's and has other packages: remove this link, then run the same command again."; exit 1
    elif [ -z "$here" ] && [ -e "$stamp" ]; then
        say "$folder was made for another folder: installing it anew for this one"; again=--reinstall
    fi
    locks=""; for lock in "$@"; do locks="$locks -r $lock"; done
    say "installing the locked packages into $folder"
    # uv installs the same lock about twenty times faster; pip is the fallback and gives the same result. Compiled once: where Python is told to
    # write no compiled files, every process would compile all it imports, which takes seconds.
    log=$(mktemp)
    # shellcheck disable=SC2086
    if { [ -n "$again" ] && [ -x "$folder/bin/uv" ] ||
        "$py" -m pip install -q --disable-pip-version-check --retries 1 --require-hashes -r requirements/bootstrap.txt; } 2>"$log" &&
        "$folder/bin/uv" pip install -q $again --compile-bytecode --python "$py" --require-hashes $locks 2>>"$log"; then :
    elif [ -n "$again" ] && [ -n "$same" ]; then
        say "(the packages stay as they are; nothing could be fetched)"
    else
        say "(with pip: this takes a minute or two)"
        "$py" -m pip install -q --disable-pip-version-check --retries 1 --require-hashes $locks 2>>"$log" || no_network "$folder" "$log"
    fi
    "$py" -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e . 2>>"$log" || { cat "$log"; exit 1; }
    rm -f "$log"
    echo "$wanted" >"$stamp"
}

case $what in
book) environment .venv requirements.txt ;;
core) environment .venv requirements.txt requirements/test.txt ;;
publish) environment .venv-publish requirements/publish.txt ;;
test)
    environment .venv requirements.txt requirements/test.txt
    has_libraries libatomic.so.1 || install_system "the program that drives the browser" libatomic1
    if ! tools/find-browser.sh >/dev/null; then
        command -v apt-get >/dev/null 2>&1 && install_system "the browser tests" chromium ||
            .venv/bin/python -m playwright install chromium
    fi
    # without it the tests that recompute the workbook are skipped with a sentence
    if ! command -v soffice >/dev/null 2>&1 && command -v apt-get >/dev/null 2>&1; then
        (install_system "recomputing the workbook" libreoffice-calc) || say "The workbook is not recomputed here."
    fi ;;
lint) environment .venv requirements.txt requirements/lint.txt ;;
lab) environment .venv-lab requirements/lab.txt ;;
*) echo "usage: tools/environment.sh book|core|test|lint|lab|publish" >&2; exit 2 ;;
esac
