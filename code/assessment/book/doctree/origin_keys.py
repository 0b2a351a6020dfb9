"""Origins of computed numbers by a short key: pages carry the key, one file has what it stands for."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

ORIGINS = "origins.json"  # at the top of the site as Sphinx writes it; not published


def origin_key(origin: Mapping) -> str:
    """The same for the same function, facts and tables; eight letters."""
    told = json.dumps([origin["function"], origin["facts"], origin["tables"]])
    return hashlib.sha256(told.encode()).hexdigest()[:8]


def origin_mark(origin: Mapping | None) -> str:
    """The attribute by which an element of a page names the origin of its numbers; "" without one."""
    return f' data-origin="{origin_key(origin)}"' if origin else ""
