"""Data that a page fetches when it is asked for, each as a script of its own."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from assessment.book.writers.writing_state import page_of

FETCHED = "_static/fetched"


def fetched_later(visitor, name: str, data: str) -> str:
    """Writes data (JSON) into a script of its own and returns its address: a page opened from a
    folder may load scripts, but no other files.
    """
    text = f"(window.assessmentData ??= {{}})[{json.dumps(name)}] = {data};"
    file = Path(visitor.builder.outdir, FETCHED, f"{name}.js")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return f"{top_of_site(visitor)}{FETCHED}/{name}.js?v={hashlib.sha256(text.encode()).hexdigest()[:8]}"


def scripts(visitor, *names: str) -> str:
    """The book's own scripts of these names, in their order, for the page being written."""
    folder = f"{top_of_site(visitor)}_static/book"
    return "".join(f'<script defer src="{folder}/{name}.js"></script>' for name in names)


def top_of_site(visitor) -> str:
    """The way from the page being written to the site's own folder."""
    return visitor.builder.get_relative_uri(page_of(visitor), "index").rpartition("index.html")[0]
