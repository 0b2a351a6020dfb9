"""What more knowledge would be worth: of everything, of single inputs, of two studies, per patient
and for Norway.
"""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from assessment.case.model import runs
from assessment.case.model.model_inputs import COHORTS, fraction, model_inputs
from assessment.case.model.probabilistic import CURVES
from assessment.case.trial.trial import COHORTS as NAMES
from assessment.economics.analysis.acceptability import acceptability, population_value
from assessment.evidence import load_facts
from assessment.evidence.provenance.traced_text import computed
from assessment.pages.economics.base_case import MILLION, leans, money, under
from assessment.pages.economics.severity_figures import COHORT_COLOURS
from assessment.presentation import numbers, theme
from assessment.presentation.show import Figure
from assessment.survival.distributions.special_functions import Z_975

WORDS = {
    "all": "everything",
    "trial": "a comparative trial",
    "registry": "a Norwegian registry study",
    "threshold": "Worth of a QALY, million NOK",
    "value": "Value per patient, million NOK",
    "value_short": "Million NOK per patient",
    "inputs": {
        "years_gained_of_life": "Years of life gained",
        "years_gained_progression_free": "Years before progression",
        "both curves": "Both curves",
        "all costs": "All costs",
        "all utilities": "All utilities",
        "all treatment": "All of treatment",
    },
    "bars": "◆ Value of knowing at {value} NOK per QALY",
    "population": "◆ Patients, decision years, study sizes",
}
KINDS = ("all", "trial", "registry")
KIND_COLOURS = {"all": theme.INK, "trial": theme.BLUE, "registry": theme.ORANGE}
KIND_DASHES = {"all": [1, 0], "trial": [6, 3], "registry": [2, 3]}
LARGEST = 8
SOURCES = ("meldst38", "magnussen2015")


def patients_ahead(cohort: str) -> tuple[float, float]:
    """Eligible patients of a cohort over the years the decision stands, discounted: at the low and
    high end of DMP's range.
    """
    facts = load_facts()
    outside = fraction(facts["economics.adoption.epnet.share"])
    share = outside if cohort == "epnet" else 1 - outside
    years, rate = (
        int(facts["economics.study.decision.duration"].number),
        fraction(facts["norway.discount.years_0_39.rate"]),
    )
    factors, eligible = (1 + rate) ** -np.arange(years), facts["norway.patients.eligible.n"]
    return tuple(
        float(population_value(1.0, patients * share, years, factors))
        for patients in (eligible.low, eligible.high)
    )


def per_patient(cohort: str) -> pd.DataFrame:
    """NOK per patient by kind of knowledge at the cohort's own reference value and where the
    decision turns: columns kind, threshold, value.
    """
    info, draws, certain = runs.information(cohort), runs.draws(cohort), runs.certainty(cohort)
    rows = []
    for at in [info.reference] + ([] if np.isnan(info.indifferent) else [info.indifferent]):
        rows.append(("all", at, float(acceptability(draws.costs, draws.qalys, [at]).evpi[0])))
        if at <= certain.thresholds[-1]:
            rows += [
                (kind, at, float(np.interp(at, found.thresholds, found.value)))
                for kind, found in info.studies.items()
            ]
    return pd.DataFrame(rows, columns=["kind", "threshold", "value"])


def largest(cohort: str) -> pd.DataFrame:
    """EVPPI above 0 where it is worth most, NOK per patient, largest first: columns label, evppi,
    standard_error; the threshold in ``.attrs``.
    """
    info = runs.information(cohort)
    at = info.reference if np.isnan(info.indifferent) else info.indifferent
    rows = (
        info.inputs[(info.inputs["threshold"] == at) & (info.inputs["evppi"] > 0)]
        .sort_values("evppi", ascending=False)
        .head(LARGEST)
    )
    known = model_inputs(cohort)
    rows = rows.assign(
        label=[
            WORDS["inputs"].get(p) or (known[p].label if p in known else p.capitalize())
            for p in rows["parameter"]
        ]
    )
    rows.attrs["threshold"] = at
    return rows.reset_index(drop=True)


