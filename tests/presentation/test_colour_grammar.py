"""Colours mean the same in every figure: hues belong to arms and cohorts, the rest is neutral."""

import re
from pathlib import Path

import pytest

from assessment.book.page_contents import page_contents, page_files
from assessment.case.definition import load_case
from assessment.presentation import colour_grammar, theme

CASE = load_case()
ROOM = Path(theme.__file__).parents[1]
HUES = r"theme\.(BLUE|ORANGE|GREEN|PURPLE|SKY|GOLD|CATEGORICAL)\b|PALETTE\[|#[0-9a-fA-F]{6}\b"
PALETTES = (theme.PALETTE, theme.DARK_PALETTE)


def test_no_figure_names_a_hue():
    named = [
        f"{path.relative_to(ROOM)}: {found[0]}"
        for room in ("pages", "case")
        for path in (ROOM / room).rglob("*.py")
        for found in re.finditer(HUES, path.read_text(encoding="utf-8"))
    ]
    assert not named, "take colours by meaning from presentation/colour_grammar.py"


def test_arms_and_cohorts_share_no_colour_with_anything_else():
    of_the_case = [*theme.ARM_COLOURS.values(), *theme.COHORT_COLOURS.values()]
    assert len(set(of_the_case)) == len(of_the_case)
    others = {*colour_grammar.RAMP, colour_grammar.ATTENTION, colour_grammar.OUTLINE}
    others |= {theme.INK, theme.MUTED, *theme.CATEGORICAL, *colour_grammar.STATUS_COLOURS.values()}
    assert not others & set(of_the_case)


@pytest.mark.parametrize("palette", PALETTES, ids=["light", "dark"])
def test_shades_stand_out_and_can_be_told_apart(palette):
    shades = [palette[f"step{n}"] for n in range(1, 6)]
    seen = [theme.contrast(shade, palette["background"]) for shade in shades]
    assert seen == sorted(seen, reverse=True)
    assert min(seen[: colour_grammar.DISTINCT]) >= 3
    assert theme.contrast(palette["grey"], palette["background"]) >= 3  # the line around pale ones
    assert min(theme.contrast(*pair) for pair in zip(shades, shades[1:])) >= 1.3


@pytest.mark.parametrize("palette", PALETTES, ids=["light", "dark"])
@pytest.mark.parametrize("name", ["step1", "step2", "step3", "step4", "step5", "wash"])
def test_words_on_shades_can_be_read(palette, name):
    word = colour_grammar.text_on(theme.PALETTE[name])
    own = next(own for own, colour in theme.PALETTE.items() if colour == word)
    assert theme.contrast(palette[own], palette[name]) >= 4.5


def test_more_shades_than_an_eye_tells_apart_are_refused():
    assert [len(colour_grammar.ramp(n)) for n in range(1, 7)] == [1, 2, 3, 4, 5, 6]
    with pytest.raises(ValueError, match="7 shades cannot be told apart"):
        colour_grammar.ramp(7)


def scales(spec) -> list[tuple[list, list]]:
    """Every scale of a drawing that gives colours to named things: (things, colours)."""
    if isinstance(spec, list):
        return [scale for part in spec for scale in scales(part)]
    if not isinstance(spec, dict):
        return []
    found = [scale for part in spec.values() for scale in scales(part)]
    domain, given = spec.get("domain"), spec.get("range")
    if isinstance(domain, list) and isinstance(given, list) and isinstance(given[0], str):
        found.append((domain, given))
    return found


@pytest.mark.slow
@pytest.mark.parametrize("name", page_files())
def test_drawn_hues_stand_for_arms_and_cohorts(name):
    """In every scale of every figure, as drawn: a hue stands for what the case gives it to."""
    owners = {theme.PALETTE[one.colour]: one for one in (*CASE.arms, *CASE.cohorts)}
    for figure in page_contents(page_files()[name]).figures:
        for things, colours in scales(figure.draw(700).to_dict(validate=False)):
            for thing, colour in zip(things, colours):
                if (owner := owners.get(colour)) is None:
                    continue
                names = {owner.id, owner.label, owner.label.split()[0]}
                assert any(name.lower() in str(thing).lower() for name in names), (
                    f"{figure.name}: '{thing}' has the colour of {owner.label}"
                )


def hues_named(note: str) -> list[tuple[str, str]]:
    """(hue, what it is said to stand for) of each part of a note that names one of the case's hues."""
    parts = re.split(r"[.;]", note)
    owned = {one.colour for one in (*CASE.arms, *CASE.cohorts)}
    return [(hue, part) for part in parts for hue in owned if re.search(rf"\b{hue}\b", part, re.I)]


@pytest.mark.slow
@pytest.mark.parametrize("name", page_files())
def test_a_note_that_names_a_hue_names_what_the_case_gives_it_to(name):
    """Else the words tell of another drawing than the one above them."""
    owners = {one.colour: one for one in (*CASE.arms, *CASE.cohorts)}
    for figure in page_contents(page_files()[name]).figures:
        for hue, part in hues_named(figure.note or ""):
            assert owners[hue].label.split()[0].lower() in part.lower(), f"{figure.name}: {part}"


def test_such_a_note_would_be_found():
    assert hues_named("Blue: regulator. Grey: company.") == [("blue", "Blue: regulator")]
