"""A made-up year: events that are plausible and not real, told week by week to a server on this machine,
through the watch to its findings and messages.

MATERIAL was written before the year was played: what a person who keeps the book must hear of at once.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from assessment.evidence import read_table
from assessment.living.adapters.watched_source import load_watched
from assessment.living.asking.manners import load_rules
from assessment.living.findings.findings_log import load_findings
from assessment.living.findings.messages import messages
from assessment.living.watch_run import LOOKED, look_at_all

# pytest's importlib mode puts no folder of tests on the path
sys.path.insert(0, str(Path(__file__).parent))
from made_up_answers import (
    article,
    as_json,
    decisions,
    medicines,
    notice,
    packs,
    page,
    study,
    zipped,
)

FIRST, WEEKS = date(2027, 1, 5), 52
TRIAL, OTHER = "NCT03375320", "NCT01524783"
CITED = "10.1056/nejmoa2403991"
# (week, source, field): written down before the replay. The first five interrupt, the guideline and the
# nearest judgement abroad may wait for the month's digest.
MATERIAL = [
    (6, "registry_trials", "has_results", "interrupt"),
    (14, "fest", "price", "interrupt"),
    (23, "crossref", "(new)", "interrupt"),
    (31, "method_page", "status", "interrupt"),
    (44, "decisions", "(new)", "interrupt"),
    (19, "guideline_agency", "changed", "digest"),
    (27, "nice", "status", "digest"),
]
MOST_MESSAGES = 12


class World:
    """What the sources say, and how often pages and records were edited without a change that matters."""

    def __init__(self):
        self.results, self.price, self.retracted, self.decided = False, "", False, False
        self.case, self.guideline, self.nice = "Til vurdering", "01.09.2026", "In progress"
        self.edits = 0

    def edit(self) -> None:
        """Harmless: a date of an edit, a menu, a news box, another drug's row, another pack."""
        self.edits += 1

    def answers(self) -> dict[str, tuple[str, bytes]]:
        n = self.edits
        day = (FIRST + timedelta(days=n)).isoformat()
        json, html = "application/json", "text/html"
        trials = [
            study(int(TRIAL[3:]), "COMPLETED", self.results, day),
            study(int(OTHER[3:]), "COMPLETED"),
        ]
        notices = [notice("10.1000/notice", CITED, "retraction")] if self.retracted else []
        box = f"<nav>Menu {n}</nav><aside>News of week {n}</aside>"
        status = f"<p>Kort om siste status: {self.case}.</p><p>Status (01.02.2026)</p>{box}"
        mine = [["2025_048", "Kabozantinib", "01.11.2027", "Innføres ikke"]] if self.decided else []
        other = [[f"2027_{n:03d}", "Annet", day, "Innføres"]]
        nice = f"<p>Status: {self.nice} Technology type: Medicine</p>{box}"
        label = {"set_id": "s", "effective_time": f"2027{n:04d}", "recent_major_changes": ["A"]}
        return {
            "/trials": (json, as_json({"studies": trials})),
            "/search": (json, as_json({"studies": [study(7, day=day)]})),
            "/eutils/esearch.fcgi": (
                json,
                as_json({"esearchresult": {"count": "1", "idlist": ["1"]}}),
            ),
            "/eutils/esummary.fcgi": (json, as_json({"result": {"1": article("1")}})),
            "/epmc": (json, as_json({"hitCount": 0, "resultList": {"result": []}})),
            "/works": (
                json,
                as_json({"message": {"total-results": len(notices), "items": notices}}),
            ),
            "/label": (
                json,
                as_json(
                    {"meta": {"last_updated": day, "results": {"total": 1}}, "results": [label]}
                ),
            ),
            "/ema": (json, medicines()),
            "/case": (html, page(status)),
            "/decisions": (html, page(f'<a href="/all.xlsx">all</a>{box}')),
            "/all.xlsx": (
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                decisions(other + mine),
            ),
            "/fest": ("application/zip", zipped(packs(self.price, names=24 + n % 5))),
            "/nice": (html, page(nice)),
            "/guide": (html, page(f"<p>Last revised {self.guideline}</p>{box}")),
            "/handbook": (html, page(f"<p>Sist faglig oppdatert: 20.10.2020</p>{box}")),
            "/review": (html, page(f"<p>Status: Under behandling Høringsfrist</p>{box}")),
        }


