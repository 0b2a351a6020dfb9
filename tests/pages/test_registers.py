"""The registers as pages: the note is whole, and every claim the book began from is answered for."""

from __future__ import annotations

import re

import pytest

from assessment.book.page_contents import page_files
from assessment.evidence import ROOT, load_conflicts, load_facts, load_register
from assessment.pages import registers
from assessment.pages.registers import change_list
from assessment.pages.registers.anchors import anchor, fact_address, fact_page
from assessment.pages.registers.conflict_list import GROUPS
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


def test_conflicts_that_change_a_result_come_first_and_each_stands_in_one_group():
    overview = registers.conflicts_overview()
    answers = re.findall(r'<td data-label="Does[^"]+">([^<]+)</td>', overview)
    order = ["yes", "cannot be told", "a little", "no"]
    assert answers == sorted(answers, key=order.index) and len(answers) == len(load_conflicts())
    shown = {
        which: set(re.findall(r'id="(conflict-[^"]+)"', registers.conflicts(which)))
        for which in GROUPS
    }
    assert sum(map(len, shown.values())) == len(load_conflicts())
    assert set(re.findall(r'href="#(conflict-[^"]+)"', overview)) == set().union(*shown.values())
    for conflict in load_conflicts():
        if conflict.kind == "analysis set" and conflict.state == "settled":
            assert f"conflict-{conflict.id.replace('_', '-')}" in shown["analysis sets"]
    with pytest.raises(ValueError, match="Allowed: open, analysis sets, settled"):
        registers.conflicts("closed")


def test_norwegian_wordings_of_conflicts_are_translated_and_nothing_is_unknown():
    cards = "".join(registers.conflicts(which) for which in GROUPS)
    assert cards.count('lang="nb"') >= 7 and "hemmer kinasene MET og VEGF" in cards
    assert "inhibits the kinases MET and VEGF" in cards
    assert ">unknown<" not in cards and "could not be found or read" in cards


def test_every_fact_has_its_row_on_the_page_that_links_lead_to():
    places = {}
    for page in ROOT.glob("chapters/sources*.md"):
        for group in re.findall(r'facts_table\("([\w-]+)"\)', page.read_text(encoding="utf-8")):
            for row in re.findall(r'<tr id="([^"]+)"', registers.facts_table(group)):
                places[row] = page.stem
    assert places == {anchor(f.id): fact_page(f.id) for f in load_facts()}
    assert fact_address("cabinet.n.all", "chapters/sources.html") == (
        "chapters/sources-cabinet.html#fact-cabinet-n-all"
    )


def test_the_list_of_all_facts_leads_to_every_row():
    index = registers.fact_index()
    for fact in load_facts():
        assert f'href="{fact_address(fact.id)}"' in index, fact.id
    elsewhere = [f for f in load_facts() if fact_page(f.id) != "sources"]
    assert len(re.findall(r'<li id="', index)) == len(elsewhere), "old addresses stay"
    groups = registers.fact_groups()
    assert (
        f'<td class="number">{sum(f.file.endswith("norway.csv") for f in load_facts())}</td>'
        in groups
    )


def test_newest_changes_stand_open_and_the_rest_is_folded():
    shown = registers.changes()
    numbers = [int(n) for n in re.findall(r'data-number="(\d+)"', shown)]
    assert sorted(numbers) == list(range(1, len(load_register("changes")) + 1))
    open_ones = re.findall(r'data-number="(\d+)"', shown[: shown.index("<details>")])
    assert len(open_ones) == change_list.SHOWN and int(open_ones[0]) == max(numbers)
    dates = re.findall(r'<time datetime="([^"]+)"', shown)
    assert dates == sorted(dates, reverse=True)
