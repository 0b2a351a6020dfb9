"""How many patients there are: the funnel from all diagnoses to this treatment."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from assessment.case.trial import patients
from assessment.evidence import load_facts
from assessment.evidence.provenance.result_cache import cached_result
from assessment.evidence.provenance.traced_text import computed
from assessment.pages.background.background_words import WORDS
from assessment.presentation import numbers, theme
from assessment.presentation.show import Figure, Table

SEED, SIZE = 20251122, 400_000


BUDGET_YEARS = 5


def _pair(fact_id: str) -> tuple[float, float]:
    """The two ends of a fact that is a range."""
    fact = load_facts()[fact_id]
    return fact.low, fact.high


@cached_result(maxsize=1)
def _funnel() -> dict:
    """Everything computed about patient numbers: draws summarised once, with one seed."""
    rng = np.random.default_rng(SEED)
    eligible = _pair("norway.patients.eligible.n")
    neoplasms, net = patients.new_net_rate(
        _pair("norway.incidence.nen.count_range"),
        _pair("norway.incidence.net.share_range"),
        SIZE,
        rng,
    )
    future = {
        years: patients.summary(patients.future_patients(eligible, years, SIZE, rng))
        for years in (1, BUDGET_YEARS)
    }
    shares = [patients.summary(patients.implied_share(n, net)) for n in eligible]
    return {
        "neoplasms": patients.summary(neoplasms),
        "net": patients.summary(net),
        "eligible": eligible,
        "shares": shares,
        "future": future,
    }


@computed
def texts() -> dict[str, str]:
    """Texts to glue into the chapter; every one computed."""
    facts, f = load_facts(), _funnel()
    low, high = f["eligible"]
    middle = (low + high) / 2
    per_step = [patients.equal_step_share(s.median, 4) for s in f["shares"]]
    number, interval = numbers.number, numbers.interval
    growth = patients.yearly_growth(
        facts["norway.incidence.net.growth"].number,
        facts["norway.incidence.net.growth_years"].number,
    )
    chance, chance_all = (
        patients.chance_interval(middle),
        patients.chance_interval(middle * BUDGET_YEARS),
    )
    older = facts["norway.incidence.net.handlingsprogram"].number
    return {
        "bg_net": number(f["net"].median),
        "bg_net_interval": interval(f["net"].low, f["net"].high, 0),
        "bg_share_at_low": f"{number(f['shares'][0].median, 1)}\u00a0%",
        "bg_share_at_high": f"{number(f['shares'][1].median, 1)}\u00a0%",
        "bg_share_range": f"{interval(f['shares'][0].low, f['shares'][1].high, 0)}\u00a0%",
        "bg_one_in_low": number(100 / f["shares"][1].median),
        "bg_one_in_high": number(100 / f["shares"][0].median),
        "bg_per_step": f"{interval(*per_step, 0)}\u00a0%",
        "bg_older_share": f"{interval(100 * low / older, 100 * high / older, 0)}\u00a0%",
        "bg_middle": number(middle),
        "bg_chance": interval(*chance, 0),
        "bg_chance_five": interval(*chance_all, 0),
        "bg_one_year": interval(f["future"][1].low, f["future"][1].high, 0),
        "bg_five_years": interval(f["future"][BUDGET_YEARS].low, f["future"][BUDGET_YEARS].high, 0),
        "bg_five_years_plain": interval(low * BUDGET_YEARS, high * BUDGET_YEARS, 0),
        "bg_range_part_one": f"{number(patients.variance_from_range(f['eligible'], 1))}\u00a0%",
        "bg_range_part_five": (
            f"{number(patients.variance_from_range(f['eligible'], BUDGET_YEARS))}\u00a0%"
        ),
        "bg_grade3": f"{number(facts['cabinet.baseline.all.grade3_share'].number)}\u00a0%",
        "bg_growth": f"{number(growth, 1)}\u00a0%",
        "bg_gi_interval": f"{interval(*_gi_interval(facts), 0)}\u00a0%",
    }


def _gi_interval(facts) -> tuple[float, float]:
    gi, n = facts["cabinet.baseline.epnet.gi"].number, facts["cabinet.n.epnet"].number
    return patients.wilson(gi, int(n))


def funnel() -> Figure:
    """From new neoplasms to DMP's range: known steps with intervals, unknown ones as the room they
    may lie in.
    """
    f, steps = _funnel(), WORDS["steps"]
    low, high = f["eligible"]
    known = {0: f["neoplasms"], 1: f["net"], 6: patients.Interval((low + high) / 2, low, high)}
    labels = {
        0: (
            f"about {numbers.number(load_facts()['norway.incidence.nen.n'].number)} (rate behind it"
            f" {numbers.interval(known[0].low, known[0].high, 0)})"
        ),
        1: (
            f"{numbers.number(known[1].median)}"
            f" ({numbers.interval(known[1].low, known[1].high, 0)})"
        ),
        6: numbers.interval(low, high, 0),
    }
    records = []
    for i, (step, detail) in enumerate(steps):
        k = known.get(i)
        records.append(
            {
                "step": i,
                "name": step + (f" – {detail}" if detail else ""),
                "short": step,
                "known": k is not None,
                "bar": k.median if k and i < 6 else high if k else 0,
                "low": k.low if k else low,
                "high": k.high if k else f["net"].high,
                "label": labels.get(i, WORDS["not_published"]),
            }
        )
    data = pd.DataFrame(records)
    table = pd.DataFrame(
        [
            {
                "Step": s,
                "Published": "yes" if i in known else "no",
                "Patients a year": labels.get(i, "unknown"),
                "Lies between": f"{numbers.number(r['low'])} and {numbers.number(r['high'])}",
            }
            for i, ((s, _), r) in enumerate(zip(steps, records))
        ]
    )

    def draw(width: int) -> alt.LayerChart:
        narrow = width < 500
        y = alt.Y("step:O", axis=None)
        x = alt.X(
            "bar:Q",
            title="People a year",
            scale=alt.Scale(domain=[0, 1450], nice=False),
            axis=alt.Axis(tickCount=4 if narrow else 8),
        )
        sure, unsure = data[data["known"]], data[~data["known"]]
        tip = [alt.Tooltip("name:N", title="Step"), alt.Tooltip("label:N", title="People a year")]
        bars = (
            alt.Chart(sure)
            .mark_bar(height=16, color=theme.BLUE, opacity=0.45)
            .encode(x=x, y=y, tooltip=tip)
        )
        whisker = (
            alt.Chart(sure)
            .mark_rule(strokeWidth=3, color=theme.INK)
            .encode(x="low:Q", x2="high:Q", y=y)
        )
        room = (
            alt.Chart(unsure)
            .mark_bar(height=16, filled=False, stroke=theme.GREY, strokeDash=[4, 3])
            .encode(x=alt.X("low:Q"), x2="high:Q", y=y, tooltip=tip)
        )
        names = (
            alt.Chart(data)
            .mark_text(align="left", dy=-21, fontWeight=600)
            .encode(x=alt.datum(0), y=y, text="short:N" if narrow else "name:N")
        )
        said = (
            alt.Chart(data.iloc[1:])
            .mark_text(align="left", dx=8)
            .encode(x="high:Q", y=y, text="label:N")
        )
        # no room behind the longest bar
        said += (
            alt.Chart(data.iloc[:1])
            .mark_text(align="left", dx=6)
            .encode(x=alt.datum(0), y=y, text="label:N")
        )
        return alt.layer(bars, room, whisker, said, names).properties(
            width=width - 30, height=len(steps) * 52
        )

    text = (
        f"Funnel of bars. About 1300 new neoplasms a year, {numbers.number(f['net'].median)} of"
        f" them NET (95 per cent interval {numbers.interval(f['net'].low, f['net'].high, 0)}), then"
        " four steps drawn as empty dashed bars because no share is published, then DMP's 40 to 80"
        " patients."
    )
    return Figure(
        draw,
        text,
        table,
        "patient-funnel",
        sources=("dmp2025egnethet",),
        note=(
            "A dashed bar is the room a step may lie in: no fewer than DMP's lower number, no more"
            " than all NET."
        ),
    )


def years_table() -> Table:
    """What the range of patients means in one budget year and in five together."""
    t = texts()
    low, high = _funnel()["eligible"]
    frame = pd.DataFrame(
        [
            {
                "What is allowed to vary": "DMP’s range alone",
                "One year": numbers.interval(low, high, 0),
                "Five years together": t["bg_five_years_plain"],
            },
            {
                "What is allowed to vary": f"Chance alone, the mean being {t['bg_middle']} a year",
                "One year": t["bg_chance"],
                "Five years together": t["bg_chance_five"],
            },
            {
                "What is allowed to vary": "Both",
                "One year": t["bg_one_year"],
                "Five years together": t["bg_five_years"],
            },
            {
                "What is allowed to vary": "Part of the variance that is the range",
                "One year": t["bg_range_part_one"],
                "Five years together": t["bg_range_part_five"],
            },
        ]
    )
    return Table(frame, caption="Patients to be treated: range, or 95 % interval")
