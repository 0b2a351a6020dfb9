"""When a page that was written stays as it is: its own document and everything common are the same.

What one document's page takes from others is in Sphinx's environment: titles, the order of chapters,
numbers of figures, places that can be linked to, numbers of citations. The rest comes from data,
references, code, packages, words and settings.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

# Counts the words of a page, for the page itself.
OWN_COUNTS = ("wordcount",)


def environment_digest(env, app) -> str:
    """A hash of everything, besides a document's own doctree, that its page depends on; the version
    of the book is no part of it. ``env`` must have been read and resolved; its ``assessment_inputs``
    is the hash of code, data and whatever else is no page.
    """
    digest = hashlib.sha256()
    for part in (
        env.assessment_inputs,
        *_settings(app.config),
        *_documents(env),
        *_citations(env),
    ):
        digest.update(part.encode() + b"\0")
    return digest.hexdigest()[:32]


def document_digest(env, name: str) -> str:
    """A hash of a document as it was read."""
    file = Path(env.doctreedir, f"{name}.doctree")
    return hashlib.sha256(file.read_bytes()).hexdigest()[:32]


def _settings(config) -> Iterator[str]:
    """Settings that pages or documents depend on; one that holds folders of this machine says where
    results are kept, which changes no page.
    """
    for setting in sorted(config, key=lambda one: one.name):
        if setting.rebuild in ("env", "html") and setting.name != "nb_execution_cache_path":
            yield f"{setting.name}={_stable(setting.value)}"


def _stable(value) -> str:
    """A value as text that is the same in every process: sets in order, no addresses."""
    if isinstance(value, dict):
        return repr(sorted((_stable(k), _stable(v)) for k, v in value.items()))
    if isinstance(value, (list, tuple)):
        return repr([_stable(one) for one in value])
    if isinstance(value, (set, frozenset)):
        return repr(sorted(_stable(one) for one in value))
    if callable(value):
        return f"{value.__module__}.{getattr(value, '__qualname__', type(value).__name__)}"
    return repr(value)


def _documents(env) -> Iterator[str]:
    yield _stable(env.found_docs)
    yield _stable({name: list(found) for name, found in env.toctree_includes.items()})
    yield _stable(env.toc_secnumbers)
    yield _stable(env.toc_fignumbers)
    for kept in (env.titles, env.longtitles, env.tocs):
        yield from (f"{name}: {node.pformat()}" for name, node in sorted(kept.items()))
    for name, said in sorted(env.metadata.items()):
        yield name + _stable({key: one for key, one in said.items() if key not in OWN_COUNTS})
    places = env.get_domain("std").data
    for kind in ("labels", "anonlabels", "objects", "progoptions", "terms"):
        # a title may be a text that is translated when it is shown
        yield _stable({k: tuple(map(str, v)) for k, v in places.get(kind, {}).items()})


def _citations(env) -> Iterator[str]:
    """Which numbers citations have, and where the lists of references stand."""
    kept = env.domaindata.get("cite", {})
    for one in kept.get("citations", ()):
        label = one.formatted_entry.label
        yield repr((one.citation_id, one.bibliography_key, one.key, label))
    for key, one in kept.get("bibliographies", {}).items():
        yield repr((key, one.style, one.list_, one.labelprefix, one.keyprefix, sorted(one.keys)))
