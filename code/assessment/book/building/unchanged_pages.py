"""Which written pages may stay when some are read again: those that nothing of the others reaches."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

from assessment.book.building.build_inputs import all_but_pages, see_inputs
from assessment.book.doctree.environment_digest import environment_digest
from assessment.book.doctree.page_shown import shown_on

# Below the site: what pages write besides themselves. Gone with them, so that nothing stays that no
# page leads to.
BESIDE = ("chapters", "_downloads", "_images", "_sources", "_static/fetched")

_withheld: set[str] = set()  # pages that are neither read nor written in this run
_when_written: list[Callable[[], None]] = []


def begin_live(withheld: Iterable[str], written: Callable[[], None]) -> None:
    """For this process's run: these pages stay as they are, and ``written`` is called as soon as all
    others are written.
    """
    _withheld.update(withheld)
    _when_written.append(written)


def pages_written(app) -> list:
    """Handler of Sphinx's ``html-collect-pages``, which comes after the last page: from now on the pages
    that are there agree with one another.
    """
    if app.builder.name == "html":
        _digest_file(app).write_text(app.assessment_common)
    for written in _when_written:
        written()
    return []


def outdated_pages(app, env, added: set, changed: set, _removed) -> list[str]:
    """Handler of Sphinx's ``env-get-outdated``: pages whose text is not what was read, whatever time
    their file has (Sphinx itself looks at times alone); every page, where anything but their text has
    changed since.
    """
    inputs = all_but_pages(see_inputs(Path(app.srcdir)))
    everything = inputs != getattr(env, "assessment_inputs", inputs)
    env.assessment_inputs = inputs
    found = [n for n, seen in _texts(env).items() if everything or seen != text_digest(env, n)]
    env.assessment_rewrite = everything
    _texts(env).update(dict.fromkeys(_withheld.intersection(found), ""))  # to be read later
    for names in (added, changed):
        names -= _withheld
    return sorted(set(found) - _withheld)


def note_texts(app, env, docnames: list[str]) -> None:
    """Handler of Sphinx's ``env-before-read-docs``: notes what is about to be read."""
    _texts(env).update({name: text_digest(env, name) for name in docnames})


def text_digest(env, docname: str) -> str:
    """Hash of a page's source; "" when it is gone."""
    path = Path(env.doc2path(docname))
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else ""


def _texts(env) -> dict[str, str]:
    if not hasattr(env, "assessment_texts"):
        env.assessment_texts = {}
    return env.assessment_texts


def rewrite_what_changed(app, env) -> list[str]:
    """Handler of Sphinx's ``env-get-updated``: every page, when anything has changed that pages show of
    one another; none besides those that were read, when their own text alone has changed.
    """
    if app.builder.name != "html":
        return []
    kept = _digest_file(app)
    app.assessment_common = common_digest(app, env)  # before writing, which adds to shared nodes
    same = kept.exists() and kept.read_text() == app.assessment_common
    if same and not env.assessment_rewrite:
        return []
    if kept.exists() and not _withheld:
        for part in BESIDE:
            shutil.rmtree(Path(app.outdir, part), ignore_errors=True)
    kept.unlink(missing_ok=True)  # until all are written
    return sorted(set(env.all_docs) - _withheld)


def _digest_file(app) -> Path:
    return Path(app.doctreedir, "common-digest")


def common_digest(app, env) -> str:
    """Hash of all that pages show of one another, of what is shown where, and from which cells."""
    shown = sorted(shown_on(env).items()), sorted(getattr(env, "assessment_cells", {}).items())
    return environment_digest(env, app) + hashlib.sha256(repr(shown).encode()).hexdigest()[:32]
