"""What the book does while Sphinx builds it: settings, scripts and styles, the last step, warnings
that stop it."""

from __future__ import annotations

import os
from pathlib import Path

from sphinx.errors import SphinxError
from sphinx.util.fileutil import copy_asset

from assessment.book.chapters import executed_pages
from assessment.book.charts import render
from assessment.book.provenance.last_step import finish_site
from assessment.book.security.style_sheet import SHEET
from assessment.book.site.version import version
from assessment.book.writers import (
    writing_state,
)
from assessment.evidence import conflicts_by_fact, load_conflicts, load_facts

ASSETS = Path(__file__).parents[1] / "assets"
LEFT_OPEN = "ASSESSMENT_UNSEALED"  # in the environment: somebody else takes the last step
SETTINGS = ("site_address", "report_address")


def config_inited(app, config) -> None:
    executed_pages.read_kept_outputs()
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
    config.html_search_scorer = str(ASSETS / "search_scorer.js")
    config.html_baseurl = config.assessment_site_address  # the theme's canonical link
    # wrong data stops the build before any chapter runs
    for check in (load_facts, load_conflicts, conflicts_by_fact):
        check()


def builder_inited(app) -> None:
    if app.builder.name != "html":
        return
    static = Path(app.outdir, "_static", "book")
    copy_asset(
        str(ASSETS),
        str(static),
        excluded=lambda path: path.endswith((".ttf", ".md", "pdf.css", "search_scorer.js")),
    )
    (static / "charts.js").write_text(
        render.bundle(Path(app.srcdir, "_build", ".charts")), encoding="utf-8"
    )
    app.add_css_file("book/book.css", priority=900)
    for style in ("explorer", "pages", "registers", "shell"):
        app.add_css_file(f"book/{style}.css", priority=901)
    app.add_js_file("book/shell.js", loading_method="defer", priority=899)
    for script in ("book", "banner", "pages"):
        app.add_js_file(f"book/{script}.js", loading_method="defer", priority=900)


def stop_on_warnings(app, env) -> None:
    """Every warning stops the build in the end (-W); those of reading stop it before pages are
    written.
    """
    if app._warncount and (app.keep_going or app.warningiserror):
        raise SphinxError(
            f"{app._warncount} warnings while the chapters were read; no page was written."
        )


def finish(app, failure) -> None:
    """The last step where jupyter-book alone builds the site; ``make book`` takes it on a copy, since
    pages that are kept from one build to the next must stay as Sphinx wrote them.
    """
    if failure or app.builder.name != "html" or os.environ.get(LEFT_OPEN):
        return
    site = Path(app.outdir)
    finish_site(site, Path(app.srcdir), app.config.assessment_site_address, version())


def write_all_after_seal(app, env) -> list[str]:
    """Handler of Sphinx's ``env-updated``: where the site has been sealed, every page is written
    again, as its style sheet and policy were made for all of them.
    """
    sealed = app.builder.name == "html" and Path(app.outdir, SHEET).exists()
    return sorted(env.all_docs) if sealed else []
