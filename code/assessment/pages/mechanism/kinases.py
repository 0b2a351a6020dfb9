"""What the chapter on the mechanism of action shows: its kinases, and its numbers in prose."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from assessment.case.trial import pharmacokinetics
from assessment.evidence import load_facts
from assessment.evidence.provenance.traced_text import computed
from assessment.pages.mechanism.dose_regimen import CHANGE_DAY, DAYS, exposure
from assessment.pages.mechanism.exposure_facts import (
    SETTLED,
    USED,
    build_up_half_life,
    doses_mg,
    half_lives,
    interval_hours,
    panel_days,
    published_accumulation,
    settled_days,
)
from assessment.presentation import colour_grammar, numbers, theme
from assessment.presentation.language import _
from assessment.presentation.show import Figure, ref

KINASES = {
    "vegfr2": "VEGFR2",
    "met": "MET",
    "kit": "KIT",
    "ret": "RET",
    "axl": "AXL",
    "flt3": "FLT3",
    "tie2": "TIE2",
    "ron": "RON",
}
WORDS = {
    "kinase": _("Kinase"),
    "ic50": _("IC50, nM"),
    "fold": _("Times VEGFR2"),
    "fold_short": _("× VEGFR2"),
    "ic50_axis": _("Concentration that halves activity (IC50, nM, log scale)"),
    "ic50_axis_short": _("IC50, nM (log scale)"),
    "stronger": _("← blocked at lower concentrations"),
}


def kinase_table() -> pd.DataFrame:
    """A row per kinase, strongest first: name, fact, ic50 with low and high in nM (equal where no
    spread is printed), fold over the strongest.
    """
    rows = [
        {
            "kinase": label,
            "fact": fact,
            "ic50": fact.number,
            "low": fact.number if fact.low is None else fact.low,
            "high": fact.number if fact.high is None else fact.high,
        }
        for name, label in KINASES.items()
        for fact in [load_facts()[f"pharmacology.ic50.{name}"]]
    ]
    frame = pd.DataFrame(rows).sort_values("ic50", ignore_index=True)
    return frame.assign(fold=frame["ic50"] / frame["ic50"].iloc[0])


def kinase_profile() -> Figure:
    """Dot plot on a log scale with the printed spread, and the fold over VEGFR2 in figures."""
    frame = kinase_table()
    frame["value_text"] = [
        numbers.fact_text(f, "bare") + (f" {numbers.fact_interval(f)}" if f.interval else "")
        for f in frame["fact"]
    ]
    frame["fold_text"] = ["1"] + [numbers.number(v) for v in frame["fold"].iloc[1:]]
    data = frame.drop(columns="fact")

    def draw(width: int) -> alt.TopLevelMixin:
        small = width < 500
        plot = width - 60 - (170 if small else 220)
        columns = [plot + (92 if small else 115), plot + (162 if small else 212)]
        base = alt.Chart(data)
        y = alt.Y("kinase:N", sort=None, axis=alt.Axis(title=None, labelFontWeight=600))
        scale = alt.Scale(type="log", domain=[0.01, 300], nice=False)
        axis = alt.Axis(
            title=WORDS["ic50_axis_short" if small else "ic50_axis"],
            values=[0.01, 1, 100] if small else [0.01, 0.1, 1, 10, 100],
            titleAnchor="start",
            titleX=0,
        )
        rules = base.mark_rule(strokeWidth=2, color=colour_grammar.MAIN).encode(
            x=alt.X("low:Q", scale=scale, axis=axis), x2="high:Q", y=y
        )
        tip = [
            alt.Tooltip("kinase:N", title=WORDS["kinase"]),
            alt.Tooltip("value_text:N", title=WORDS["ic50"]),
            alt.Tooltip("fold_text:N", title=WORDS["fold"]),
        ]
        points = base.mark_point(size=90, color=colour_grammar.MAIN, opacity=1).encode(
            x=alt.X("ic50:Q", scale=scale), y=y, tooltip=tip
        )
        texts = [
            base.mark_text(align="right", fontSize=13).encode(
                x=alt.value(x), y=y, text=f"{field}:N"
            )
            for x, field in zip(columns, ("value_text", "fold_text"))
        ]
        one = alt.Chart(pd.DataFrame([{"one": 1}]))
        heads = [
            one.mark_text(
                align="right", fontSize=12, fontWeight=600, color=theme.MUTED, text=WORDS[name]
            ).encode(x=alt.value(x), y=alt.value(-12))
            for x, name in zip(columns, ("ic50", "fold_short" if small else "fold"))
        ]
        hint = (
            []
            if small
            else [
                one.mark_text(
                    align="left", fontSize=12, color=theme.MUTED, text=WORDS["stronger"]
                ).encode(x=alt.value(0), y=alt.value(-12))
            ]
        )
        return alt.layer(rules, points, *texts, *heads, *hint).properties(
            width=plot, height=30 * len(data)
        )

    second = frame.iloc[1]
    text = _(
        "Dot plot on a log scale of the concentration that halves the activity of {count} purified"
        " kinases. VEGFR2 is lowest at {lowest} nM; {second} follows at {value} nM, {times} times as"
        " much, and RON is last at {last} nM."
    ).format(
        count=len(frame),
        lowest=frame["value_text"].iloc[0],
        second=second["kinase"],
        value=second["value_text"],
        times=second["fold_text"],
        last=frame["value_text"].iloc[-1],
    )
    table = pd.DataFrame(
        {
            WORDS["kinase"]: frame["kinase"],
            "IC50": [ref(f) for f in frame["fact"]],
            WORDS["fold"]: frame["fold_text"],
        }
    )
    return Figure(draw, text, table, "kinase-profile", sources=("yakes2011",))


@computed
def texts() -> dict[str, str]:
    """Every computed number of the chapter's text, by its glue name."""
    facts, interval, lives = load_facts(), interval_hours(), half_lives()
    n, kinases = numbers.number, kinase_table().set_index("kinase")
    fold, strongest = kinases["fold"], kinases["ic50"].min()
    reported, doses = published_accumulation()
    used, ratios = (
        lives[USED],
        [pharmacokinetics.accumulation_ratio(h, interval) for h in lives.values()],
    )
    by_day = [pharmacokinetics.accumulation_after(doses, h, interval) for h in lives.values()]
    days, first, last = settled_days()
    panel = panel_days()
    full, step, _lowest = doses_mg()
    clearance = facts["pharmacology.clearance.smpc"].number
    median_dose = facts["cabinet.exposure.epnet.cabozantinib.daily_dose"].number
    build_up = build_up_half_life()
    return {
        "mech_fold_met": n(fold["MET"]),
        "mech_fold_met_range": numbers.interval(
            kinases.loc["MET", "low"] / strongest, kinases.loc["MET", "high"] / strongest, 0
        ),
        "mech_fold_axl": n(fold["AXL"]),
        "mech_fold_ron": n(fold["RON"], 0),
        "mech_fold_met_axl": n(fold["AXL"] / fold["MET"], 1),
        "mech_cell_fold_ret": n(
            facts["pharmacology.ic50_cells.ret"].number / facts["pharmacology.ic50.ret"].number
        ),
        "mech_accumulation": n(pharmacokinetics.accumulation_ratio(used, interval), 1),
        "mech_accumulation_range": numbers.interval(min(ratios), max(ratios)),
        "mech_accumulation_day": n(pharmacokinetics.accumulation_after(doses, used, interval), 1),
        "mech_accumulation_day_range": numbers.interval(min(by_day), max(by_day)),
        "mech_settled": n(days, 1),
        "mech_settled_range": numbers.interval(first, last),
        "mech_build_up": n(build_up),
        "mech_build_up_days": n(build_up / 24, 1),
        "mech_build_up_settled": n(pharmacokinetics.hours_to_fraction(SETTLED, build_up) / 24, 1),
        "mech_panel_share": numbers.interval(
            100 * pharmacokinetics.fraction_of_steady_state(24 * panel[0], used),
            100 * pharmacokinetics.fraction_of_steady_state(24 * panel[1], used),
            decimals=0,
        ),
        "mech_panel_days": _("{low} to {high}").format(low=panel[0], high=panel[1]),
        "mech_first_week": n(100 * pharmacokinetics.fraction_of_steady_state(7 * 24, used)),
        "mech_settled_honest": _("{low} to {high}").format(
            low=n(pharmacokinetics.hours_to_fraction(SETTLED, build_up) / 24), high=n(last)
        ),
        "mech_panel_half_life": numbers.interval(
            24 * panel[0] / pharmacokinetics.hours_to_fraction(SETTLED, 1),
            24 * panel[1] / pharmacokinetics.hours_to_fraction(SETTLED, 1),
            decimals=0,
        ),
        "mech_average": n(pharmacokinetics.steady_state_average(full, clearance, interval), 2),
        "mech_swing": n(100 * pharmacokinetics.elimination_rate(used) * interval),
        "mech_missed": n(-100 * np.expm1(-pharmacokinetics.elimination_rate(used) * interval)),
        "mech_half_days": n(used / 24, 1),
        "mech_week_off": n(100 * np.exp(-pharmacokinetics.elimination_rate(used) * 7 * 24)),
        "mech_gap": n(
            100 * (1 - facts["pharmacology.half_life.from_clearance_and_volume"].number / used)
        ),
        "mech_half_life_drugbank": n(
            pharmacokinetics.half_life(clearance, facts["pharmacology.volume.drugbank"].number), 0
        ),
        "mech_dose_share": n(100 * median_dose / full),
        "mech_missing_share": n(100 * (1 - median_dose / step)),
        "mech_step_up": n(100 * (full / step - 1)),
        "mech_change_day": n(CHANGE_DAY),
        "mech_reduced_average": n(exposure(full, CHANGE_DAY, 0, step, used)["dose"].mean(), 1),
        "mech_days": n(DAYS),
    }
