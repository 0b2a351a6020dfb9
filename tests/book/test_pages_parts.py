"""What stands around the chapters, without building the site: recordings, banner, citation, feed,
reading ease, archive, reports.
"""

from __future__ import annotations

import re
import zipfile
from datetime import date, timedelta
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest
from docutils import nodes
from docutils.utils import new_document
from frictionless import Package
from pybtex.database import parse_string
from sphinx import addnodes

from assessment.book.doctree.nodes import placeholder_node
from assessment.book.doctree.reading_ease import reading_ease, syllables
from assessment.book.site import (
    change_feed,
    citation,
    data_archive,
    error_reports,
    machine_files,
    status_banner,
)
from assessment.book.site.version import Version
from assessment.book.sphinx import build_placeholders, glossary_terms
from assessment.book.sphinx.computed_register import function_purpose
from assessment.book.writers.computed_cards import count_inputs
from assessment.evidence import (
    ROOT,
    load_facts,
    load_population_table,
    load_register,
    record_reads,
)
from assessment.evidence.provenance.result_cache import cached_result
from assessment.evidence.provenance.traced_text import Computed, computed
from assessment.pages import front_page
from assessment.pages.economics.severity import severity_texts
from assessment.presentation import numbers


def test_a_recording_notes_what_is_read_and_nothing_else():
    facts = load_facts()
    with record_reads() as outer:
        facts["cabinet.n.pnet"]
        with record_reads() as inner:
            load_population_table("life-table")
            list(facts.select(subject="cabinet", endpoint="n", population="epNET", arm=None))
        facts.select(subject="cabinet")  # chosen, not looked at
    assert outer.facts[0] == "cabinet.n.pnet" and "cabinet.n.pnet" not in inner.facts
    assert inner.tables == outer.tables == ("life-table",) and len(outer.facts) < 10
    facts["cabinet.n.epnet"]
    assert len(outer.facts) == len(set(outer.facts)) and "norway.age.pnet.start" not in outer.facts


def test_a_remembered_result_names_its_inputs_again():
    calls = []

    @cached_result(maxsize=1)
    def double():
        calls.append(1)
        return 2 * load_facts()["cabinet.n.pnet"].number

    for _ in range(2):
        with record_reads() as reads:
            assert double() == 2 * 95  # patients with pNET as the publication divides them
        assert reads.facts == ("cabinet.n.pnet",)
    assert calls == [1]


def test_texts_keep_the_nearest_origin():
    @computed
    def part():
        return {"a": numbers.fact_text(load_facts()["cabinet.n.pnet"])}

    @computed
    def whole():
        return part() | {"b": str(load_facts()["cabinet.n.epnet"].number)}

    found = whole()
    assert found["a"].function.endswith("part") and found["a"].facts == ("cabinet.n.pnet",)
    assert found["b"].function.endswith("whole") and set(found["b"].facts) == {
        "cabinet.n.pnet",
        "cabinet.n.epnet",
    }
    assert type(f"{found['a']}!") is str
    with pytest.raises(TypeError, match="returned float"):
        computed(lambda: {"a": 1.0})()


def test_severity_names_the_ages_and_the_norwegian_tables():
    shortfall = severity_texts.texts()["econ_shortfall.pnet"]
    assert (
        shortfall.function == "assessment.pages.economics.severity.severity_texts.cohort_texts"
        and function_purpose(shortfall.function).startswith("Shortfall")
    )
    assert "norway.age.pnet.start" in shortfall.facts and "life-table" in shortfall.tables
    assert re.search(r"\d+ facts \(\d+ of them assumptions\)", count_inputs(shortfall.origin()))


def test_front_page_steps_follow_the_case():
    case = front_page.case_answer()
    assert (case["front_step"], case["front_next_nb"], case["front_next_who"]) == (
        "2",
        "Bestilling",
        "Bestillerforum",
    )
    assert all(isinstance(text, Computed) for text in case.values())
    assert (
        "moderate" in front_page.certainty_answer()["front_certainty"]
        and front_page.certainty_answer()["front_certainty_active"] == "very low"
    )


