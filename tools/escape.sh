#!/bin/sh
# The way out of Jupyter Book, tried: the same chapters with the newest Sphinx, MyST-NB and theme that this Python has, in an
# environment of its own without Jupyter Book, and then compared with the book that was built: does a reader see the same?
set -eu
cd "$(dirname "$0")/.."
root=$PWD
py=$root/.venv/bin/python
there=$root/_build/escape
venv=$root/.venv-escape
log=$root/_build/escape.log
# What Jupyter Book brings, by name; the rest as requirements.in has it.
wanted="sphinx>=9 myst-nb jupyter-cache sphinx-book-theme sphinxcontrib-bibtex sphinx-external-toc sphinx-multitoc-numbering sphinx-copybutton sphinx-design"
mkdir -p "$there"
"$py" -c '' 2>/dev/null || { echo "Type make book first."; exit 1; }
grep -vE '^(jupyter-book|sphinx-book-theme|myst-nb)' requirements.in >"$there/rest.in"
[ -x "$venv/bin/python" ] || "$py" -m venv "$venv"
# shellcheck disable=SC2086
"$root/.venv/bin/uv" pip install -q --upgrade --python "$venv/bin/python" $wanted -r "$there/rest.in" >"$log" 2>&1 ||
    { tail -n 5 "$log"; echo "The newest packages could not be installed; all that was said: $log"; exit 1; }
"$root/.venv/bin/uv" pip install -q --no-deps --python "$venv/bin/python" -e . >>"$log" 2>&1
"$root/.venv/bin/uv" pip list --python "$venv/bin/python" 2>/dev/null | grep -iE '^(sphinx|myst-nb|sphinx-book-theme|jupyter-book) '
"$py" -m assessment.book.publishing.plain_sphinx settings >"$there/conf.py"
echo "building with plain Sphinx"
# No kept result of a chapter is shared: the key of those names the lock, and this is not what is in it.
cat >>"$there/conf.py" <<'SETTINGS'
def setup(app):
    app.connect("config-inited", lambda app, config: setattr(config, "nb_execution_cache_path", CACHE), priority=999)
SETTINGS
printf 'CACHE = "%s/chapters"\n' "$there" >>"$there/conf.py"
OPENBLAS_NUM_THREADS=1 PYTHONPATH=$root/code "$venv/bin/python" -m sphinx -q -b html -W --keep-going -n -E -c "$there" -d "$there/doctrees" \
    "$root" "$there/html" >>"$log" 2>&1 || { grep -E 'WARNING|ERROR|Error' "$log" | tail -n 20; echo "Plain Sphinx did not build the book; the whole log: $log"; exit 1; }
exec "$py" -m assessment.book.publishing.plain_sphinx compare "$root/_build/html" "$there/html"
