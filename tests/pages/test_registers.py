"""The registers as pages: the note is whole, and every claim the book began from is answered for."""

from __future__ import annotations

import re

import pytest

from assessment.book.page_contents import page_files
from assessment.evidence import load_register
from assessment.pages import registers
from assessment.pages.registers import change_list
from assessment.pages.registers.starting_claims import place_link


def test_the_note_is_whole():
    form = registers.form()
    for said in (
        "Neuroendokrine tumorer (NET)",  # the heading above the indication
        'href="https://www.helsebiblioteket.no/innhold/nasjonal-faglig-retningslinje/',
        "Pasientpopulasjon, intervensjon, komparator og utfallsmål",  # the second footnote
        "Egnethetsvurderinger oppdateres ikke regelmessig.",  # the closing note
        'href="https://www.legemiddelsok.no/"',
    ):
        assert said in form
    fields = re.findall(r'<th scope="row"><span lang="nb">([^<]+)</span>', form)
    # the fields of the note, in its order
    assert fields[:5] == [
        "ID-nummer",
        "Handelsnavn (virkestoff)",
        "Virkningsmekanisme",
        "Regulatorisk status",
        "Godkjent indikasjon",
    ]
    assert len(re.findall("<tr", form)) == 1 + sum(
        i.startswith("egnethet.") for i in load_register("quotations")["id"]
    )


def test_the_short_form_says_what_it_leaves_out():
    short = registers.form(short=True)
    rest = short[short.index("The whole note") :]
    assert "Virkningsmekanisme" in rest and "Bakgrunn" in rest
    assert "Virkningsmekanisme" not in short[: short.index("The whole note")]


def test_every_claim_stands_somewhere_or_was_left_out_for_a_reason():
    claims = load_register("starting-claims")
    assert claims["source"].nunique() == 5
    for row in claims.itertuples():
        if row.kind == "left out":
            assert row.reason and not row.place, row.id
        else:
            assert row.place and not row.reason, row.id
            for place in row.place.split():
                place_link(row.kind, place)
                assert row.kind != "page" or place in page_files(), row.id


def test_claims_are_folded_by_document_and_counted():
    claims = load_register("starting-claims")
    counts = re.findall(r"<summary>All (\d+) claims</summary>", registers.starting_claims())
    assert [int(n) for n in counts] == list(claims.groupby("source", sort=False).size())


def test_links_to_passages_of_the_note_lead_to_them():
    there = set(re.findall(r'id="(note-[^"]+)"', registers.form()))
    linked = set(re.findall(r'href="#(note-[^"]+)"', registers.starting_claims()))
    assert linked and linked <= there


def test_a_place_there_is_not_stops():
    for kind in ("fact", "event", "quotation", "conflict", "page"):
        with pytest.raises(KeyError):
            place_link(kind, "no.such_place")


def test_changes_are_newest_first_within_a_day_too():
    shown = list(change_list.changes_newest_first()["what"])
    register = load_register("changes")
    newest = register[register["date"] == register["date"].max()]
    assert shown[: len(newest)] == list(newest["what"])[::-1]
