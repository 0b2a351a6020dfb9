"""A number says how far it was checked, and every document can be found or says why not."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from assessment.evidence import DataError, load_facts, load_register, load_sources

ADDRESSLESS = Path(__file__).with_name("addressless_sources.csv")
COPIED = "cabinet.gi.baseline.age"  # an abstract, read in an index that shows it


def addressless() -> dict[str, str]:
    with ADDRESSLESS.open(newline="", encoding="utf-8") as lines:
        return {row["source"]: row["reason"] for row in csv.DictReader(lines)}


def test_every_source_has_the_address_of_the_document_or_a_reason():
    without = {key for key, source in load_sources().items() if source.url is None}
    assert without == set(addressless()), "give the address, or the reason why there is none"
    assert all(reason.endswith(".") for reason in addressless().values())


def test_no_address_is_a_site_s_front_page():
    fronts = [
        key
        for key, source in load_sources().items()
        if source.url and urlsplit(source.url).path in ("", "/") and not urlsplit(source.url).query
    ]
    assert fronts == []


def test_what_was_read_in_a_copy_is_not_called_verified():
    sources = load_sources()
    copies = {fact.read_in for fact in load_facts().unread() if fact.status == "copy"}
    hosts = {urlsplit(sources[key].url).hostname for key in copies}
    assert len(hosts) >= 5
    called = [
        fact.id
        for fact in load_facts().unread()
        if fact.status == "verified" and urlsplit(sources[fact.source].url or "").hostname in hosts
    ]
    assert called == []


@pytest.mark.parametrize(
    ("read_in", "said"),
    [("", "when the status is copy"), ("strosberg2025gi", "another document than the source")],
)
def test_a_copy_names_the_document_it_was_read_in(scratch, read_in, said):
    scratch.set("facts/cabinet.csv", COPIED, read_in=read_in)
    with pytest.raises(DataError, match=said):
        load_facts(scratch.data)


def test_one_number_has_one_status():
    """Two rows read somewhere that say the same of the same people are one number: they must not
    claim to have been checked differently far. Our arithmetic beside a printed result is another.
    """
    alike = defaultdict(list)
    for fact in load_facts().unread():
        said = fact.value if fact.low is None else (fact.value, fact.low, fact.high)
        if said is not None and fact.unit != "text" and fact.status != "derived":
            who = (fact.subject, fact.population, fact.arm, fact.analysis_set, fact.data_cut)
            alike[(*who, fact.endpoint, fact.assessor, fact.unit, said)].append(fact)
    apart = [
        [f"{fact.id}: {fact.status}" for fact in rows]
        for rows in alike.values()
        if len({fact.status for fact in rows}) > 1
    ]
    assert apart == []


def test_a_cohort_s_input_is_that_cohort_s_fact():
    """A range over both cohorts is firmer than the figure of one; an input of one cohort that took
    an end of the range would show a firmer mark than the pages about that cohort.
    """
    facts = load_facts()
    taken = [
        f"{row.id}: {row.fact}"
        for row in load_register("model-inputs").itertuples()
        if row.fact
        and row.cohort != "both"
        and facts[row.fact].population == "all"
        and any(
            other.population.lower() == row.cohort
            and (other.subject, other.arm, other.endpoint, other.unit, other.value)
            == (
                facts[row.fact].subject,
                facts[row.fact].arm,
                facts[row.fact].endpoint,
                facts[row.fact].unit,
                facts[row.fact].value,
            )
            for other in facts.unread()
        )
    ]
    assert taken == []
