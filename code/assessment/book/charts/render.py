"""Charts as vectors and as pictures: drawn once by vl-convert, kept by the hash of what was drawn."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import math
import re
from functools import lru_cache
from pathlib import Path

import numpy as np
from PIL import Image
from PIL import __version__ as PILLOW_VERSION

from assessment.book.charts import svg_minify
from assessment.evidence.provenance.result_cache import write_whole
from assessment.presentation.show import WIDE
from assessment.presentation.theme import BACKGROUND, PALETTE

FONTS = Path(__file__).parents[1] / "assets" / "fonts"
VEGA_LITE = "6.4"
COLOURS, METHOD = 256, Image.Quantize.FASTOCTREE
BUNDLED = "window.vegaEmbed = vegaEmbed;"
PICTURE_SCALE = 2  # pixels of the PNG per pixel of the drawing: sharp on paper at column width
# pixels of the drawing: what a page of the PDF holds beside caption and notes when WIDE fills its
# width
PRINTED_HEIGHT = 860


@lru_cache(maxsize=1)
def chart_converter():
    import vl_convert

    vl_convert.register_font_directory(str(FONTS))
    return vl_convert


def compact(spec: dict) -> dict:
    """The specification with its data to three digits or a thousandth of the field's range,
    whichever is finer: less than a pixel, a third of the bytes.
    """

    def column(rows: list[dict], name: str) -> dict:
        found = [
            row[name]
            for row in rows
            if isinstance(row.get(name), float) and math.isfinite(row[name])
        ]
        spread = (max(found) - min(found)) / 1000 if found else 0
        places = -math.floor(math.log10(spread)) if spread else None
        return {
            value: (
                round(value, max(2 - math.floor(math.log10(abs(value))), places, 0))
                if places is not None and value
                else value
            )
            for value in found
        }

    def lean(rows):
        if not (isinstance(rows, list) and rows and isinstance(rows[0], dict)):
            return rows
        columns = {name: column(rows, name) for name in {n for row in rows for n in row}}
        return [
            {n: columns[n].get(v, v) if isinstance(v, float) else v for n, v in row.items()}
            for row in rows
        ]

    return spec | (
        {"datasets": {name: lean(rows) for name, rows in spec["datasets"].items()}}
        if "datasets" in spec
        else {}
    )


@lru_cache(maxsize=1)
def drawn_with() -> str:
    """Everything besides a drawing's own text that its bytes depend on, as one text."""
    digest = hashlib.sha256()
    for font in sorted(FONTS.iterdir()):
        digest.update(f"{font.name}\0".encode() + font.read_bytes())
    versions = [VEGA_LITE, chart_converter().__version__, PILLOW_VERSION, METHOD.name]
    return "\0".join([*versions, str(PICTURE_SCALE), str(COLOURS), digest.hexdigest()])


def _kept(folder: Path, text: str, kind: str, make) -> Path:
    drawn_from = f"{drawn_with()}\0{kind}\0{text}"
    path = folder / f"{hashlib.sha256(drawn_from.encode()).hexdigest()[:24]}.{kind}"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        made = make()
        # the site and the PDF are written side by side
        write_whole(path, made if isinstance(made, bytes) else made.encode())
    return path


def svg(spec: dict, folder: Path) -> str:
    """The chart as an SVG string with literal colours. ``folder`` keeps drawings between builds."""
    text = json.dumps(spec, sort_keys=True)  # chapters' kept results have their keys sorted
    drawn = _kept(
        folder,
        text,
        "svg",
        lambda: chart_converter().vegalite_to_svg(json.loads(text), vl_version=VEGA_LITE),
    ).read_text(encoding="utf-8")
    return svg_minify.lean(ids_in_order(drawn))


def ids_in_order(drawn: str) -> str:
    """The drawing with its ids numbered from nought: the converter counts on from chart to chart,
    and which comes first is chance.
    """
    for kind in dict.fromkeys(re.findall(r'\bid="([A-Za-z_]+)\d+"', drawn)):
        place = re.compile(rf'(\bid="|#){kind}(\d+)\b')
        numbers = dict.fromkeys(number for _before, number in place.findall(drawn))
        new = {number: f"{kind}{n}" for n, number in enumerate(numbers)}
        drawn = _renumbered(drawn, place, new)
    return drawn


def _renumbered(drawn: str, place: re.Pattern, new: dict[str, str]) -> str:
    return place.sub(lambda found: found[1] + new[found[2]], drawn)


