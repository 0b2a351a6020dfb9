"""Kept pictures are found again only while everything they depend on is the same, and the same
drawing has the same bytes whichever was drawn before it.
"""

from __future__ import annotations

import json

import numpy as np
import pytest
from PIL import Image

from assessment.book.charts import render

SPEC = {
    "width": 60,
    "height": 40,
    "data": {"values": [{"a": 1, "b": 2.5}, {"a": 3, "b": 1.25}]},
    "mark": {"type": "line", "clip": True},
    "encoding": {
        "x": {"field": "a", "type": "quantitative"},
        "y": {"field": "b", "type": "quantitative"},
    },
}
OTHER = SPEC | {"mark": {"type": "area", "clip": True}}


@pytest.fixture(autouse=True)
def nothing_remembered():
    render.drawn_with.cache_clear()
    yield
    render.drawn_with.cache_clear()


def test_the_order_of_drawing_changes_no_byte(tmp_path):
    first = render.svg(SPEC, tmp_path / "one")
    render.svg(OTHER, tmp_path / "two")
    assert render.svg(SPEC, tmp_path / "two") == first
    assert 'id="clip0"' in first and "url(#clip0)" in first


def test_every_clip_keeps_its_own_area():
    drawn = (
        '<g clip-path="url(#clip11)"/><g clip-path="url(#clip2)"/><clipPath id="clip2"/>'
        '<clipPath id="clip11"/><linearGradient id="gradient_7"/><rect fill="url(#gradient_7)"/>'
        '<rect fill="#2c1103"/>'
    )
    assert render.ids_in_order(drawn) == (
        '<g clip-path="url(#clip0)"/><g clip-path="url(#clip1)"/><clipPath id="clip1"/>'
        '<clipPath id="clip0"/><linearGradient id="gradient_0"/><rect fill="url(#gradient_0)"/>'
        '<rect fill="#2c1103"/>'
    )


def test_the_order_of_keys_changes_no_byte(tmp_path):
    kept = json.loads(json.dumps(SPEC, sort_keys=True))
    assert list(kept) != list(SPEC)
    assert render.svg(kept, tmp_path / "one") == render.svg(SPEC, tmp_path / "two")


def test_a_picture_is_drawn_again_at_another_scale(tmp_path, monkeypatch):
    drawn = render.svg(SPEC, tmp_path)
    once = Image.open(render.png(drawn, tmp_path)).size
    monkeypatch.setattr(render, "PICTURE_SCALE", 2 * render.PICTURE_SCALE)
    render.drawn_with.cache_clear()
    twice = Image.open(render.png(drawn, tmp_path)).size
    assert twice == (2 * once[0], 2 * once[1])


@pytest.mark.parametrize("what", ["PILLOW_VERSION", "VEGA_LITE", "COLOURS", "FONTS"])
def test_fonts_and_versions_are_part_of_the_key(tmp_path, monkeypatch, what):
    before = render.drawn_with()
    assert render.drawn_with() == before
    if what == "FONTS":
        for font in render.FONTS.iterdir():
            (tmp_path / font.name).write_bytes(font.read_bytes() + b"\0")
        monkeypatch.setattr(render, what, tmp_path)
    else:
        monkeypatch.setattr(render, what, 9 if what == "COLOURS" else "9")
    render.drawn_with.cache_clear()
    assert render.drawn_with() != before


def test_few_colours_are_the_means_of_many():
    many = np.zeros((64, 64, 3), np.uint8)
    many[..., 0], many[..., 1] = np.arange(64)[:, None] * 4, np.arange(64) * 4
    many[:20] = 255
    few = render.few_colours(Image.fromarray(many))
    shown = np.asarray(few.convert("RGB"))
    assert len(np.unique(shown.reshape(-1, 3), axis=0)) <= render.COLOURS
    assert (shown[:20] == 255).all(), "white stays white"
    for colour in np.unique(shown[20:].reshape(-1, 3), axis=0):
        stands_for = many[(shown == colour).all(axis=2)]
        assert np.abs(stands_for.mean(axis=0) - colour).max() <= 0.5
