"""Work on the bibliography that pybtex and sphinxcontrib-bibtex do again and again, done once.

pybtex asks for its plugins at every citation, and each time all installed packages are searched: a fifth
of the time in which pages are written. Every entry is formatted anew as soon as any page is read: half of
the time that one changed page takes.
"""

from __future__ import annotations

from functools import cache

import pybtex.plugin
from pybtex.style.formatting import BaseStyle

_format_entry = BaseStyle.format_entry
_known: dict[tuple[str, ...], object] = {}  # formatted entries


def remember_entry_points() -> None:
    """Searches the installed packages once for each kind of plugin."""
    pybtex.plugin.entry_points = cache(pybtex.plugin.entry_points)
    BaseStyle.format_entry = _remembered


def recall_entries(app, env) -> None:
    """Handler of Sphinx's ``env-updated``, before the bibliography's own: entries formatted in former
    runs are kept with the environment.
    """
    _known.update(getattr(env, "assessment_citations", {}))
    env.assessment_citations = _known


def _remembered(style, label: str, entry, bib_data=None):
    which = type(style).__module__, type(style).__qualname__, str(label), repr(entry)
    if which not in _known:
        _known[which] = _format_entry(style, label, entry, bib_data)
    return _known[which]
