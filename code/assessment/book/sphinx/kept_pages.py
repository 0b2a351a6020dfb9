"""Which written pages may stay when some are read again: those that nothing of the others reaches."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

from assessment.book.sphinx.shown_on_pages import shown_on

# Below the site: what pages write besides themselves. Gone with them, so that nothing stays that no
# page leads to.
BESIDE = ("chapters", "_downloads", "_images", "_sources", "_static/fetched")


def changed_texts(app, env, _added, _changed, _removed) -> list[str]:
    """Handler of Sphinx's ``env-get-outdated``: pages whose text is not what was read, whatever time
    their file has; Sphinx itself looks at times alone.
    """
    return [name for name, seen in _texts(env).items() if seen != text_digest(env, name)]


def note_texts(env, docnames: list[str]) -> None:
    """Notes what is about to be read."""
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
    """Handler of Sphinx's ``env-updated``: every page, when anything has changed that pages show of
    one another; none besides those that were read, when their own text alone has changed.
    """
    if app.builder.name != "html":
        return []
    digest = common_digest(env)
    if digest == getattr(env, "assessment_common", None):
        return []
    if hasattr(env, "assessment_common"):
        for part in BESIDE:
            shutil.rmtree(Path(app.outdir, part), ignore_errors=True)
    env.assessment_common = digest
    return sorted(env.all_docs)


def common_digest(env) -> str:
    """Hash of all that pages show of one another: titles, contents, numbers of figures, labels,
    citations, what is shown where and from which cells it came.
    """
    labels, citations = env.get_domain("std"), env.get_domain("cite")
    parts = (
        sorted((name, title.pformat()) for name, title in env.titles.items()),
        sorted((name, list(pages)) for name, pages in env.toctree_includes.items()),
        sorted(env.toc_fignumbers.items()),
        sorted(env.toc_secnumbers.items()),
        sorted(labels.labels.items()),
        sorted(labels.anonlabels.items()),
        sorted((c.citation_id, c.key, c.formatted_entry.label) for c in citations.citations),
        sorted(shown_on(env).items()),
        sorted(getattr(env, "assessment_cells", {}).items()),
    )
    return hashlib.sha256(repr(parts).encode()).hexdigest()
