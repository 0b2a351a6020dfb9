"""Charts as vectors: drawn once by vl-convert, kept by the hash of what was drawn."""

from __future__ import annotations

import hashlib
import json
import re
from functools import lru_cache
from pathlib import Path

from assessment.presentation.theme import PALETTE

FONTS = Path(__file__).with_name("assets") / "fonts"
VEGA_LITE = "6.4"


@lru_cache(maxsize=1)
def _converter():
    import vl_convert
    vl_convert.register_font_directory(str(FONTS))
    return vl_convert


def svg(spec: dict, folder: Path) -> str:
    """The chart as an SVG string with literal colours. ``folder`` keeps drawings between builds."""
    text = json.dumps(spec, sort_keys=True)
    kept = folder / f"{hashlib.sha256(f'{VEGA_LITE}{_converter().__version__}{text}'.encode()).hexdigest()[:24]}.svg"
    if not kept.exists():
        folder.mkdir(parents=True, exist_ok=True)
        kept.write_text(_converter().vegalite_to_svg(spec, vl_version=VEGA_LITE), encoding="utf-8")
    return kept.read_text(encoding="utf-8")


def themed(text: str) -> str:
    """Palette colours replaced by CSS variables with the literal colour as fallback, so that dark mode can restyle them."""
    for name, colour in PALETTE.items():
        text = re.sub(re.escape(colour), f"var(--chart-{name},{colour})", text, flags=re.IGNORECASE)
    return text


def inline_svg(spec: dict, folder: Path, prefix: str, label: str) -> str:
    """SVG for a page: one named picture whose parts are silent, ids made unique by ``prefix``, scaling with its column."""
    drawn = svg(spec, folder)
    drawn = re.sub(r'\b(id="|url\(#|href="#)([A-Za-z][\w-]*)', rf"\g<1>{prefix}-\g<2>", drawn)
    drawn = re.sub(r' (role|aria-roledescription|aria-label|aria-hidden)="[^"]*"', "", drawn)
    return drawn.replace("<svg ", f'<svg role="img" aria-label="{label}" preserveAspectRatio="xMinYMin meet" ', 1)


def bundle(folder: Path) -> str:
    """The script that draws charts in a browser, from the converter's own copy of Vega. Takes seconds, so it is kept."""
    kept = folder / f"charts-{_converter().__version__}-{VEGA_LITE}.js"
    if not kept.exists():
        folder.mkdir(parents=True, exist_ok=True)
        script = _converter().javascript_bundle("window.vegaEmbed = vegaEmbed;", vl_version=VEGA_LITE)
        kept.write_text(f"(function(){{{script}}})();", encoding="utf-8")
    return kept.read_text(encoding="utf-8")
