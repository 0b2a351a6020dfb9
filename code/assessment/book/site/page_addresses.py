"""Pages of the site by order, title and address."""

from __future__ import annotations

import os
from pathlib import Path

import yaml

from assessment.presentation.language import ENGLISH, LANGUAGE


def site_address(root: Path) -> str:
    """Where the site is published: from the environment or _config.yml, "" when neither says."""
    config = yaml.safe_load((root / "_config.yml").read_text(encoding="utf-8"))
    settings = config.get("sphinx", {}).get("config", {})
    return os.environ.get("ASSESSMENT_SITE_ADDRESS") or settings.get("assessment_site_address", "")


def english_site(builder, page: str) -> str:
    """The folder of the English site as seen from a page, "" or with a slash at its end: an edition in
    another language lies below it, and what is English alone, as the PDFs are, lies there.
    """
    top = builder.get_relative_uri(page, builder.config.root_doc).rpartition("index.html")[0]
    return top if LANGUAGE == ENGLISH else f"{top}../"


def pages_in_order(app) -> list[str]:
    """The pages as the table of contents has them."""
    listed = [app.config.root_doc, *app.env.toctree_includes.get(app.config.root_doc, [])]
    return [page for page in listed if page in app.env.found_docs]


def page_title(app, pagename: str) -> str:
    return app.env.titles[pagename].astext() if pagename in app.env.titles else pagename


def absolute_address(app, path: str) -> str:
    """A path on the site with the site's address before it, where one is configured."""
    base = app.config.assessment_site_address
    return f"{base.rstrip('/')}/{path}" if base else path


def page_address(app, pagename: str) -> str:
    """The canonical address of a page; "" where no site address is configured."""
    return (
        absolute_address(app, app.builder.get_target_uri(pagename))
        if app.config.assessment_site_address
        else ""
    )