PATHS = {
    "registry_trials": "/trials",
    "registry_search": "/search",
    "pubmed": "/eutils",
    "europe_pmc": "/epmc",
    "crossref": "/works",
    "fda_label": "/label",
    "ema": "/ema",
    "method_page": "/case",
    "decisions": "/decisions",
    "fest": "/fest",
    "nice": "/nice",
    "guideline_agency": "/guide",
    "guideline_clinical": "/handbook",
    "opportunity_cost": "/review",
}


def set_to(world: World, name: str, value: object) -> Callable[[], None]:
    return lambda: setattr(world, name, value)


@pytest.fixture
def year(server, places, client_for, monkeypatch):
    """(findings, messages by key with every text they had, sources) after the year."""
    world = World()
    events = {
        6: set_to(world, "results", True),
        14: set_to(world, "price", "61000.00"),
        19: set_to(world, "guideline", "01.05.2027"),
        23: set_to(world, "retracted", True),
        27: set_to(world, "nice", "Awaiting publication"),
        31: set_to(world, "case", "Til beslutning"),
        44: set_to(world, "decided", True),
    }
    places.references.write_text(
        f"@article{{chan2025,\n  doi = {{{CITED}}}\n}}\n", encoding="utf-8"
    )
    monkeypatch.setattr(
        "assessment.living.watch_run.asked_for",
        lambda source, data, references: {
            "registry_trials": [TRIAL, OTHER],
            "crossref": [CITED],
        }.get(source.id, [source.ask]),
    )
    sources = [
        replace(source, address=f"http://{server.host}{PATHS[source.id]}")
        for source in load_watched()
        if source.id in PATHS
    ]
    assert {s.id for s in load_watched()} - {s.id for s in sources} == {"maximum_prices"}
    told: dict[str, set[str]] = {}
    for week in range(WEEKS):
        events.get(week, lambda: None)()
        for _edit in range(2 if week % 6 == 0 else 1):
            world.edit()
        server.gives(world.answers())
        day = (FIRST + timedelta(weeks=week)).isoformat()
        looked = look_at_all(sources, client_for, day, load_rules(), places)
        assert not [one for one in looked if one.outcome != LOOKED]
        now = messages(load_findings(places.data), {s.id: s for s in sources}, [day[:7]])
        for key, (_title, text) in now.items():
            told.setdefault(key, set()).add(text)
    assert world.edits >= 60
    return load_findings(places.data), told, sources, places


@pytest.mark.slow
def test_no_material_event_is_missed_and_few_messages_are_sent(year):
    findings, told, sources, places = year
    found = {(f.watched, f.field): f for f in findings}
    for week, source, field, level in MATERIAL:
        finding = found[source, field]
        assert finding.level == level, finding
        assert finding.day == (FIRST + timedelta(weeks=week)).isoformat(), "found at the next look"
        key = f"finding-{finding.id}" if level == "interrupt" else f"digest-{finding.day[:7]}"
        assert any(finding.why in text for text in told[key])
    interrupts = {(f.watched, f.field) for f in findings if f.level == "interrupt"}
    assert interrupts == {(s, field) for _w, s, field, level in MATERIAL if level == "interrupt"}
    assert len(told) == 7 <= MOST_MESSAGES, sorted(told)  # five interrupts, two digests
    assert sum(f.level == "log" for f in findings) >= 60, (
        "edits are written down and told to nobody"
    )
    rows = [row for row in read_table("source-checks", places.data) if row["scope"] in PATHS]
    assert len(rows) == WEEKS * len(sources), "looked, nothing included"


@pytest.mark.slow
def test_findings_name_facts_inputs_and_what_could_hang_on_them(year):
    findings, _told, _sources, _places = year
    found = {(f.watched, f.field): f for f in findings}
    results = found["registry_trials", "has_results"]
    assert results.touches == "cabinet." and "os_hr_pnet" in results.inputs.split()
    assert results.why == "the conclusion at the assumed price could turn"
    price = found["fest", "price"]
    assert price.inputs == "price_treatment" and price.swing_nok == 35_000, "half the assumed price"
    retracted = found["crossref", "(new)"]
    assert "cabinet.os.pnet.hazard_ratio" in retracted.touches.split()
    moved = [f for f in findings if f.field in ("last_update", "in_force")]
    assert moved and {f.level for f in moved} == {"log"} and {f.touches for f in moved} == {""}