def test_the_banner_counts_from_data_not_from_a_clock():
    of = status_banner.status()
    rules = load_register("upkeep").set_index("rule")["days"]
    assert of.due - of.checked == timedelta(
        days=int(rules["check_interval"])
    ) and of.stale - of.due == timedelta(days=int(rules["grace"]))
    assert of.checked == date.fromisoformat(max(load_register("source-checks")["date"]))
    line = status_banner.printed_line(of)
    for day in (of.evidence, of.checked, of.due):
        assert numbers.day(day) in line
    assert of.commit in line and f"{of.open_conflicts} open" in line


# Flesch reading ease of two sentences as printed in the article "Flesch–Kincaid readability tests"
# of Wikipedia.
@pytest.mark.parametrize(
    ("text", "flesch"),
    [
        ("The cat sat on the mat.", 116),
        (
            (
                "This sentence, taken as a reading passage unto itself, is being used to prove a"
                " point."
            ),
            69,
        ),
    ],
)
def test_flesch_as_printed_elsewhere(text, flesch):
    assert reading_ease(text).flesch == pytest.approx(flesch, abs=0.5)


def test_lix_by_hand():
    """Eight words in two sentences, two of them longer than six letters: 8/2 + 100 × 2/8 = 29."""
    ease = reading_ease("Doctors treat the tumour. Patients live with it.")
    assert (ease.words, ease.sentences) == (8, 2) and ease.lix == pytest.approx(29)
    assert reading_ease("It was 8.4 months (7.6–12.7).").sentences == 1, (
        "a decimal point ends no sentence"
    )
    with pytest.raises(ValueError, match="no word"):
        reading_ease("…")


def test_a_page_is_measured_alone_when_print_puts_all_pages_into_one_tree():
    def page(said):
        found = new_document(said)
        found += nodes.section(
            "", nodes.paragraph("", said), placeholder_node("", what="reading-ease")
        )
        return found

    whole, short = page("A long page. " * 400), page("Two words.")
    within = addnodes.start_of_file()
    within.children = short.children  # as sphinx.util.nodes.inline_all_toctrees does
    whole[0] += within
    build_placeholders.measure(None, short, "short")
    whole[0].remove(whole[0][1])
    build_placeholders.measure(None, whole, "index")
    assert next(within.findall(placeholder_node))["ease"].words == 2


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("cabozantinib", 5),
        ("neuroendocrine", 5),
        ("disease", 2),
        ("medicine", 3),
        ("stopped", 1),
        ("people", 2),
        ("serious", 3),
        ("European", 4),
        ("62", 2),
    ],
)
def test_syllables(word, count):
    assert syllables(word) == count


def test_terms_are_found_once_whole_and_in_either_case():
    used = set()
    said = (
        "Median PFS rose; the median of overall survival did not. Networks of NETs, NET and pNET"
        " differ."
    )
    found = [(said[a:b], term) for a, b, term in glossary_terms.find(said, used)]
    assert found == [
        ("Median", "median"),
        ("PFS", "progression-free survival"),
        ("overall survival", "overall survival"),
        ("NETs", "NET"),
        ("pNET", "pNET"),
    ]
    assert glossary_terms.find("the median again", used) == []


def test_citations_parse_and_carry_the_version():
    w = citation.work(ROOT, "https://example.org/book/", Version("abc1234", date(2026, 11, 22)))
    ((key, entry),) = parse_string(citation.bibtex(w), "bibtex").entries.items()
    assert (
        key == "cabozantinib-net-assessment-abc1234"
        and entry.fields["version"] == "abc1234"
        and entry.fields["year"] == "2026"
        and entry.fields["url"] == "https://example.org/book/"
    )
    assert str(entry.persons["author"][0]) == "{The assessment's contributors}"
    tags = dict(
        re.fullmatch(r"([A-Z][A-Z0-9])  - ?(.*)", line).groups()
        for line in citation.ris(w).splitlines()
    )
    assert (
        list(tags)[0] == "TY"
        and list(tags)[-1] == "ER"
        and tags["ET"] == "abc1234"
        and tags["DA"] == "2026/11/22"
    )
    assert "abc1234, 22 November 2026" in citation.plain(w)
    outside = citation.work(ROOT, "", Version("unversioned", None))
    assert (
        "url" not in citation.bibtex(outside)
        and "n.d." in citation.plain(outside)
        and "UR  -" not in citation.ris(outside)
    )


