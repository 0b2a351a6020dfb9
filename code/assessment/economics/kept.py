"""Long computations kept on disk under a hash of everything they depend on, so that they are never stale and are made once."""

from __future__ import annotations

import hashlib
import os
import pickle
import tempfile
from collections.abc import Callable
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

from assessment.evidence import DATA, REFERENCES, ROOT

KEPT = ROOT / "_build" / ".kept"
PACKAGES = ("numpy", "scipy", "pandas")


def kept(name: str, make: Callable):
    """``make()``, or what it gave before with the same code, data and versions of PACKAGES. A folder that cannot be written costs time only."""
    file = KEPT / f"{name}-{_fingerprint()}.pickle"
    if file.exists():
        return pickle.loads(file.read_bytes())
    made = make()
    try:
        KEPT.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=KEPT, delete=False) as part:
            pickle.dump(made, part)
        os.replace(part.name, file)
    except OSError:
        pass
    return made


@lru_cache(maxsize=1)
def _fingerprint() -> str:
    package = Path(__file__).parents[1]
    digest = hashlib.sha256(repr([(p, version(p)) for p in PACKAGES]).encode())
    rooms = [sorted((package / room).rglob("*.py")) for room in ("evidence", "survival", "economics")]
    for path in [*sum(rooms, []), *sorted(p for p in DATA.rglob("*") if p.is_file()), REFERENCES]:
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:20]
