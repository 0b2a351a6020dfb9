"""At which price it would be enough: cost per QALY by price, and the price at which each reference
value is met.
"""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from assessment.case.model import runs
from assessment.case.model.analyses.probabilistic import price_distribution
from assessment.case.model.inputs.model_inputs import COHORTS
from assessment.case.trial.trial import COHORTS as NAMES
from assessment.evidence import load_facts, load_population_table
from assessment.pages.economics.shared.cohort_styles import COHORT_COLOURS, COHORT_DASHES
from assessment.pages.economics.shared.result_wording import leans, price, told, under
from assessment.presentation import numbers, theme
from assessment.presentation.show import Figure, Table, ref

WORDS = {
    "price": "Price of a pack, thousand NOK without tax",
    "icer": "NOK per QALY, logarithmic",
    "policy": "stated policy",
    "proposal": "proposal for class {number}",
    "assumed": "◆ assumed",
    "uk": "◆ UK list price in NOK",
}


def price_figure() -> Figure:
    """Cost per QALY against the price of a pack, with the reference values and the two orientation
    prices.
    """
    facts = load_facts()
    assumed, uk, stated = (
        facts["economics.price.cabometyx.assumed"],
        facts["economics.price.cabometyx.uk_in_nok"].number,
        facts["norway.reference.opportunity_cost.value"].number,
    )
    rows, marks = [], []
    for cohort in COHORTS:
        found = runs.base(cohort)
        at_zero = float(found.increment.cost - found.packs_bought * found.price_per_pack_nok)
        line = [
            (p, (at_zero + float(found.packs_bought) * p) / float(found.increment.effect))
            for p in np.linspace(0, assumed.high, 36)
        ]
        rows += [{"cohort": NAMES[cohort], "price": p / 1000, "icer": y} for p, y in line if y > 0]
        marks.append(
            {
                "cohort": NAMES[cohort],
                "price": assumed.number / 1000,
                "icer": float(found.increment.icer),
                "text": (
                    f"{NAMES[cohort]}"
                    f" {told(found.increment, runs.gain_error(cohort)).removesuffix(' NOK')}"
                ),
            }
        )
    data = pd.DataFrame(rows)
    classes = sorted({runs.severity(c).severity_class for c in COHORTS})
    references = pd.DataFrame(
        [{"value": stated, "text": f"{numbers.number(stated)} {WORDS['policy']}", "kind": "policy"}]
        + [
            {
                "value": (v := facts[f"norway.reference.class{k}.value"].number),
                "text": f"{numbers.number(v)} {WORDS['proposal'].format(number=k)}",
                "kind": "proposal",
            }
            for k in classes
        ]
    )
    orient = pd.DataFrame(
        [{"price": assumed.number / 1000, "text": WORDS["assumed"]}]
        + (
            [{"price": uk / 1000, "text": WORDS["uk"]}]
            if abs(uk / assumed.number - 1) > 0.06
            else []
        )
    )
    domain, highest = [NAMES[c] for c in COHORTS], 4 * max(m["icer"] for m in marks)

    def draw(width: int):
        wide = width > 500
        x = alt.X(
            "price:Q",
            title=WORDS["price"],
            scale=alt.Scale(domain=[0, assumed.high / 1000], nice=False),
            axis=alt.Axis(grid=False, tickCount=6),
        )
        y = alt.Y(
            "icer:Q",
            title=WORDS["icer"],
            scale=alt.Scale(type="log", domain=[200_000, highest], nice=False),
            axis=alt.Axis(
                values=[300_000, 1_000_000, 3_000_000, 10_000_000, 30_000_000, 100_000_000],
                labelExpr="datum.value / 1000000 + ' million'",
                titleAngle=0,
                titleAlign="left",
                titleAnchor="end",
                titleY=-12,
                titleX=-50,
            ),
        )
        colour = alt.Color(
            "cohort:N",
            scale=alt.Scale(domain=domain, range=[COHORT_COLOURS[c] for c in COHORTS]),
            legend=None,
        )
        dash = alt.StrokeDash(
            "cohort:N",
            scale=alt.Scale(domain=domain, range=[COHORT_DASHES[c] for c in COHORTS]),
            legend=None,
        )
        line = alt.Chart(data).mark_line(clip=True).encode(x=x, y=y, color=colour, strokeDash=dash)
        dot = alt.Chart(pd.DataFrame(marks)).encode(x=x, y=y, color=colour)
        solid, dashed = (
            alt.Chart(references[references["kind"] == kind]).encode(y=alt.Y("value:Q"))
            for kind in ("policy", "proposal")
        )
        text = {"align": "right", "dy": -8, "fontSize": 12, "color": theme.INK}
        return alt.layer(
            line,
            dot.mark_point(filled=True, size=70, opacity=1),
            *(
                dot.transform_filter(f"datum.cohort == '{NAMES[c]}'")
                .mark_text(align="right", dx=dx, dy=dy, fontWeight=600)
                .encode(text="text:N")
                for c, dx, dy in (("pnet", -8, -12), ("epnet", 20, 20 if wide else 34))
            ),
            solid.mark_rule(color=theme.INK),
            dashed.mark_rule(color=theme.INK, strokeDash=[5, 3]),
            solid.mark_text(**text).encode(x=alt.value(width - 90), text="text:N"),
            dashed.mark_text(**text).encode(x=alt.value(width - 90), text="text:N"),
            alt.Chart(orient).mark_rule(color=theme.GREY, strokeDash=[2, 3]).encode(x="price:Q"),
            alt.Chart(orient)
            .mark_text(align="left", dx=5, dy=8, fontSize=12, color=theme.MUTED)
            .encode(x="price:Q", y=alt.value(0), text="text:N"),
        ).properties(width=width - 90, height=280, title=under(leans(not wide), 18))

    shown = np.linspace(0, assumed.high, 8)
    table = pd.DataFrame(
        {"Price of a pack, NOK": shown.astype(int)}
        | {f"{NAMES[c]}, NOK per QALY": [round(_icer_at(c, p)) for p in shown] for c in COHORTS}
    )
    at_zero = "; ".join(
        f"{NAMES[c]} {numbers.number(_icer_at(c, 0.0))} NOK per QALY even when free"
        for c in COHORTS
    )
    return Figure(
        draw,
        f"Rising lines of cost per QALY against the price of a pack, logarithmic. {at_zero}; at the"
        f" assumed price {'; '.join(m['text'] for m in marks)} NOK per QALY.",
        table,
        "economics-price",
        ("meldst38", "magnussen2015"),
    )


def _icer_at(cohort: str, pack_price: float) -> float:
    found = runs.base(cohort)
    return float(
        (found.increment.cost + found.packs_bought * (pack_price - found.price_per_pack_nok))
        / found.increment.effect
    )


def price_table() -> Table:
    """Price a pack at which each reference value would be met: expected, and the middle 95 % of
    draws.
    """
    facts, rows = load_facts(), []
    for number in load_population_table("severity-classes")["class"]:
        value = facts[f"norway.reference.class{number}.value"]
        row = {"Class": int(number), "Reference value": ref(value)}
        for cohort in COHORTS:
            low, high = np.quantile(
                price_distribution(runs.draws(cohort), value.number), [0.025, 0.975]
            )
            own = " ●" if runs.severity(cohort).severity_class == number else ""
            row[NAMES[cohort]] = (
                f"{price(runs.base(cohort), value.number)}{own} ({_signed(low)} to {_signed(high)})"
            )
        rows.append(row)
    return Table(pd.DataFrame(rows))


def _signed(nok: float) -> str:
    return numbers.number(1000 * round(nok / 1000)) if nok > 0 else "none"