def information_value() -> Figure:
    """Value of all knowledge and of two studies by threshold, and of single inputs where the
    decision turns.
    """
    curves, bars = {}, {}
    for cohort in COHORTS:
        certain, info = runs.certainty(cohort), runs.information(cohort)
        curves[cohort] = pd.concat(
            [
                pd.DataFrame(
                    {
                        "threshold": runs.thresholds() / MILLION,
                        "value": v / MILLION,
                        "kind": WORDS[k],
                    }
                )
                for k, v in (
                    ("all", certain.evpi),
                    *((k, info.studies[k].value) for k in KINDS[1:]),
                )
            ]
        )
        found = largest(cohort)
        bars[cohort] = found.assign(
            value=found["evppi"] / MILLION,
            low=(found["evppi"] - Z_975 * found["standard_error"]).clip(lower=0) / MILLION,
            high=(found["evppi"] + Z_975 * found["standard_error"]) / MILLION,
        )
        bars[cohort].attrs = found.attrs
    top, names = max(float(c["value"].max()) for c in curves.values()), [WORDS[k] for k in KINDS]

    def draw(width: int):
        wide = width > 500
        labels = 150 if wide else 145  # room for the names of the bars, which the lines above share
        each = (width - labels - 58) // 2 if wide else width - labels

        def lines(cohort: str):
            first = cohort == COHORTS[0]
            legend = alt.Legend(title=None, columns=0 if wide else 1, labelLimit=240)
            x = alt.X(
                "threshold:Q",
                title=WORDS["threshold"],
                axis=alt.Axis(grid=False, values=[0, 1, 2, 3, 4, 5, 6]),
            )
            y = alt.Y(
                "value:Q",
                title=WORDS["value_short"] if first or not wide else None,
                scale=alt.Scale(domain=[0, top]),
                axis=alt.Axis(tickCount=5),
            )
            chart = (
                alt.Chart(curves[cohort])
                .mark_line()
                .encode(
                    x=x,
                    y=y,
                    color=alt.Color(
                        "kind:N",
                        scale=alt.Scale(domain=names, range=[KIND_COLOURS[k] for k in KINDS]),
                        legend=legend,
                    ),
                    strokeDash=alt.StrokeDash(
                        "kind:N",
                        scale=alt.Scale(domain=names, range=[KIND_DASHES[k] for k in KINDS]),
                        legend=legend,
                    ),
                    tooltip=[
                        alt.Tooltip("kind:N", title="Knowing"),
                        alt.Tooltip("threshold:Q", title="Million NOK per QALY"),
                        alt.Tooltip("value:Q", title="Million NOK", format=".3f"),
                    ],
                )
            )
            own = (
                alt.Chart(
                    pd.DataFrame(
                        {"threshold": [runs.severity(cohort).reference_nok_per_qaly / MILLION]}
                    )
                )
                .mark_rule(strokeDash=[5, 3], strokeWidth=1)
                .encode(x=x)
            )
            return alt.layer(own, chart).properties(
                width=each, height=200 if wide else 170, title=alt.Title(NAMES[cohort], fontSize=13)
            )

        def row(cohort: str):
            data = bars[cohort]
            base = alt.Chart(data).encode(
                y=alt.Y("label:N", sort=None, title=None, axis=alt.Axis(labelLimit=165))
            )
            last = cohort == COHORTS[-1]
            x = alt.X(
                "value:Q",
                title=WORDS["value"] if last and wide else WORDS["value_short"] if last else None,
                scale=alt.Scale(domain=[0, max(float(b["high"].max()) for b in bars.values())]),
                axis=alt.Axis(tickCount=5 if wide else 3),
            )
            heading = (
                f"{NAMES[cohort]}:"
                f" {WORDS['bars'].format(value=numbers.number(1000 * round(data.attrs['threshold'] / 1000)))}"
                if wide
                else [
                    NAMES[cohort],
                    WORDS["bars"].format(
                        value=numbers.number(1000 * round(data.attrs["threshold"] / 1000))
                    ),
                ]
            )
            return alt.layer(
                base.mark_bar(height=14, color=COHORT_COLOURS[cohort]).encode(
                    x=x,
                    tooltip=[
                        alt.Tooltip("label:N", title="Knowing"),
                        alt.Tooltip("value:Q", title="Million NOK", format=".3f"),
                    ],
                ),
                base.mark_rule(strokeWidth=1.6).encode(x="low:Q", x2="high:Q"),
            ).properties(
                width=width - labels, height=alt.Step(23), title=alt.Title(heading, fontSize=13)
            )

        tops = [lines(c) for c in COHORTS]
        upper = alt.hconcat(*tops, spacing=16) if wide else alt.vconcat(*tops, spacing=14)
        return alt.vconcat(
            upper, *(row(c) for c in COHORTS), spacing=18, title=under(leans(not wide))
        )

    said = []
    for cohort in COHORTS:
        at, own = per_patient(cohort), runs.severity(cohort).reference_nok_per_qaly
        everything = at[(at["kind"] == "all") & (at["threshold"] == own)]["value"].iloc[0]
        said.append(
            f"{NAMES[cohort]}: knowing everything is worth {money(everything, 3)} a patient at the"
            " class's value; where the decision turns the largest single input is"
            f" {largest(cohort)['label'].iloc[0].lower()},"
            f" {money(largest(cohort)['evppi'].iloc[0], 2)}"
        )
    return Figure(
        draw,
        "Lines of the value of knowledge per patient against the worth of a QALY, and bars of the"
        f" value of knowing single inputs, at an assumed price. {'; '.join(said)}.",
        value_table(),
        "economics-information",
        SOURCES,
        note=(
            f"{WORDS['population']}: assumptions. Dashed upright: proposal for the cohort's class."
            " Rules on bars: 95 % of Monte Carlo error. Inputs not shown cannot be told from no"
            " value. Costs of the studies, and patients treated before they report, are not taken"
            " off."
        ),
    )


