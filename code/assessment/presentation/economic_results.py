"""The base case: what is gained and what it costs, in both cohorts, where it comes from, and at what price it would be enough."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from assessment.economics.curve_library import library
from assessment.economics.curve_tables import MONTHS_PER_YEAR, TREATED, curve_table, picked
from assessment.economics.norwegian import run
from assessment.economics.inputs import COHORTS, base_values, model_inputs
from assessment.economics.probabilistic import price_distribution
from assessment.economics.settings import Settings
from assessment.evidence import load_facts, load_population_table
from assessment.evidence.trials import COHORTS as NAMES

from . import economic_runs as runs
from . import numbers, theme
from .computed import computed
from .severity import COHORT_COLOURS, COHORT_DASHES
from .show import Figure, Table, ref

MILLION = 1e6
ARMS = ("cabozantinib", "placebo")
STATES = ("progression_free", "progressed")
# Cost items of the model, gathered for a reader; the order is that of the bars.
GROUPS = {"drug": ("cabozantinib", "cabozantinib, packs not finished"), "analogue": ("somatostatin analogue",), "care": ("outpatient visits", "visits for treatment", "CT scans", "side effects"),
          "later": ("later treatment",), "end": ("end of life",), "patient": ("patients' time and travel", "time and travel for treatment")}
STATE_COLOURS = [theme.GREEN, theme.PURPLE]  # dark enough for white labels, and no arm's colour
GROUP_COLOURS = {"drug": theme.BLUE, "analogue": theme.GREEN, "care": theme.GOLD, "later": theme.PURPLE, "end": theme.GREY, "patient": theme.SKY}
WORDS = {
    "arms": {"cabozantinib": "Cabozantinib", "placebo": "Placebo"},
    "states": {"progression_free": "before progression", "progressed": "after progression", "dead": "dead"},
    "groups": {"drug": "cabozantinib", "analogue": "somatostatin analogue", "care": "visits, scans, side effects", "later": "treatment after progression", "end": "end of life", "patient": "patients' time and travel"},
    "leans": "◆ Assumption: {price} NOK a pack. Curves calibrated to published summaries, not digitised", "curves": "Curves calibrated to published summaries, not digitised",
    "qalys": "QALYs per patient, discounted", "cost": "Cost per patient, million NOK, discounted", "years": "Years from randomisation", "share": "Share of patients, %",
    "price": "Price of a pack, thousand NOK without tax", "icer": "NOK per QALY, logarithmic", "policy": "stated policy", "proposal": "proposal for class {number}", "assumed": "◆ assumed", "uk": "◆ UK list price in NOK",
    "never": "no price", "dominated": "costs more, gains nothing",
}
SHOWN_YEARS = 10.0


def leans(narrow: bool = False) -> str | list[str]:
    """The line under every title whose numbers depend on the price and on calibrated curves."""
    text = WORDS["leans"].format(price=numbers.number(load_facts()["economics.price.cabometyx.assumed"].number))
    return text.replace(". ", ".|").split("|") if narrow else text


def under(text: str | list[str], offset: int = 8) -> alt.Title:
    """A label over a chart in the quiet type of a subtitle."""
    return alt.Title(text, fontSize=13, fontWeight=400, color=theme.MUTED, offset=offset)


def money(nok: float, decimals: int = 2) -> str:
    """An amount in million NOK."""
    return f"{numbers.number(nok / MILLION, decimals)}\u00a0million NOK"


def rounded(nok: float) -> str:
    """An amount in NOK to the nearest thousand, or hundred when it is small."""
    step = 1000 if abs(nok) >= 10_000 else 100
    return numbers.number(step * round(nok / step)) + "\u00a0NOK"


def ratio(results) -> str:
    """The ICER in words where a ratio says nothing."""
    icer = float(results.increment.icer)
    return money(icer) + " per QALY" if np.isfinite(icer) else WORDS["dominated"]


def price(results, threshold: float) -> str:
    """The price a pack at which the ICER equals the threshold, or that none does."""
    found = results.price_at(threshold)
    return rounded(float(found.price)) if bool(found.met) else WORDS["never"]


def results_table() -> Table:
    """Base case of both cohorts: each arm and the difference."""
    rows = []
    for cohort in COHORTS:
        found = runs.base(cohort)
        for label, of, decimals in (("Life years", lambda s: s.life_years, 2), ("QALYs", lambda s: s.qalys, 2), ("Cost, million NOK", lambda s: s.cost / MILLION, 2)):
            one, other = float(of(found.treated)), float(of(found.comparator))
            rows.append((NAMES[cohort], label, *(numbers.number(v, decimals) for v in (one, other, one - other))))
    return Table(pd.DataFrame(rows, columns=["Cohort", "Per patient, discounted", WORDS["arms"]["cabozantinib"], WORDS["arms"]["placebo"], "Difference"]))


def decision_table() -> Table:
    """What follows from the difference, by cohort."""
    facts, columns = load_facts(), {}
    stated = facts["norway.reference.opportunity_cost.value"].number
    for cohort in COHORTS:
        found, severe, draws = runs.base(cohort), runs.severity(cohort), runs.draws(cohort)
        own = severe.reference_nok_per_qaly
        columns[NAMES[cohort]] = {
            "Cost per QALY gained": ratio(found), "Cost per life year gained": money(float(found.increment_life_years.icer)),
            "Absolute shortfall, QALYs": numbers.number(severe.shortfall, 1), "Severity class": str(severe.severity_class), "Reference value of that class (a proposal)": rounded(own),
            "Net monetary benefit at it": money(float(found.increment.net_monetary_benefit(own))),
            "Price at which the stated opportunity cost is met": price(found, stated), "Price at which the class's value is met": price(found, own),
            "Draws in which it is worth the assumed price at the class's value": _percent(float((draws.increment.net_monetary_benefit(own) > 0).mean())),
            "Draws in which progression had to be capped at survival": _percent(draws.crossings), "Years the cap took away, mean": numbers.number(_capped_years(cohort), 3),
            "Monte Carlo error of the life years gained": numbers.number(library("os", cohort, "publication").gain_standard_error / 12, 3)}
    frame = pd.DataFrame(columns)
    return Table(frame.rename_axis("◆ At the assumed price").reset_index())


def _percent(share: float) -> str:
    text = numbers.number(100 * share, 1) if 0 < share < 0.1 else numbers.number(100 * share)
    return text + "\u00a0%"


def _capped_years(cohort: str) -> float:
    """Mean undiscounted years by which PFS of cabozantinib was cut where it exceeded OS."""
    settings = Settings(cohort)
    table, years = curve_table(settings), curve_table(settings).grid.weights(Settings(discounting=0.0).rates())
    uncapped = np.exp(-picked("pfs", settings)[0]["t"].cumulative_hazard(table.grid.times_years * MONTHS_PER_YEAR))
    return float(((uncapped - table.occupancy[TREATED].progression_free) @ years).mean())


def qaly_figure() -> Figure:
    """QALYs by state, arm and cohort."""
    rows = []
    for cohort in COHORTS:
        for arm in ARMS:
            outcomes = runs.base(cohort).strategies[arm].outcomes
            start = 0.0
            for state in STATES:
                value = float(getattr(outcomes, f"qalys_{state}"))
                rows.append({"cohort": NAMES[cohort], "arm": WORDS["arms"][arm], "state": WORDS["states"][state], "from": start, "to": start + value, "value": value, "text": numbers.number(value, 2)})
                start += value
    data = pd.DataFrame(rows)
    order = [WORDS["states"][s] for s in STATES]

    def draw(width: int):
        colour = alt.Color("state:N", sort=order, scale=alt.Scale(domain=order, range=STATE_COLOURS), legend=alt.Legend(title=None))
        x = alt.X("from:Q", title=WORDS["qalys"], axis=alt.Axis(grid=False, tickCount=5))
        bars = alt.Chart(data).mark_bar(height=22).encode(x=x, x2="to:Q", y=alt.Y("arm:N", title=None), color=colour,
                                                          tooltip=[alt.Tooltip("arm:N", title="Arm"), alt.Tooltip("state:N", title="State"), alt.Tooltip("text:N", title="QALYs")])
        return _two_cohorts(bars, data, width).properties(title=under(WORDS["curves"]))

    said = "; ".join(f"{r['cohort']}, {r['arm'].lower()}: {r['text']} {r['state']}" for r in rows)
    table = data[["cohort", "arm", "state", "value"]].rename(columns={"cohort": "Cohort", "arm": "Arm", "state": "State", "value": "QALYs"}).round(3)
    return Figure(draw, f"Stacked bars of discounted QALYs per patient before and after progression. {said}.", table, "economics-qalys", ("chan2025", "palmer2020"))


def _two_cohorts(bars, data: pd.DataFrame, width: int):
    """The bars of both cohorts one above the other, with numbers in the segments that have room for them."""
    plot = width - 130
    label = alt.Chart(data).mark_text(color=theme.BACKGROUND, fontWeight=600).encode(x="middle:Q", y="arm:N", text="text:N").transform_filter(
        f"datum.value > {34 * data['to'].max() / plot}").transform_calculate(middle="(datum.from + datum.to) / 2")
    header = alt.Header(labelAngle=0, labelAlign="left", labelAnchor="start", labelOrient="top", labelFontWeight=600)
    return alt.layer(bars, label).properties(width=plot, height=70).facet(row=alt.Row("cohort:N", title=None, header=header), spacing=8)


def cost_figure() -> Figure:
    """Discounted cost per patient by kind, arm and cohort."""
    rows = []
    for cohort in COHORTS:
        for arm in ARMS:
            items, start = runs.base(cohort).strategies[arm].outcomes.cost_by_item, 0.0
            for group, members in GROUPS.items():
                value = float(sum(items.get(name, 0.0) for name in members)) / MILLION
                rows.append({"cohort": NAMES[cohort], "arm": WORDS["arms"][arm], "group": WORDS["groups"][group], "from": start, "to": start + value, "value": value, "text": numbers.number(value, 2)})
                start += value
    data, order = pd.DataFrame(rows), list(WORDS["groups"].values())

    def draw(width: int):
        wide = width > 500
        colour = alt.Color("group:N", sort=order, scale=alt.Scale(domain=order, range=list(GROUP_COLOURS.values())), legend=alt.Legend(title=None, columns=3 if wide else 1, labelLimit=260))
        bars = alt.Chart(data).mark_bar(height=22, stroke=theme.BACKGROUND, strokeWidth=1).encode(
            x=alt.X("from:Q", title=WORDS["cost"], axis=alt.Axis(grid=False, tickCount=5)), x2="to:Q", y=alt.Y("arm:N", title=None), color=colour,
            tooltip=[alt.Tooltip("arm:N", title="Arm"), alt.Tooltip("group:N", title="What"), alt.Tooltip("value:Q", title="Million NOK", format=".3f")])
        return _two_cohorts(bars, data, width).properties(title=under(leans(not wide)))

    table = data.pivot_table(index="group", columns=["cohort", "arm"], values="value", sort=False)
    table.columns = [f"{c}, {a.lower()}" for c, a in table.columns]
    difference = {NAMES[c]: table[f"{NAMES[c]}, cabozantinib"] - table[f"{NAMES[c]}, placebo"] for c in COHORTS}
    table = table.assign(**{f"{name}, difference": d for name, d in difference.items()}).reset_index().rename(columns={"group": "Million NOK"})
    said = "; ".join(f"{NAMES[c]}: cabozantinib itself {numbers.number(table.iloc[0][f'{NAMES[c]}, cabozantinib'], 2)} of {numbers.number(difference[NAMES[c]].sum(), 2)} million NOK difference" for c in COHORTS)
    return Figure(draw, f"Stacked bars of discounted cost per patient by kind of cost, at an assumed price. {said}.", table.round(3), "economics-costs", ("palmer2020", "dmp2025enhetskostnader"))


def occupancy_figure() -> Figure:
    """Share of patients in each state over time, both arms and cohorts, as the model has them."""
    rows, at = [], np.linspace(0, SHOWN_YEARS, 81)
    for cohort in COHORTS:
        table = curve_table(Settings(cohort))
        for arm in ARMS:
            free, alive = (np.interp(at, table.grid.times_years, getattr(table.occupancy[arm], name).mean(axis=0), left=1.0) for name in ("progression_free", "alive"))
            rows += [{"cohort": NAMES[cohort], "arm": WORDS["arms"][arm], "year": y, "state": WORDS["states"][s], "low": 100 * low, "high": 100 * high}
                     for y, f, a in zip(at, free, alive) for s, low, high in (("progression_free", 0.0, f), ("progressed", f, a))]
    data, order = pd.DataFrame(rows), [WORDS["states"][s] for s in STATES]

    def draw(width: int):
        wide = width > 500
        colour = alt.Color("state:N", sort=order, scale=alt.Scale(domain=order, range=STATE_COLOURS), legend=alt.Legend(title=None))
        area = alt.Chart(data).mark_area(opacity=0.85).encode(x=alt.X("year:Q", title=WORDS["years"] if wide else WORDS["years"].split()[0], axis=alt.Axis(values=[0, 2, 4, 6, 8, 10] if wide else [0, 5, 10], grid=False)),
                                                              y=alt.Y("low:Q", title=WORDS["share"] if wide else "%", axis=alt.Axis(values=[0, 50, 100])), y2="high:Q", color=colour)
        return area.properties(width=(width - 120) / 2 if wide else (width - 90) / 2, height=130 if wide else 100).facet(
            row=alt.Row("cohort:N", title=None, header=alt.Header(labelAngle=-90)), column=alt.Column("arm:N", title=None)).properties(title=under(WORDS["curves"]))

    shown = data[data["year"].isin([0.5, 1.0, 2.0, 5.0, 10.0])]
    table = shown.assign(alive=shown["high"]).pivot_table(index=["cohort", "arm", "year"], columns="state", values="high").reset_index()
    table.columns = ["Cohort", "Arm", "Year", "Alive, %", "Before progression, %"] if list(table.columns)[3] == order[1] else ["Cohort", "Arm", "Year", "Before progression, %", "Alive, %"]
    return Figure(draw, "Areas of the share of patients before progression, after it and dead over ten years, in both arms and cohorts. Cabozantinib widens the area before progression; "
                        "the area of the living is nearly the same in both arms.", table.round(1), "economics-states", ("chan2025", "ssb07902"))


def price_figure() -> Figure:
    """Cost per QALY against the price of a pack, with the reference values and the two orientation prices."""
    facts = load_facts()
    assumed, uk, stated = facts["economics.price.cabometyx.assumed"], facts["economics.price.cabometyx.uk_in_nok"].number, facts["norway.reference.opportunity_cost.value"].number
    rows, marks = [], []
    for cohort in COHORTS:
        found = runs.base(cohort)
        at_zero = float(found.increment.cost - found.packs_bought * found.price_per_pack_nok)
        line = [(p, (at_zero + float(found.packs_bought) * p) / float(found.increment.effect)) for p in np.linspace(0, assumed.high, 36)]
        rows += [{"cohort": NAMES[cohort], "price": p / 1000, "icer": y} for p, y in line if y > 0]
        marks.append({"cohort": NAMES[cohort], "price": assumed.number / 1000, "icer": float(found.increment.icer), "text": f"{NAMES[cohort]} {numbers.number(float(found.increment.icer) / MILLION, 1)} million"})
    data = pd.DataFrame(rows)
    classes = sorted({runs.severity(c).severity_class for c in COHORTS})
    references = pd.DataFrame([{"value": stated, "text": f"{numbers.number(stated)} {WORDS['policy']}", "kind": "policy"}] + [
        {"value": (v := facts[f'norway.reference.class{k}.value'].number), "text": f"{numbers.number(v)} {WORDS['proposal'].format(number=k)}", "kind": "proposal"} for k in classes])
    orient = pd.DataFrame([{"price": assumed.number / 1000, "text": WORDS["assumed"]}] + ([{"price": uk / 1000, "text": WORDS["uk"]}] if abs(uk / assumed.number - 1) > 0.06 else []))
    domain = [NAMES[c] for c in COHORTS]

    def draw(width: int):
        wide = width > 500
        x = alt.X("price:Q", title=WORDS["price"], scale=alt.Scale(domain=[0, assumed.high / 1000], nice=False), axis=alt.Axis(grid=False, tickCount=6))
        y = alt.Y("icer:Q", title=WORDS["icer"], scale=alt.Scale(type="log", domain=[200_000, 20_000_000], nice=False),
                  axis=alt.Axis(values=[300_000, 1_000_000, 3_000_000, 10_000_000], labelExpr=f"datum.value / 1000000 + ' million'", titleAngle=0, titleAlign="left", titleAnchor="end", titleY=-12, titleX=-50))
        colour = alt.Color("cohort:N", scale=alt.Scale(domain=domain, range=[COHORT_COLOURS[c] for c in COHORTS]), legend=None)
        dash = alt.StrokeDash("cohort:N", scale=alt.Scale(domain=domain, range=[COHORT_DASHES[c] for c in COHORTS]), legend=None)
        line = alt.Chart(data).mark_line().encode(x=x, y=y, color=colour, strokeDash=dash)
        dot = alt.Chart(pd.DataFrame(marks)).encode(x=x, y=y, color=colour)
        solid, dashed = (alt.Chart(references[references["kind"] == kind]).encode(y=alt.Y("value:Q")) for kind in ("policy", "proposal"))
        text = {"align": "right", "dy": -8, "fontSize": 12, "color": theme.INK}
        return alt.layer(line, dot.mark_point(filled=True, size=70, opacity=1), *(dot.transform_filter(f"datum.cohort == '{NAMES[c]}'").mark_text(align="right", dx=dx, dy=dy, fontWeight=600).encode(text="text:N") for c, dx, dy in (("pnet", -8, -12), ("epnet", 20, 20))),
                         solid.mark_rule(color=theme.INK), dashed.mark_rule(color=theme.INK, strokeDash=[5, 3]), solid.mark_text(**text).encode(x=alt.value(width - 90), text="text:N"), dashed.mark_text(**text).encode(x=alt.value(width - 90), text="text:N"),
                         alt.Chart(orient).mark_rule(color=theme.GREY, strokeDash=[2, 3]).encode(x="price:Q"),
                         alt.Chart(orient).mark_text(align="left", dx=5, dy=8, fontSize=12, color=theme.MUTED).encode(x="price:Q", y=alt.value(0), text="text:N")).properties(
            width=width - 90, height=280, title=under(leans(not wide), 18))

    shown = np.linspace(0, assumed.high, 8)
    table = pd.DataFrame({"Price of a pack, NOK": shown.astype(int)} | {f"{NAMES[c]}, NOK per QALY": [round(_icer_at(c, p)) for p in shown] for c in COHORTS})
    at_zero = "; ".join(f"{NAMES[c]} {numbers.number(_icer_at(c, 0.0))} NOK per QALY even when free" for c in COHORTS)
    return Figure(draw, f"Rising lines of cost per QALY against the price of a pack, logarithmic. {at_zero}; at the assumed price {'; '.join(m['text'] for m in marks)} NOK per QALY.", table, "economics-price", ("meldst38", "magnussen2015"))


def _icer_at(cohort: str, pack_price: float) -> float:
    found = runs.base(cohort)
    return float((found.increment.cost + found.packs_bought * (pack_price - found.price_per_pack_nok)) / found.increment.effect)


def price_table() -> Table:
    """Price a pack at which each reference value would be met: expected, and the middle 95 % of draws."""
    facts, rows = load_facts(), []
    for number in load_population_table("severity-classes")["class"]:
        value = facts[f"norway.reference.class{number}.value"]
        row = {"Class": int(number), "Reference value": ref(value)}
        for cohort in COHORTS:
            low, high = np.quantile(price_distribution(runs.draws(cohort), value.number), [0.025, 0.975])
            own = " ●" if runs.severity(cohort).severity_class == number else ""
            row[NAMES[cohort]] = f"{price(runs.base(cohort), value.number)}{own} ({_signed(low)} to {_signed(high)})"
        rows.append(row)
    return Table(pd.DataFrame(rows))


def _signed(nok: float) -> str:
    return numbers.number(1000 * round(nok / 1000)) if nok > 0 else "none"


def envelope_table() -> Table:
    """Two simple reckonings that bound the answer, without a model, beside the base case."""
    rows = []
    for cohort in COHORTS:
        one = envelope(cohort)
        rows.append((NAMES[cohort], money(one["cheap"], 1), money(float(runs.base(cohort).increment.icer), 1), money(one["dear"], 1)))
    return Table(pd.DataFrame(rows, columns=["Cohort", "Whole gain becomes life", "Base case", "Gain counts as quality of life only"]))


def envelope(cohort: str) -> dict[str, float]:
    """NOK per QALY from printed medians alone: the drug for the median time without progression, undiscounted, nothing else.

    'dear': the gain in median PFS valued at Swinburn's utility gap; 'cheap': the same gain lived in full at the utility before progression.
    """
    facts, x = load_facts(), base_values(model_inputs(cohort))
    treated, gain = (facts[f"cabinet.pfs.{cohort}.{name}"].number / 12 for name in ("cabozantinib.median", "median_gain"))
    cost = treated * 365.25 / x["tablets_per_pack"] * x["price_per_pack_nok"]
    return {"dear": cost / (gain * facts["economics.loss.swinburn.all"].number), "cheap": cost / (gain * facts["economics.utility.swinburn.stable"].number)}


@computed
def texts() -> dict[str, str]:
    """Computed numbers for the chapter's sentences."""
    facts, out = load_facts(), {}
    stated = facts["norway.reference.opportunity_cost.value"].number
    for cohort in COHORTS:
        found, severe, draws = runs.base(cohort), runs.severity(cohort), runs.draws(cohort)
        own, inc = severe.reference_nok_per_qaly, found.increment
        gain = lambda **changed: run(settings=Settings(cohort, **changed)).increment
        low, high = np.quantile(draws.increment.effect, [0.025, 0.975])
        env = envelope(cohort)
        free = float(found.treated.outcomes.life_years_progression_free - found.comparator.outcomes.life_years_progression_free)
        out |= {f"base_{cohort}_{name}": text for name, text in {
            "qalys": numbers.number(float(inc.effect), 2), "life_years": numbers.number(float(found.increment_life_years.effect), 2), "cost": money(float(inc.cost)), "icer": ratio(found),
            "icer_life_year": money(float(found.increment_life_years.icer)), "free_years": numbers.number(free, 2), "qalys_range": numbers.interval(low, high, 2),
            "loses": _percent(float((draws.increment.effect < 0).mean())), "likely": _percent(float((draws.increment.net_monetary_benefit(own) > 0).mean())),
            "shortfall": numbers.number(severe.shortfall, 1), "class": str(severe.severity_class), "reference": rounded(own), "price_stated": "at " + price(found, stated), "price_own": "at " + price(found, own),
            "drug_share": _percent(float(found.packs_bought * found.price_per_pack_nok / inc.cost)), "without_drug": rounded(float(inc.cost - found.packs_bought * found.price_per_pack_nok)),
            "years_on": numbers.number(float(found.treated.years_on_treatment), 2), "packs": numbers.number(float(found.packs_bought), 1),
            "qalys_none": numbers.number(float(gain(survival_effect="none").effect), 3), "icer_kept": money(float(gain(survival_effect="progression gain kept").icer)),
            "cheap": money(env["cheap"], 1), "dear": money(env["dear"], 1), "comparator_qalys": numbers.number(severe.comparator_qalys, 1), "remaining": numbers.number(severe.remaining_qalys, 1),
            "crossed": _percent(draws.crossings)}.items()}
    return out | {"base_draws": numbers.number(runs.draws("epnet").rows.size), "base_price": rounded(facts["economics.price.cabometyx.assumed"].number), "base_stated": rounded(stated)}
