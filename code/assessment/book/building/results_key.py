"""When kept results of chapters hold: a key of everything they depend on."""

from __future__ import annotations

import hashlib
from pathlib import Path

from assessment.presentation.language import DOMAIN, ENGLISH, LANGUAGE

RESULTS_DEPEND_ON = ("code/assessment", "data", "references", "requirements.txt")


def results_key(root: Path) -> str:
    """Hash of everything a chapter's results depend on besides its own cells: code, data,
    references, the lock, the language and the translated words of the code (figures and glued
    texts hold them). Translated chapters are no part of it: no cell reads them.
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
    if LANGUAGE != ENGLISH:
        words = root / "locale" / LANGUAGE / "LC_MESSAGES" / f"{DOMAIN}.mo"
        digest.update(LANGUAGE.encode() + b"\0" + words.read_bytes())
    return digest.hexdigest()[:16]