def picture(drawn: str) -> str:
    """The drawing as it leaves the site: on the light background, so that it can be read on any."""
    return re.sub(
        r"(<svg\b[^>]*>)",
        rf'\1<rect width="100%" height="100%" fill="{BACKGROUND}"/>',
        drawn,
        count=1,
    )


def png(drawn: str, folder: Path) -> Path:
    """The drawing as a PNG file in ``folder``, with as many colours as an eye tells apart in it: a
    fifth of the bytes.
    """

    def make() -> bytes:
        small = io.BytesIO()
        whole = Image.open(io.BytesIO(chart_converter().svg_to_png(drawn, scale=PICTURE_SCALE)))
        few_colours(whole.convert("RGB")).save(small, "PNG")
        return small.getvalue()

    return _kept(folder, drawn, "png", make)


def few_colours(picture: Image.Image) -> Image.Image:
    """The picture with at most COLOURS colours, each the mean of those it stands for: an octree finds
    them ten times as fast as a median cut, but would shift every one of them.
    """
    few = picture.quantize(COLOURS, METHOD, dither=Image.Dither.NONE)
    which = np.asarray(few).ravel()
    pixels = np.maximum(np.bincount(which, minlength=COLOURS), 1)
    of_each = np.asarray(picture).reshape(-1, 3)
    sums = np.stack([np.bincount(which, channel, COLOURS) for channel in of_each.T], axis=1)
    few.putpalette(np.rint(sums / pixels[:, None]).astype(np.uint8).tobytes())
    return few


def themed(text: str) -> str:
    """Palette colours replaced by CSS variables with the literal colour as fallback, so that dark
    mode can restyle them.
    """
    for name, colour in PALETTE.items():
        text = re.sub(re.escape(colour), f"var(--chart-{name},{colour})", text, flags=re.IGNORECASE)
    return text


def inline_svg(drawn: str, prefix: str) -> str:
    """SVG for a page: its parts are silent, ids made unique by ``prefix``, scaling with its column.
    Hidden from screen readers: what holds it is named.
    """
    drawn = re.sub(r'\b(id="|url\(#|href="#)([A-Za-z][\w-]*)', rf"\g<1>{prefix}-\g<2>", drawn)
    return drawn.replace("<svg ", '<svg aria-hidden="true" preserveAspectRatio="xMinYMin meet" ', 1)


def drawing_size(drawn: str) -> tuple[str, str]:
    """Width and height of a drawing in pixels, as its SVG writes them.

    Raises ValueError when the drawing does not say.
    """
    sides = [re.search(rf'<svg[^>]*? {side}="([\d.]+)"', drawn) for side in ("width", "height")]
    width, height = (found[1] if found else "" for found in sides)
    if not (width and height):
        raise ValueError("the drawing does not say how large it is")
    return width, height


def printed(drawn: str, label: str, kind: str = "drawing", style: str = "") -> str:
    """A drawing as a picture of the PDF with its text alternative (``label``, escaped). Charts get
    the scale at which WIDE fills the page's width, unless one would be too high.
    """
    width, height = map(float, drawing_size(drawn))
    scale = min(1, WIDE / width, PRINTED_HEIGHT / height)
    style = style or f"width: {100 * scale * width / WIDE:.1f}%"
    address = "data:image/svg+xml;base64," + base64.b64encode(drawn.encode()).decode()
    return (
        f'<img class="{kind}" alt="{label}" data-scale="{scale:.3f}" style="{style}"'
        f' data-width="{width:g}" data-height="{height:g}" src="{address}">'
    )


def controls(spec: dict) -> list[dict]:
    """The specification's bound parameters as {name, label, kind, value, min, max, step, options},
    in order.
    """
    bound = [
        p
        for p in spec.get("params", [])
        if isinstance(p.get("bind"), dict) and "input" in p["bind"]
    ]
    return [
        {
            "name": p["name"],
            "label": p["bind"].get("name", p["name"]),
            "kind": p["bind"]["input"],
            "value": p.get("value"),
        }
        | {k: p["bind"][k] for k in ("min", "max", "step", "options", "labels") if k in p["bind"]}
        for p in bound
    ]


def _own_scope(script: str) -> str:
    return f"(function(){{{script}}})();"


def bundle(folder: Path) -> str:
    """The script that draws charts in a browser, from the converter's own copy of Vega. Takes
    seconds, so it is kept.
    """
    kept = _kept(
        folder,
        BUNDLED,
        "js",
        lambda: _own_scope(chart_converter().javascript_bundle(BUNDLED, vl_version=VEGA_LITE)),
    )
    return kept.read_text(encoding="utf-8")
