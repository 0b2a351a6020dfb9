"""The chapter on the trial serves another case: its texts come by section, its code names nobody."""

from __future__ import annotations

import re

import pytest

from assessment.case.definition import load_case
from assessment.case.trial.trial import BASE_SET, load_trial
from assessment.evidence.facts import FactSet
from assessment.evidence.paths import PACKAGE
from assessment.pages import trial_evidence
from assessment.pages.trial_evidence.effects import flow_facts, hazard_ratio_figures, trial_tables
from assessment.pages.trial_evidence.shared import implied_deaths, trial_words

FOLDER = PACKAGE / "pages" / "trial_evidence"
# What is about this case alone, and the names of public data sets.
MAY_NAME_IT = {"this_case.py", "extrapolation_words.py"}


def ids() -> list[str]:
    """Ids and labels of drug, trial, cohorts, arms, subgroups and all sets but the base set."""
    case = load_case()
    named = (case.drug, case.trial, *case.cohorts, *case.arms, *case.subgroups, *case.other_trials)
    others = [s for s in case.analysis_sets if s.role == "alternative"]
    return [word for one in (*named, *others) for word in (one.id, one.label)]


def test_no_file_but_that_of_the_case_names_it():
    words = re.compile(
        rf"(?<![a-z0-9_])({'|'.join(re.escape(word) for word in ids())})(?![a-z0-9_])",
        re.IGNORECASE,
    )
    named = [
        f"{path.name}, line {number}: names '{found.group(1)}'. Take it from load_case()."
        for path in sorted(FOLDER.rglob("*.py"))
        if path.name not in MAY_NAME_IT
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if (found := words.search(line)) and not found.group(1).lower().startswith("grade 3")
    ]
    assert not named, "\n".join(named)


def test_the_sections_together_are_all_texts():
    sections = (
        trial_evidence.record_texts,
        trial_evidence.size_texts,
        trial_evidence.progression_texts,
        trial_evidence.survival_texts,
        trial_evidence.curve_method_texts,
        trial_evidence.harm_texts,
        trial_evidence.own_texts,
    )
    parts = [section() for section in sections]
    together = {key: text for part in parts for key, text in part.items()}
    assert together == trial_evidence.texts()
    assert len(together) == sum(len(part) for part in parts)


def without(view, *parts: str):
    """A trial without the facts whose ids hold one of these parts."""
    kept = [fact for fact in view.facts if not any(part in fact.id for part in parts)]
    return type(view)(view.analysis_set, FactSet(kept))


@pytest.fixture
def bare(monkeypatch):
    """Only the base set, without crossover, planned events, and survival in the last cohort."""
    last = load_case().cohort_ids()[-1]
    view = without(load_trial(BASE_SET), ".crossover.", ".planned_events", f".os.{last}")
    sets = {BASE_SET: view}
    for module in (hazard_ratio_figures, trial_tables):
        monkeypatch.setattr(module, "all_analysis_sets", lambda: sets)
    return view


def test_what_is_missing_is_left_out(bare):
    first, last = (load_case().cohort_labels()[cohort] for cohort in load_case().cohort_ids())
    forest = hazard_ratio_figures.ratios("os")
    assert set(forest.table["Cohort"]) == {first} and set(forest.table["Crossed over"]) == {"–"}
    for width in (700, 340):
        assert len(forest.draw(width).to_dict()["vconcat"]) == 1
    assert set(trial_tables.survival().frame["Cohort"]) == {first}
    assert list(trial_tables.sizes().frame.columns[2:]) == [trial_words.SETS[BASE_SET]]
    shown = flow_facts.cohort_flow(bare, load_case().cohort_ids()[-1])
    assert shown.in_words().startswith(last) and "crossed" not in shown.in_words()
    assert len(shown.rows()) == 4  # randomised, both arms, events seen


def test_nothing_left_to_show_is_told():
    with pytest.raises(LookupError, match="<cohort>"):
        trial_words.some([], "os.<cohort>.hazard_ratio")


def test_deaths_are_implied_by_a_confidence_interval_alone():
    assert implied_deaths.implied_deaths(None) is None
    ratio = load_trial(BASE_SET).os(load_case().cohort_ids()[0]).hazard_ratio
    assert implied_deaths.allocation() == 2.0 and int(implied_deaths.implied_deaths(ratio)) > 50


def test_harms_stand_by_cohort_and_leave_out_what_is_known_in_none():
    frame = trial_tables.toxicity().frame
    assert list(frame.columns) == ["What", "epNET", "pNET"]
    assert "Adverse event of grade 3 or worse, placebo" in set(frame["What"])
    assert "Dose reduced, placebo" not in set(frame["What"])
    assert not any("unknown" in cell.text for c in ("epNET", "pNET") for cell in frame[c])


def test_a_range_of_two_cohorts_is_no_missing_number():
    frame = trial_tables.named_events().frame.set_index(
        trial_tables.named_events().frame.columns[0]
    )
    assert frame.loc["Hypertension"].iloc[0].text.startswith("21–22")
    assert frame.loc["Thromboembolic events"].iloc[0].text == "not found"
