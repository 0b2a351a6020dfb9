"""The book in another language: the same chapters, code and numbers, with its catalogues.

``python -m assessment.book.editions nb`` builds the bokmål edition into ``_build/nb/_build/html``,
or with ``--toc`` only the pages that a table of contents names.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

import yaml

from assessment.evidence import ROOT
from assessment.presentation.language import ENGLISH

from .catalogues import compile_all

# What Jupyter Book is told of a language, beside Sphinx's own words for it.
SETTINGS = {
    "nb": {
        "language": "nb",
        "html_search_language": "no",
        "numfig_format": {"figure": "Figur %s", "table": "Tabell %s"},
    },
}
TOC_TITLE = {"nb": "På denne siden"}


def config(root: Path, language: str) -> dict:
    """The settings of ``_config.yml`` with those of the language."""
    read = yaml.safe_load((root / "_config.yml").read_text(encoding="utf-8"))
    sphinx = read["sphinx"]["config"] | SETTINGS[language]
    sphinx["html_theme_options"] = sphinx["html_theme_options"] | {"toc_title": TOC_TITLE[language]}
    return read | {"sphinx": read["sphinx"] | {"config": sphinx}}


def command(root: Path, language: str, toc: Path | None = None) -> tuple[list[str], dict[str, str]]:
    """What builds the edition, and the environment it runs in."""
    folder = root / "_build" / language
    folder.mkdir(parents=True, exist_ok=True)
    settings = folder / "_config.yml"
    text = yaml.safe_dump(config(root, language), allow_unicode=True)
    settings.write_text(text, encoding="utf-8")
    book = str(Path(sys.executable).with_name("jupyter-book"))
    words = [book, "build", str(root), "--config", str(settings), "--path-output", str(folder)]
    words += ["--toc", str(toc)] if toc else []
    return words, os.environ | {"ASSESSMENT_LANGUAGE": language, "OPENBLAS_NUM_THREADS": "1"}


def build(root: Path, language: str, toc: Path | None = None) -> Path:
    """Builds the edition; returns the folder of its site. Exits when the build fails."""
    compile_all(language, root / "locale")
    words, environment = command(root, language, toc)
    if code := subprocess.run(words, cwd=root, env=environment).returncode:
        sys.exit(code)
    return root / "_build" / language / "_build" / "html"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("language", choices=sorted(set(SETTINGS) - {ENGLISH}))
    parser.add_argument("--toc", type=Path)
    given = parser.parse_args()
    print(build(ROOT, given.language, given.toc))
