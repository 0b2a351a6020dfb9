"""The regulatory chapter: word-for-word quotations, dates, and nothing shown as more final than it
is.
"""

from __future__ import annotations

import re
from datetime import date

import pytest

from assessment.evidence import load_facts, load_register, quotation
from assessment.pages.regulatory_status import (
    event_timeline,
    norwegian_process,
    regulatory_tables,
    timeline_rows,
)
from assessment.presentation.show import Ref


def test_every_wording_is_word_for_word():
    for row in load_register("indication-parts").itertuples():
        assert row.wording is None or row.wording in quotation(row.quotation)["original"], row


def test_what_is_said_to_be_unnamed_is_unnamed():
    for quoted in set(load_register("indication-parts")["quotation"]):
        text = quotation(quoted)["original"].lower()
        assert "grade" not in text
    assert "progress" not in quotation("indication.us")["original"]
    assert "somatostatin" not in quotation("indication.us")["original"]
    assert (
        "locally advanced"
        not in quotation("indication.eu")["original"] + quotation("indication.uk")["original"]
    )


def test_a_wording_that_is_not_quoted_stops(monkeypatch):
    parts = load_register("indication-parts")
    parts.loc[0, "wording"] = "children"
    monkeypatch.setattr(regulatory_tables, "load_register", lambda _name: parts)
    with pytest.raises(ValueError, match="'children' is not in the quotation indication.eu"):
        regulatory_tables.wordings()


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2025", date(2025, 1, 1), date(2025, 12, 31)),
        ("2025-12", date(2025, 12, 1), date(2025, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2025-07-23", date(2025, 7, 23), date(2025, 7, 23)),
    ],
)
def test_a_date_spans_what_its_precision_allows(text, first, last):
    assert timeline_rows.days_of(text) == (first, last)


def test_every_event_about_the_drug_is_on_a_timeline():
    shown = [set(timeline_rows.timeline_rows(i)["id"]) for i in ("NET", "other")]
    events = load_register("events")
    assert not shown[0] & shown[1]
    assert shown[0] | shown[1] == set(events.loc[events["drug"] == "assessed", "id"])
    other = set(events.loc[events["drug"] == "other", "id"])
    assert other == {"compete.published", "fda.edotreotide_due"}


def test_what_is_not_final_says_so():
    rows = timeline_rows.timeline_rows("NET")
    for row in rows[rows["finality"] != "final"].itertuples():
        assert f"({timeline_rows.FINALITY[row.finality]})" in row.label
    assert rows.set_index("id").loc["nice.draft", "role"] == "hta"
    assert rows.set_index("id").loc["fda.net", "role"] == "regulator"


def test_nice_stays_a_draft_and_the_others_not_found():
    rows = regulatory_tables.hta_decisions().frame
    nice = rows[rows["Body"].str.startswith("NICE")].iloc[0]
    assert nice["State"].startswith("draft")
    others = load_facts()["economics.hta.others.outcome"]
    assert others.status == "unknown"
    bodies = load_register("hta-bodies")
    silent = list(bodies.loc[bodies["event"].isna(), "body"])
    assert len(silent) == 7
    for body in silent:
        name = {"Medicinrådet, Denmark": "Danish Medicines Council"}.get(body, body.split(",")[0])
        assert name in others.label, (
            f"{body} is shown as looked for; data/facts/economics.csv does not say so"
        )


def test_the_norwegian_way_shows_no_step_as_known_that_is_not():
    steps = norwegian_process.norwegian_steps().frame.set_index("Step")["ID2025_048"]
    for step, state in steps.items():
        if isinstance(state, Ref):
            assert (load_facts()[state.fact].status == "unknown") == (state.text == "not found"), (
                step
            )


def test_a_step_whose_state_a_fact_tells_names_that_fact():
    for step in norwegian_process.process_steps().itertuples():
        assert (step.state == "fact") == (step.state_fact is not None), step.id


def test_days_between_events_by_hand():
    said = norwegian_process.texts()
    assert said["reg_fda_to_mhra"] == "180"
    assert said["reg_least_days"] == "194"  # 180 and 14
    assert said["reg_window_ends"] == "31 December 2026"
    assert said["reg_first"] == "29 November 2012"


@pytest.mark.parametrize("indication", ["NET", "other"])
@pytest.mark.parametrize("width", [700, 340])
def test_timelines_keep_within_their_width(indication, width):
    from assessment.book.charts.render import chart_converter

    svg = chart_converter().vegalite_to_svg(
        event_timeline.timeline(indication).draw(width).to_dict(), vl_version="6.4"
    )
    assert float(re.search(r'width="([\d.]+)"', svg)[1]) <= width


@pytest.mark.parametrize(
    ("day", "finality", "said"),
    [
        (date(2026, 8, 28), "planned", "due 28 August 2026"),
        (date(2026, 8, 29), "overdue", "was due 28 August 2026, not found by 29 August 2026"),
    ],
)
def test_a_planned_event_says_itself_that_its_day_has_passed(day, finality, said):
    events = load_register("events").set_index("id", drop=False)
    event = events.loc["fda.edotreotide_due"]
    assert timeline_rows.finality_on(event, day) == finality
    assert timeline_rows.due_state(event, day) == said


def test_no_passed_event_is_still_called_planned():
    events = load_register("events")
    planned = events[events["finality"] == "planned"]
    assert set(planned["id"]) == {"nice.committee", "nice.final_expected", "fda.edotreotide_due"}
    shown = [timeline_rows.due_state(event) for event in planned.itertuples()]
    assert all(said.startswith("was due ") for said in shown)
    rows = timeline_rows.timeline_rows("NET")
    assert "planned" not in set(rows["finality"]) and set(rows["finality"]) <= set(
        timeline_rows.SHAPES
    )


def test_the_wait_is_counted_to_the_day_this_case_was_looked_for():
    facts, texts = load_facts(), norwegian_process.texts()
    looked = facts["norway.case.decision.status"].checked
    # 23 July 2025, as the suitability note has it
    waited = (looked - date(2025, 7, 23)).days
    assert texts["reg_waiting_days"] == str(waited)
    assert texts["reg_sister_days"] == "2"
    shown = [
        cell.text if isinstance(cell, Ref) else cell
        for cell in norwegian_process.waits().frame["Time"]
    ]
    # DMP's means, as its news of 2025 prints them, and the industry's
    means = [f"{days}\u00a0days" for days in (473, 153, 524, 141)]
    assert shown == [f"{waited} days so far", *means]


def test_the_drug_s_main_european_use_is_on_the_timeline():
    other = timeline_rows.timeline_rows("other").set_index("id")
    assert {"ec.cabometyx_rcc", "ec.cabometyx_rcc_first"} <= set(other.index)
    assert "Norway" in other.loc["ec.cabometyx_rcc_first", "detail"]
