#!/bin/sh
# Opens JupyterLab on the chapters. Chapters are plain Markdown files that open as notebooks; nothing but the text is kept in git.
set -eu
cd "$(dirname "$0")/.."
lab=.venv-lab
export JUPYTER_CONFIG_DIR="$PWD/$lab/etc/jupyter" JUPYTERLAB_SETTINGS_DIR="$PWD/$lab/share/jupyter/lab/user-settings"
# A double click on a .md file opens the notebook, not the text editor.
"$lab/bin/python" -m jupytext_config --settings-file "$lab/etc/jupyter/labconfig/default_setting_overrides.json" set-default-viewer markdown >/dev/null
# No request leaves the machine for news or updates.
"$lab/bin/python" - "$lab/etc/jupyter/labconfig/default_setting_overrides.json" <<'SETTINGS'
import json, pathlib, sys
path = pathlib.Path(sys.argv[1])
settings = json.loads(path.read_text()) | {"@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False}}
path.write_text(json.dumps(settings, indent=2))
SETTINGS
# With progress, so that nobody waits for the first cell without knowing why.
PYTHONPATH="$PWD/code" "$lab/bin/python" -m assessment.book.lab.prepare_results
root_flag=""; [ "$(id -u)" = 0 ] && root_flag="--allow-root"
# Values in place of names, and captions: assessment/book/lab.
# shellcheck disable=SC2086
exec "$lab/bin/python" -m jupyterlab $root_flag --LabApp.default_url=/lab/tree/chapters/trial-evidence.md \
    --ServerApp.jpserver_extensions="{'assessment.book.lab': True}" \
    --LabApp.extra_labextensions_path="$PWD/code/assessment/book/lab" "$@"