def test_the_archive_is_a_valid_package_and_always_the_same(tmp_path):
    first, second = tmp_path / "a.zip", tmp_path / "b.zip"
    data_archive.write_archive(first)
    data_archive.write_archive(second)
    assert first.read_bytes() == second.read_bytes()
    with zipfile.ZipFile(first) as archive:
        archive.extractall(tmp_path / "out")
    assert Package(str(tmp_path / "out" / "data" / "datapackage.json")).validate().valid
    assert (tmp_path / "out" / "references" / "references.bib").exists()


ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.mark.parametrize("address", ["", "https://example.org/book/"])
def test_the_feed_has_what_rfc_4287_requires(address):
    """RFC 4287, 4.1.1 and 4.1.2: id, title, updated, author of the feed; id, title, updated of each
    entry, ids unique.
    """
    root = ElementTree.fromstring(change_feed.feed(address).encode())
    assert root.tag == f"{ATOM}feed" and root.find(f"{ATOM}author/{ATOM}name").text
    entries = root.findall(f"{ATOM}entry")
    assert len(entries) == len(load_register("changes"))
    for element in (root, *entries):
        assert (
            element.find(f"{ATOM}id").text.startswith("urn:uuid:")
            and element.find(f"{ATOM}title").text
        )
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00Z", element.find(f"{ATOM}updated").text)
    assert len({e.find(f"{ATOM}id").text for e in entries}) == len(entries)
    assert all(
        link.get("href").startswith(address or "chapters/") for link in root.iter(f"{ATOM}link")
    )


def test_sitemap_and_robots():
    root = ElementTree.fromstring(
        machine_files.sitemap(["https://example.org/a.html"], "2026-11-22").encode()
    )
    assert [e.text for e in root.iter(f"{{{machine_files.SITEMAP}}}loc")] == [
        "https://example.org/a.html"
    ]
    assert "Sitemap" not in machine_files.robots() and machine_files.robots(
        "https://example.org"
    ).endswith("Sitemap: https://example.org/sitemap.xml\n")


@pytest.mark.parametrize(
    ("address", "starts"),
    [
        ("", "about.html?page=chapters%2Fpico&fact=cabinet.n.pnet#found-an-error"),
        (
            "mailto:book@example.org",
            "mailto:book@example.org?subject=Error%20in%20cabinet.n.pnet&body=",
        ),
        (
            "https://example.org/issues/new?labels=error",
            "https://example.org/issues/new?labels=error&title=Error%20in%20cabinet.n.pnet&body=",
        ),
    ],
)
def test_a_report_carries_page_fact_and_version(address, starts):
    builder = SimpleNamespace(
        config=SimpleNamespace(assessment_report_address=address),
        get_relative_uri=lambda page, target: "about.html",
    )
    found = error_reports.link(builder, "chapters/pico", "cabinet.n.pnet")
    assert found.startswith(starts)
    if address:
        assert "chapters%2Fpico" in found and "version%20" in found


def test_a_shared_unit_is_said_once():
    assert (
        front_page._without_shared_unit("3 million NOK per QALY", "10 million NOK per QALY") == "3"
    )
    assert (
        front_page._without_shared_unit("costs more and gains nothing", "10 million NOK per QALY")
        == "costs more and gains nothing"
    )
    assert front_page._without_shared_unit("no price", "no price") == "no price", (
        "never an empty text"
    )