def value_table() -> pd.DataFrame:
    """Value per patient and for all eligible patients while the decision stands, by kind of
    knowledge and threshold; and of the largest inputs.
    """
    rows = []
    for cohort in COHORTS:
        few, many = patients_ahead(cohort)
        singles = largest(cohort)
        found = [
            (WORDS[r.kind], r.threshold, r.value, "") for r in per_patient(cohort).itertuples()
        ]
        found += [
            (
                r.label,
                singles.attrs["threshold"],
                r.evppi,
                numbers.number(r.standard_error / MILLION, 3),
            )
            for r in singles.itertuples()
        ]
        rows += [
            (
                NAMES[cohort],
                name[0].upper() + name[1:],
                numbers.number(1000 * round(at / 1000)),
                numbers.number(value / MILLION, 4 if value < 0.01 * MILLION else 3),
                error,
                numbers.interval(
                    value * few / MILLION,
                    value * many / MILLION,
                    0 if value * few > 10 * MILLION else 1,
                ),
            )
            for name, at, value, error in found
        ]
    return pd.DataFrame(
        rows,
        columns=[
            "Cohort",
            "Knowing",
            "NOK per QALY",
            "Million NOK per patient",
            "Standard error",
            "Million NOK, all patients ◆",
        ],
    )


@computed
def information_texts() -> dict[str, str]:
    """Value of knowledge per patient and for Norway, as text."""
    out = {}
    for cohort in COHORTS:
        at, own, (few, many) = (
            per_patient(cohort),
            runs.severity(cohort).reference_nok_per_qaly,
            patients_ahead(cohort),
        )
        for r in at[at["threshold"] == own].itertuples():
            out[f"information_{cohort}_{r.kind}"] = f"{numbers.number(r.value)}\u00a0NOK"
            out[f"information_{cohort}_{r.kind}_norway"] = (
                f"{numbers.interval(r.value * few / MILLION, r.value * many / MILLION, 1)}\u00a0million NOK"
            )
    return out


__all__ = [
    "CURVES",
    "information_texts",
    "information_value",
    "largest",
    "patients_ahead",
    "per_patient",
    "value_table",
]
