"""What a page may carry, and that making drawings, data and style sheets small changes nothing a
reader sees. No browser, no built site.
"""

from __future__ import annotations

import base64
import hashlib
import re

import pytest

from assessment.book.charts import render, svg_minify
from assessment.book.security import content_security, style_sheet

PAGE = (
    '<!DOCTYPE html>\n<html lang="en" data-content_root="../" data-theme="auto">\n<head>\n<meta'
    ' charset="utf-8" />\n<script src="../_static/scripts/fontawesome.js?digest=1"></script><link'
    ' href="../_static/styles/theme.css" rel="stylesheet" /><script'
    ' src="../_static/book/book.js"></script>{more}</head><body>{body}</body></html>'
)


def page(more: str = "", body: str = "") -> str:
    return PAGE.replace("{more}", more).replace("{body}", body)


def test_policy_comes_first_and_allows_the_one_script_inside():
    done = content_security.sealed_page(page(), "a.html")
    inside = re.findall(r"<script>(.*?)</script>", done)
    assert inside == [content_security.START] and "fontawesome" not in done and "book.js" in done
    digest = base64.b64encode(hashlib.sha256(inside[0].encode()).digest()).decode()
    assert f"'sha256-{digest}'" in content_security.POLICY and done.index(
        "Content-Security-Policy"
    ) < done.index("<script")
    assert content_security.sealed_page(done, "a.html") == done, "sealing twice changes nothing"


@pytest.mark.parametrize(
    "fault",
    [
        "<script>track()</script>",
        '<p style="color:red">x</p>',
        "<style>p{}</style>",
        '<button onclick="go()">x</button>',
    ],
)
def test_what_the_policy_would_block_stops_the_build_and_is_named(fault):
    with pytest.raises(
        content_security.InlineScript,
        match=(
            r"chapters/x\.html: the page's policy would block this.*put it into a file of"
            r" book/assets"
        ),
    ):
        content_security.sealed_page(page(body=fault), "chapters/x.html")


def test_data_in_a_page_is_no_script():
    data = '<script type="application/ld+json">{"a": "<p style=\'x\'>"}</script>'
    assert data in content_security.sealed_page(page(more=data), "a.html")


def test_style_sheets_keep_what_pages_use():
    css = (
        ".used{color:red}.gone,.used a{top:0}.gone{left:0}@media print{.gone{x:y}}@media"
        ' screen{.used{z:1}}html[data-theme=dark] p{q:r}@font-face{font-family:"Font'
        ' Awesome";src:url(x)}.fa-bell:before{content:"\\f0f3"}.used:not(.gone){k:v}'
    )
    kept = style_sheet.needed_rules(css, {"used"})
    for part in (".used{color:red}", ".used a{top:0}", "z:1", "q:r", "k:v"):
        assert part in kept
    for part in ("left:0", "x:y", "Awesome", "fa-bell"):
        assert part not in kept


def test_lean_drawings_keep_every_visible_mark_to_a_tenth_of_a_pixel():
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="100" height="50"><g class="mark-line"'
        ' role="graphics-object" aria-label="a > b"><path'
        ' d="M0.123456,10L33.333333,20.5L66.666666,5.05L100,0Z" stroke="#000"/><path d="M1,1h2v2Z"'
        ' opacity="0"/><path class="background" d="M0,0h9v9h-9Z"/></g><g></g><text font-family="A"'
        ' transform="translate(10.987654,3)">x &lt; y</text><text font-family="A">z</text></svg>'
    )
    lean = svg_minify.lean(svg)
    x, y, places = 0.0, 0.0, []
    for command, a, b in re.findall(
        r"([Ml])(-?[\d.]+),(-?[\d.]+)", re.search(r' d="([^"]*)"', lean)[1]
    ):
        x, y = (float(a), float(b)) if command == "M" else (x + float(a), y + float(b))
        places.append((x, y))
    wanted = [(0.123456, 10), (33.333333, 20.5), (66.666666, 5.05), (100, 0)]
    assert all(
        abs(p - q) <= 0.0500001
        for place, want in zip(places, wanted, strict=True)
        for p, q in zip(place, want)
    )
    assert (
        lean.count("<path") == 1
        and "translate(11,3)" in lean
        and "x &lt; y" in lean
        and lean.count("font-family") == 1
        and "aria" not in lean
    )


def test_compact_data_keeps_small_and_large_numbers():
    rows = [
        {"name": "a", "v": 0.0351234, "year": 2026.1234567, "n": 12345678, "nok": 275000.123456},
        {"name": "b", "v": 124.56789, "year": 2016.5, "n": 3, "nok": 1.5},
    ]
    small, large = render.compact({"datasets": {"d": rows}, "mark": "point"})["datasets"]["d"]
    assert small["v"] == 0.0351 and abs(large["v"] - 124.56789) < 0.5 and small["n"] == 12345678
    assert abs(small["year"] - 2026.1234567) < 0.005 and abs(small["nok"] - 275000.123456) < 0.5
    assert render.compact({"mark": "point"}) == {"mark": "point"}


def test_what_a_style_sheet_imports_stands_in_its_place(tmp_path):
    theme = tmp_path / "_static" / "styles" / "theme.css"
    theme.parent.mkdir(parents=True)
    theme.write_text('@import "../basic.css";\np{z:1}')
    (tmp_path / "_static" / "basic.css").write_text(
        "ul{background:url(file.png)}.gone{a:b}li{background:url(data:image/png;base64,AA)}"
    )
    found = style_sheet.sheet_text(theme, set())
    assert "import" not in found and found.endswith("p{z:1}")
    assert "ul{background:url(../file.png)}" in found and "gone" not in found
    assert "url(data:image/png;base64,AA)" in found


def test_a_page_links_one_style_sheet():
    done = style_sheet.with_one_sheet(
        content_security.sealed_page(
            page('<link rel="stylesheet" href="../_static/book/book.css" />'), "a.html"
        ),
        "1234",
    )
    assert re.findall(r"<link[^>]*>", done) == [
        '<link rel="stylesheet" href="../_static/book/all.css?v=1234">'
    ]
    assert style_sheet.needed_rules("p:has(> a){x:y}p{z:1}", {"a"}) == "p{z:1}"
