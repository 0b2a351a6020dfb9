"""The Sphinx extension of the book: roles and directives, local charts and formulas, what stands on
every page, PDF builder.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from jupyter_cache import get_cache
from sphinx.errors import SphinxError
from sphinx.util.fileutil import copy_asset

from assessment.book.charts import render
from assessment.book.pdf.builder import AssessmentPDFBuilder
from assessment.book.site import (
    citation,
    content_security,
    data_archive,
    error_reports,
    metadata,
    status_banner,
)
from assessment.book.sphinx import (
    build_placeholders,
    computed_numbers,
    explorer_form,
    glossary_terms,
    html_writers,
    mathml,
    search_objects,
)
from assessment.book.sphinx.fact_role import FactRole, OfficialLanguageRole
from assessment.book.sphinx.nodes import (
    chart_node,
    computed_node,
    computed_register_node,
    explorer_node,
    fact_node,
    filled_node,
    language_node,
    made_node,
    quotation_node,
    table_node,
    term_node,
)
from assessment.case.definition import load_case
from assessment.evidence import conflicts_by_fact, load_conflicts, load_facts
from assessment.presentation import words

ASSETS = Path(__file__).with_name("assets")
SETTINGS = ("site_address", "report_address")
# What Sphinx and its extensions write that readers of screens stumble over: a retired role in a
# list of items, a name that is not the word shown.
MENDED = (
    ('role="doc-biblioentry"', 'role="listitem"'),
    ('<summary aria-label="Toggle hidden content">', "<summary>"),
)
RESULTS_DEPEND_ON = ("code/assessment", "data", "references", "requirements.txt")


def results_key(root: Path) -> str:
    """Hash of everything a chapter's results depend on besides its own cells: code, data,
    references, the lock.
    """
    # it writes what chapters have computed; no chapter reads it
    digest, writers_room = hashlib.sha256(), root / "code" / "assessment" / "book"
    for part in RESULTS_DEPEND_ON:
        top = root / part
        for path in sorted(
            p
            for p in ([top] if top.is_file() else top.rglob("*"))
            if p.is_file() and p.suffix != ".pyc" and writers_room not in p.parents
        ):
            digest.update(
                path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0"
            )
    return digest.hexdigest()[:16]


def _config_inited(app, config) -> None:
    # jupyter-cache compares a chapter's own cells only; without this key it would publish numbers
    # from before a change of data.
    config.nb_execution_cache_path = str(
        Path(app.outdir).parent / ".jupyter_cache" / results_key(Path(app.srcdir))
    )
    config.nb_mime_priority_overrides = [
        *config.nb_mime_priority_overrides,
        (html_writers.PDF_BUILDER, "text/html", 10),
        (html_writers.PDF_BUILDER, "text/plain", 20),
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


def _builder_inited(app) -> None:
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
    # two workers creating the database at once would collide
    get_cache(app.config.nb_execution_cache_path).get_cache_limit()


def _write_one_after_another(app, env) -> None:
    # the chart converter runs threads of its own and would hang in a forked writer
    app.parallel = 1


def _stop_on_warnings(app, env) -> None:
    """Every warning stops the build in the end (-W); those of reading stop it before pages are
    written.
    """
    if app._warncount and (app.keep_going or app.warningiserror):
        raise SphinxError(
            f"{app._warncount} warnings while the chapters were read; no page was written."
        )


def _page(app, pagename, templatename, context, doctree) -> None:
    if app.builder.name == "html" and doctree is not None:
        body = context["body"]
        for said, better in MENDED:
            body = body.replace(said, better)
        context["body"] = (
            status_banner.html(app, pagename)
            + body
            + _legend()
            + error_reports.line(app.builder, pagename)
        )
        context["metatags"] = context.get("metatags", "") + metadata.head(
            app, pagename, context, doctree
        )
    scripts = context.get("script_files", [])  # formulas are MathML
    scripts[:] = [
        s
        for s in scripts
        if "mathjax"
        not in f"{getattr(s, 'filename', '')} {getattr(s, 'attributes', {}).get('body', '')}".lower()
    ]


def _legend() -> str:
    """What the small marks behind numbers mean, at the foot of every page."""
    case = load_case()
    shown = " · ".join(
        f"<b>{mark}</b> {words.STATUS_MEANINGS[name]}" for name, mark in words.STATUS_MARKS.items()
    )
    return (
        f'<p class="book-legend">Marks behind numbers: {shown} · <b>≠</b> sources disagree. Point'
        " at, tap or focus a number to see its source. Independent work: not a document of <span"
        f' lang="{case.language.id}">{case.agency.label}</span>, and not medical advice.</p>'
    )


def setup(app) -> dict:
    both = {
        "html": (html_writers.visit_fact, html_writers.depart),
        "text": (html_writers.visit_fact_text, html_writers.depart),
    }
    app.add_node(fact_node, **both)
    app.add_node(
        chart_node,
        html=(html_writers.visit_chart, html_writers.depart),
        text=(html_writers.skip, html_writers.depart),
    )
    app.add_node(
        table_node,
        html=(html_writers.visit_table, html_writers.depart),
        text=(html_writers.skip, html_writers.depart),
    )
    app.add_node(
        quotation_node,
        html=(html_writers.visit_quotation, html_writers.depart),
        text=(html_writers.skip, html_writers.depart),
    )
    app.add_node(
        computed_node,
        html=(computed_numbers.visit_computed, html_writers.depart),
        text=(html_writers.visit_fact_text, html_writers.depart),
    )
    app.add_node(
        term_node,
        html=(glossary_terms.visit_term, html_writers.depart),
        text=(html_writers.visit_fact_text, html_writers.depart),
    )
    for node, visit in (
        (made_node, computed_numbers.visit_made),
        (explorer_node, explorer_form.visit_explorer),
        (computed_register_node, computed_numbers.visit_register),
        (filled_node, build_placeholders.visit_filled),
    ):
        app.add_node(
            node, html=(visit, html_writers.depart), text=(html_writers.skip, html_writers.depart)
        )
    app.add_node(
        language_node,
        html=(html_writers.visit_language, html_writers.depart_language),
        text=(html_writers.depart, html_writers.depart),
    )
    app.add_html_math_renderer(
        "assessment", (mathml.visit_math, None), (mathml.visit_displaymath, None)
    )
    app.add_role("fact", FactRole())
    app.add_role(load_case().language.id, OfficialLanguageRole())
    app.add_role_to_domain("glue", "text", computed_numbers.ComputedRole(), override=True)
    app.add_directive("computed-register", computed_numbers.ComputedRegister)
    for name in ("cite-box", "data-tables", "reading-ease"):
        app.add_directive(name, build_placeholders.Filled)
    app.add_domain(search_objects.AssessmentDomain)
    for name in SETTINGS:
        app.add_config_value(f"assessment_{name}", "", "html", str)
    app.add_builder(AssessmentPDFBuilder)
    app.connect("config-inited", _config_inited, priority=900)
    app.connect("builder-inited", _builder_inited)
    app.connect("env-check-consistency", _stop_on_warnings)
    app.connect("env-check-consistency", _write_one_after_another)
    # the measure reads the page before cards are put into it
    for fill in (build_placeholders.measure, glossary_terms.mark_terms, search_objects.add_words):
        app.connect("doctree-resolved", fill)
    app.connect("html-page-context", _page, priority=900)
    for write in (citation.write_files, data_archive.write_files, metadata.write_files):
        app.connect("build-finished", write)
    app.connect("build-finished", content_security.seal, priority=950)
    return {
        "parallel_read_safe": True,
        "parallel_write_safe": True,
        "version": "1",
        "env_version": 1,
    }


__all__ = ["results_key", "setup"]
