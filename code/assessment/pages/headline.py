"""Every result that stands in an answer box, on the front page, or in a decision, price, scenario
or severity table: one row each.

``tests/expected/headline.csv`` holds them by version of the book, to four significant digits. A
test compares what the code gives now with the rows of this version and names what moved; ``make
accept`` rewrites those rows, and the difference is what a reviewer reads.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from assessment.case.model import runs
from assessment.case.model.adoption_budget import YEARS
from assessment.case.model.model_inputs import COHORTS
from assessment.case.model.probabilistic import price_distribution
from assessment.case.trial.crossover_dilution import dilutions
from assessment.case.trial.harms import harms
from assessment.case.trial.indirect_comparisons import contrasts, survival_contrasts
from assessment.case.trial.trial import ARMS, PREFIXES, cabinet
from assessment.case.trial.trial import COHORTS as COHORTS_SHOWN
from assessment.economics.analysis.acceptability import acceptability
from assessment.evidence import ROOT, load_facts, load_population_table
from assessment.pages.economics.base_case import simple_reckonings
from assessment.pages.economics.severity import severity_cases
from assessment.pages.economics.shared.cost_groups import GROUPS
from assessment.pages.trial_evidence import curve_figures
from assessment.presentation import numbers
from assessment.presentation.icer_format import format_icer_per_qaly
from assessment.presentation.show import Table

EXPECTED = ROOT / "tests" / "expected" / "headline.csv"
BASE_SET, NO_SET = "publication", ""
FIELDS = ("version", "result", "cohort", "analysis_set", "unit", "value")
# Results a reader would quote, in the order of the page that prints their history, and what it
# calls them.
QUOTED = {
    "trial.pfs.hazard_ratio": "Hazard ratio for progression, printed",
    "trial.os.hazard_ratio": "Hazard ratio for death, printed",
    "base_case.life_years_gained": "Life years gained",
    "base_case.qalys_gained": "QALYs gained",
    "base_case.cost_added": "Added cost, NOK",
    "base_case.icer_as_told": "Cost per QALY",
    "price.opportunity_cost": "Price of a pack at which the stated opportunity cost is met, NOK",
    "price.class_value": "Price of a pack at which the class's value is met, NOK",
    "severity.shortfall": "Absolute shortfall, QALYs",
    "severity.class": "Severity class",
    "base_case.probability_worth_it": "Share of draws in which it is worth the assumed price",
    "budget.year_5": "Added expenditure in year 5, NOK with tax",
}
WORDS = {
    "result": "Result",
    "cohort": "Cohort",
    "both": "both",
    "now": "{version}, this one",
    "none": "no price",
}


@dataclass(frozen=True)
class Result:
    """One result: its name, cohort and analysis set ('' where it has none), unit, and value, a
    number or a word ('none', 'yes').
    """

    result: str
    cohort: str
    analysis_set: str
    unit: str
    value: float | str

    @property
    def key(self) -> tuple[str, str, str]:
        return self.result, self.cohort, self.analysis_set

    @property
    def text(self) -> str:
        """The value as the file holds it: four significant digits, or the word."""
        return self.value if isinstance(self.value, str) else four_digits(self.value)


def four_digits(value: float) -> str:
    """Four significant digits without an exponent: 4069700.24 → '4070000'; 'nan' where there is no
    value.
    """
    if not np.isfinite(value):
        return str(float(value))
    if value == 0:
        return "0"
    decimals = 3 - int(np.floor(np.log10(abs(value))))
    rounded = round(float(value), decimals)
    return f"{rounded:.{max(decimals, 0)}f}"


def version() -> str:
    """The version of the book, as CITATION.cff has it."""
    lines = (ROOT / "CITATION.cff").read_text(encoding="utf-8").splitlines()
    return next(line.split(":", 1)[1].strip() for line in lines if line.startswith("version:"))


def results() -> tuple[Result, ...]:
    """Every headline result of the present code and data. Raises ValueError when two rows bear the
    same name.
    """
    found = [
        row
        for part in (
            _trial,
            _comparisons,
            _base_case,
            _prices,
            _severity,
            _scenarios,
            _information,
            _budget,
        )
        for row in part()
    ]
    keys = [row.key for row in found]
    if doubled := sorted({key for key in keys if keys.count(key) > 1}):
        raise ValueError(f"two headline results have one name: {doubled}")
    return tuple(found)


def _price(found) -> float | str:
    """The price that meets a threshold, or 'none'."""
    return float(found.price) if bool(found.met) else "none"


def _trial() -> Iterator[Result]:
    """Printed effects, and what the calibrated curves make of them."""
    for name in PREFIXES:
        if name == "unstated":
            continue
        for endpoint in ("pfs", "os"):
            for cohort in COHORTS:
                yield from _printed(name, endpoint, cohort)
                found = curve_figures.found(endpoint, cohort, name)
                if found is not None:
                    yield from _calibrated(found, name, endpoint, cohort)
    facts = load_facts()
    for cohort in COHORTS:
        for arm in ARMS:
            yield Result(
                f"trial.response.{arm}",
                cohort,
                BASE_SET,
                "%",
                facts[f"cabinet.response.{cohort}.{arm}.rate"].number,
            )


def _printed(name: str, endpoint: str, cohort: str) -> Iterator[Result]:
    printed = getattr(cabinet(name), endpoint)(cohort)
    for what, fact in (
        ("hazard_ratio", printed.hazard_ratio),
        *((f"median.{arm}", getattr(printed, arm)) for arm in ARMS),
    ):
        if fact is not None and isinstance(fact.value, float):
            yield Result(f"trial.{endpoint}.{what}", cohort, name, fact.unit, fact.number)


def _calibrated(found, name: str, endpoint: str, cohort: str) -> Iterator[Result]:
    month = curve_figures.LANDMARK[endpoint]
    for arm in ARMS:
        share = 100 * float(found.band(np.array([float(month)]), arm, "population")[1][0])
        yield Result(f"curve.{endpoint}.at_{month}_months.{arm}", cohort, name, "%", share)
    gained = found.rmst_difference(np.linspace(0, curve_figures.RMST_AT, 97))[:, -1]
    yield Result(
        f"curve.{endpoint}.rmst_gain_{curve_figures.RMST_AT}_months",
        cohort,
        name,
        "months",
        float(np.nanmedian(gained)),
    )


def _comparisons() -> Iterator[Result]:
    for contrast in contrasts():
        judged = "" if contrast.like else ".unlike_judges"
        yield Result(
            f"indirect.pfs.hazard_ratio.{contrast.against}{judged}",
            contrast.group,
            contrast.analysis_set,
            "ratio",
            contrast.ratio.estimate,
        )
    for contrast, *_ in survival_contrasts():
        yield Result(
            f"indirect.os.hazard_ratio.{contrast.against}",
            contrast.group,
            contrast.analysis_set,
            "ratio",
            contrast.ratio.estimate,
        )
    for diluted in dilutions():
        yield Result(
            "crossover.undiluted_hazard_ratio",
            diluted.cohort,
            diluted.analysis_set,
            "ratio",
            float(diluted.undiluted()),
        )
    for harm in harms(cabinet(BASE_SET)):
        if harm.difference is not None:
            yield Result(
                f"harm.{harm.harm}.risk_difference",
                harm.group,
                BASE_SET,
                "share",
                harm.difference.difference,
            )


def _base_case() -> Iterator[Result]:
    stated = load_facts()["norway.reference.opportunity_cost.value"].number
    for cohort in COHORTS:
        found, draws, course = runs.base(cohort), runs.draws(cohort), runs.course(cohort)
        own, gained = runs.severity(cohort).reference_nok_per_qaly, found.increment
        treated, other = found.treated, found.comparator
        free = (
            treated.outcomes.life_years_progression_free
            - other.outcomes.life_years_progression_free
        )
        drug = found.packs_bought * found.price_per_pack_nok
        low, high = np.quantile(draws.increment.effect, [0.025, 0.975])
        plain = simple_reckonings.envelope(cohort)
        kept = runs.by_effect(cohort)
        for name, unit, value in (
            ("life_years.treated", "years", treated.life_years),
            ("life_years.comparator", "years", other.life_years),
            ("life_years_gained", "years", found.increment_life_years.effect),
            ("progression_free_years_gained", "years", free),
            ("qalys.treated", "QALYs", treated.qalys),
            ("qalys.comparator", "QALYs", other.qalys),
            ("qalys_gained", "QALYs", gained.effect),
            ("qalys_gained.low", "QALYs", low),
            ("qalys_gained.high", "QALYs", high),
            ("cost.treated", "NOK", treated.cost),
            ("cost.comparator", "NOK", other.cost),
            ("cost_added", "NOK", gained.cost),
            ("cost_added_without_drug", "NOK", gained.cost - drug),
            ("drug_share", "share", drug / gained.cost),
            ("packs", "packs", found.packs_bought),
            ("years_on_treatment", "years", treated.years_on_treatment),
            ("icer", "NOK per QALY", gained.icer),
            ("icer.life_year", "NOK per year", found.increment_life_years.icer),
            ("net_benefit.class_value", "NOK", gained.net_monetary_benefit(own)),
            ("net_benefit.opportunity_cost", "NOK", gained.net_monetary_benefit(stated)),
            (
                "probability_worth_it",
                "share",
                np.mean(draws.increment.net_monetary_benefit(own) > 0),
            ),
            (
                "probability_worth_it.opportunity_cost",
                "share",
                np.mean(draws.increment.net_monetary_benefit(stated) > 0),
            ),
            ("probability_of_loss", "share", np.mean(draws.increment.effect < 0)),
            ("draws_capped", "share", draws.crossings),
            ("capped_years", "years", course.capped_years),
            ("gain_standard_error", "years", runs.gain_error(cohort)),
            ("qalys_gained.no_survival_gain", "QALYs", kept["none"].effect),
            ("icer.progression_gain_kept", "NOK per QALY", kept["progression gain kept"].icer),
            ("icer.envelope_low", "NOK per QALY", plain["cheap"]),
            ("icer.envelope_high", "NOK per QALY", plain["dear"]),
        ):
            yield Result(f"base_case.{name}", cohort, BASE_SET, unit, float(value))
        for role, strategy in (("treated", treated), ("comparator", other)):
            items = strategy.outcomes.cost_by_item
            for group, members in GROUPS.items():
                cost = sum(float(items[name]) for name in members if name in items)
                yield Result(f"base_case.cost.{role}.{group}", cohort, BASE_SET, "NOK", cost)
        yield Result(
            "base_case.icer_as_told",
            cohort,
            BASE_SET,
            "words",
            format_icer_per_qaly(found.increment, runs.gain_error(cohort)),
        )


def _prices() -> Iterator[Result]:
    facts = load_facts()
    for cohort in COHORTS:
        found, own = runs.base(cohort), runs.severity(cohort).reference_nok_per_qaly
        stated = facts["norway.reference.opportunity_cost.value"].number
        yield Result(
            "price.opportunity_cost",
            cohort,
            BASE_SET,
            "NOK per pack",
            _price(found.price_at(stated)),
        )
        yield Result(
            "price.class_value", cohort, BASE_SET, "NOK per pack", _price(found.price_at(own))
        )
        for number in load_population_table("severity-classes")["class"]:
            value = facts[f"norway.reference.class{number}.value"].number
            low, high = np.quantile(price_distribution(runs.draws(cohort), value), [0.025, 0.975])
            yield Result(
                f"price.class_{number}",
                cohort,
                BASE_SET,
                "NOK per pack",
                _price(found.price_at(value)),
            )
            yield Result(f"price.class_{number}.low", cohort, BASE_SET, "NOK per pack", float(low))
            yield Result(
                f"price.class_{number}.high", cohort, BASE_SET, "NOK per pack", float(high)
            )


def _severity() -> Iterator[Result]:
    for cohort in COHORTS:
        found = runs.severity(cohort)
        yield Result("severity.remaining_qalys", cohort, BASE_SET, "QALYs", found.remaining_qalys)
        yield Result("severity.comparator_qalys", cohort, BASE_SET, "QALYs", found.comparator_qalys)
        yield Result("severity.shortfall", cohort, BASE_SET, "QALYs", found.shortfall)
        yield Result("severity.class", cohort, BASE_SET, "class", str(found.severity_class))
        yield Result(
            "severity.reference_value",
            cohort,
            BASE_SET,
            "NOK per QALY",
            found.reference_nok_per_qaly,
        )
        cases = severity_cases.cases()
        at_age = cases[
            (cases["cohort"] == cohort) & (cases["age"] == severity_cases.assumed_age(cohort))
        ].set_index("case")
        for case, row in at_age.iterrows():
            yield Result(
                f"severity.case.{case}.shortfall", cohort, NO_SET, "QALYs", float(row["shortfall"])
            )
            yield Result(
                f"severity.case.{case}.class", cohort, NO_SET, "class", str(int(row["class"]))
            )


def _scenarios() -> Iterator[Result]:
    for cohort in COHORTS:
        for outcome in runs.scenario_outcomes(cohort):
            name, division = (
                f"scenario.{outcome.scenario.id}",
                outcome.scenario.settings_for(cohort).analysis_set,
            )
            if outcome.results is None:
                yield Result(f"{name}.qalys_gained", cohort, division, "QALYs", "cannot be run")
                continue
            found, severe = outcome.results, outcome.severity
            yield Result(
                f"{name}.life_years_gained",
                cohort,
                division,
                "years",
                float(found.increment_life_years.effect),
            )
            yield Result(
                f"{name}.qalys_gained", cohort, division, "QALYs", float(found.increment.effect)
            )
            yield Result(f"{name}.class", cohort, division, "class", str(severe.severity_class))
            if found.unpriced:
                continue
            yield Result(f"{name}.cost_added", cohort, division, "NOK", float(found.increment.cost))
            yield Result(
                f"{name}.icer", cohort, division, "NOK per QALY", float(found.increment.icer)
            )
            yield Result(
                f"{name}.price",
                cohort,
                division,
                "NOK per pack",
                _price(found.price_at(severe.reference_nok_per_qaly)),
            )
            yield Result(
                f"{name}.worth_it",
                cohort,
                division,
                "verdict",
                "yes" if outcome.cost_effective else "no",
            )


def _information() -> Iterator[Result]:
    for cohort in COHORTS:
        info, draws = runs.information(cohort), runs.draws(cohort)
        yield Result(
            "information.threshold_where_decision_turns",
            cohort,
            BASE_SET,
            "NOK per QALY",
            info.indifferent,
        )
        for name, at in (
            ("class_value", info.reference),
            ("where_decision_turns", info.indifferent),
        ):
            if np.isfinite(at):
                evpi = float(acceptability(draws.costs, draws.qalys, [at]).evpi[0])
                yield Result(f"information.evpi.{name}", cohort, BASE_SET, "NOK per patient", evpi)


def _budget() -> Iterator[Result]:
    found = runs.budget()
    low, high = np.quantile(found.net, [0.025, 0.975], axis=0)
    for year in range(YEARS):
        yield Result(f"budget.year_{year + 1}", "", NO_SET, "NOK", float(found.expected[year]))
        yield Result(f"budget.year_{year + 1}.low", "", NO_SET, "NOK", float(low[year]))
        yield Result(f"budget.year_{year + 1}.high", "", NO_SET, "NOK", float(high[year]))
        yield Result(
            f"budget.year_{year + 1}.patients",
            "",
            NO_SET,
            "patients",
            float(found.started.mean(axis=0)[year]),
        )
        for cohort in COHORTS:
            yield Result(
                f"budget.year_{year + 1}",
                cohort,
                NO_SET,
                "NOK",
                float(found.by_cohort[cohort].mean(axis=0)[year]),
            )


def expected(path: Path = EXPECTED) -> dict[str, dict[tuple[str, str, str], dict[str, str]]]:
    """The file's rows by version, oldest first, and by name, cohort and analysis set; nothing where
    there is no file.
    """
    by_version: dict[str, dict] = {}
    if path.exists():
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                by_version.setdefault(row["version"], {})[
                    row["result"], row["cohort"], row["analysis_set"]
                ] = row
    return by_version


def moved(
    found: tuple[Result, ...], accepted: dict[tuple[str, str, str], dict[str, str]]
) -> list[str]:
    """A line for each result that is new, gone or different, from where to where and by how many
    per cent, largest first.
    """
    lines = [
        (float("inf"), f"{_named(key)}: gone (was {row['value']} {row['unit']})")
        for key, row in accepted.items()
        if key not in {r.key for r in found}
    ]
    for result in found:
        row = accepted.get(result.key)
        if row is None:
            lines.append((float("inf"), f"{_named(result.key)}: new, {result.text} {result.unit}"))
        elif (row["value"], row["unit"]) != (result.text, result.unit):
            change = _change(row["value"], result.text)
            lines.append(
                (
                    abs(change),
                    f"{_named(result.key)}: {row['value']} -> {result.text} {result.unit}"
                    + (f" ({change:+.2f} %)" if np.isfinite(change) else ""),
                )
            )
    return [line for _, line in sorted(lines, key=lambda entry: -entry[0])]


def _named(key: tuple[str, str, str]) -> str:
    return " ".join((key[0], f"[{', '.join(part for part in key[1:] if part)}]")).replace(" []", "")


def _change(before: str, after: str) -> float:
    """The change in per cent; infinite where one of both is no number, or the first is 0."""
    try:
        return 100 * (float(after) / float(before) - 1)
    except (ValueError, ZeroDivisionError):
        return float("inf")


def accepted_text(found: tuple[Result, ...], path: Path = EXPECTED) -> str:
    """What the file holds once these results are accepted: rows of earlier versions as they are,
    those of this version anew.
    """
    out = io.StringIO()
    writer = csv.DictWriter(out, FIELDS, lineterminator="\n")
    writer.writeheader()
    for name, rows in expected(path).items():
        if name != version():
            writer.writerows(rows.values())
    writer.writerows(
        {
            "version": version(),
            "result": r.result,
            "cohort": r.cohort,
            "analysis_set": r.analysis_set,
            "unit": r.unit,
            "value": r.text,
        }
        for r in found
    )
    return out.getvalue()


def history_table(path: Path = EXPECTED) -> Table:
    """The results a reader would quote, by version of the book: earlier versions as they were
    accepted, this one as computed now.
    """
    now = {r.key: r.text for r in results()}
    versions = {
        name: {key: row["value"] for key, row in rows.items()}
        for name, rows in expected(path).items()
        if name != version()
    }
    versions[WORDS["now"].format(version=version())] = now
    keys = [
        (result, cohort, division)
        for result in QUOTED
        for result_, cohort, division in now
        if result_ == result and division in (BASE_SET, NO_SET)
    ]
    rows = [
        {WORDS["result"]: QUOTED[key[0]], WORDS["cohort"]: COHORTS_SHOWN.get(key[1], WORDS["both"])}
        | {name: _shown(values.get(key, "")) for name, values in versions.items()}
        for key in keys
    ]
    return Table(pd.DataFrame(rows))


def _shown(text: str) -> str:
    """A value of the file as the page writes it: three digits, more than any comparison here can
    bear.
    """
    try:
        value = float(text)
    except ValueError:
        return WORDS["none"] if text == "none" else text
    decimals = 2 - int(np.floor(np.log10(abs(value)))) if value else 0
    return numbers.number(
        round(value, decimals), max(0, min(decimals, len(text.rstrip("0").partition(".")[2])))
    )
