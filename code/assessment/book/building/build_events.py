"""What the book does while Sphinx builds it: settings, scripts and styles, chapters side by side,
warnings that stop it."""

from __future__ import annotations

import os
from pathlib import Path

from jupyter_cache import get_cache
from sphinx.errors import SphinxError
from sphinx.util.fileutil import copy_asset

from assessment.book.building.kept_chapters import chapters_folder
from assessment.book.building.results_key import results_key
from assessment.book.charts import render
from assessment.book.writers import (
    writing_state,
)
from assessment.evidence import conflicts_by_fact, load_conflicts, load_facts

ASSETS = Path(__file__).parents[1] / "assets"
SETTINGS = ("site_address", "report_address")


def config_inited(app, config) -> None:
    # jupyter-cache compares a chapter's own cells only; without this key it would publish numbers
    # from before a change of data.
    config.nb_execution_cache_path = str(
        chapters_folder(Path(app.srcdir)) / results_key(Path(app.srcdir))
    )
    config.nb_mime_priority_overrides = [
        *config.nb_mime_priority_overrides,
        (writing_state.PDF_BUILDER, "text/html", 10),
        (writing_state.PDF_BUILDER, "text/plain", 20),
    ]
    # Jupyter Book puts every script below _static/ on every page, so the book's own files arrive by
    # copy_asset instead.
    config.html_static_path = []
    config.html_js_files = []
    # whoever publishes the book may say so in the environment, as the workflow that publishes it
    # does
    for name in SETTINGS:
        setattr(
            config,
            f"assessment_{name}",
            os.environ.get(f"ASSESSMENT_{name.upper()}") or getattr(config, f"assessment_{name}"),
        )
    config.html_baseurl = config.assessment_site_address  # the theme's canonical link
    # wrong data stops the build before any chapter runs
    for check in (load_facts, load_conflicts, conflicts_by_fact):
        check()


def builder_inited(app) -> None:
    _run_chapters_side_by_side(app)
    if app.builder.name != "html":
        return
    static = Path(app.outdir, "_static", "book")
    copy_asset(
        str(ASSETS), str(static), excluded=lambda path: path.endswith((".ttf", ".md", "pdf.css"))
    )
    (static / "charts.js").write_text(
        render.bundle(Path(app.srcdir, "_build", ".charts")), encoding="utf-8"
    )
    app.add_css_file("book/book.css", priority=900)
    for style in ("explorer", "pages", "shell"):
        app.add_css_file(f"book/{style}.css", priority=901)
    app.add_js_file("book/shell.js", loading_method="defer", priority=899)
    for script in ("book", "banner", "pages"):
        app.add_js_file(f"book/{script}.js", loading_method="defer", priority=900)


def _run_chapters_side_by_side(app) -> None:
    """Jupyter Book has no -j. Chapters share nothing but data/, so as many run at once as there are
    processors.
    """
    # some of Jupyter Book's extensions forget to say that they are safe
    for extension in app.extensions.values():
        if extension.parallel_read_safe is None:
            extension.parallel_read_safe = True
    app.parallel = min(4, os.cpu_count() or 1)
    # Which were used last decides which stay.
    Path(app.config.nb_execution_cache_path).mkdir(parents=True, exist_ok=True)
    os.utime(app.config.nb_execution_cache_path)
    # two workers creating the database at once would collide
    get_cache(app.config.nb_execution_cache_path).get_cache_limit()


def write_one_after_another(app, env) -> None:
    # the chart converter runs threads of its own and would hang in a forked writer
    app.parallel = 1


def stop_on_warnings(app, env) -> None:
    """Every warning stops the build in the end (-W); those of reading stop it before pages are
    written.
    """
    if app._warncount and (app.keep_going or app.warningiserror):
        raise SphinxError(
            f"{app._warncount} warnings while the chapters were read; no page was written."
        )
