"""What the trial's patients had had before, as a picture."""

from __future__ import annotations

import altair as alt
import pandas as pd

from assessment.case.definition import load_case
from assessment.evidence import Fact, load_facts
from assessment.presentation import colour_grammar, numbers
from assessment.presentation.language import _
from assessment.presentation.show import Figure, Ref, Table, ref

# Measure of the fact → the treatment.
TREATMENTS = {
    "prior_ssa": _("Somatostatin analogue"),
    "prior_lutetium": _("177Lu-dotatate"),
    "prior_everolimus": _("Everolimus"),
    "prior_temozolomide": _("Temozolomide"),
    "prior_prrt": _("Radionuclide therapy"),
    "prior_sunitinib": _("Sunitinib"),
}


def prior_treatment() -> Figure:
    """What CABINET's patients had had before, where it was published."""
    groups = _groups()
    data = pd.DataFrame([_bar(title, fact) for title, fact in _pairs(groups)])

    def draw(width: int) -> alt.TopLevelMixin:
        last = len(groups) - 1
        panels = [
            _panel(data[data["group"] == title], title, width, with_axis=i == last)
            for i, title in enumerate(groups)
        ]
        return alt.vconcat(*panels, spacing=14)

    return Figure(
        draw,
        _alternative(*groups.values()),
        pd.DataFrame([_table_row(title, fact) for title, fact in _pairs(groups)]),
        "earlier-treatment",
    )


def prior_lines_table() -> Table:
    """How many systemic treatments the patients had had before: median and range, by cohort."""
    facts, cohorts = load_facts(), load_case().cohorts
    lines = {cohort.label: facts[f"cabinet.baseline.{cohort.id}.prior_lines"] for cohort in cohorts}
    row = {_("Treatments before the trial"): _("Median (range)")} | {
        name: Ref(fact.id, f"{numbers.fact_text(fact, 'bare')} ({numbers.fact_interval(fact)})")
        for name, fact in lines.items()
    }
    caption = _("Earlier systemic treatments; whether somatostatin analogues count was not said")
    return Table(pd.DataFrame([row]), caption=caption)


def _groups() -> dict[str, list[Fact]]:
    """Title of a group of patients → the share that had had each treatment."""
    facts = load_facts()
    gastrointestinal = _("Gastrointestinal NET, {n} patients").format(
        n=facts["cabinet.gi.n"].printed
    )
    pancreatic = _("pNET, {n} patients in 2023; ~ is a panel’s round figure").format(
        n=facts["cabinet_2023.n.pnet"].printed
    )
    return {
        gastrointestinal: [
            facts["cabinet.gi.baseline.prior_ssa"],
            facts["cabinet.gi.baseline.prior_lutetium"],
            facts["cabinet.gi.baseline.prior_everolimus"],
            facts["cabinet.gi.baseline.prior_temozolomide"],
        ],
        pancreatic: [
            facts["cabinet.baseline.pnet.prior_everolimus"],
            facts["cabinet.baseline.pnet.prior_prrt"],
            facts["cabinet_2023.baseline.pnet.prior_sunitinib"],
        ],
    }


def _alternative(gastrointestinal: list[Fact], pancreas: list[Fact]) -> str:
    """What the picture shows, in words; shares in the order of TREATMENTS."""
    __, lutetium, everolimus, temozolomide = (numbers.number(f.number) for f in gastrointestinal)
    pancreas_everolimus, radionuclides, sunitinib = (numbers.number(f.number) for f in pancreas)
    return _(
        "Bars of earlier treatments. Gastrointestinal NET: all had had a somatostatin analogue,"
        " {lutetium} per cent 177Lu-dotatate, {everolimus} everolimus, {temozolomide} temozolomide."
        " pNET: about {pancreas_everolimus} everolimus, about {radionuclides} radionuclide therapy,"
        " {sunitinib} sunitinib. Most patients had already had what Norway would compare with."
    ).format(
        lutetium=lutetium,
        everolimus=everolimus,
        temozolomide=temozolomide,
        pancreas_everolimus=pancreas_everolimus,
        radionuclides=radionuclides,
        sunitinib=sunitinib,
    )


def _pairs(groups: dict[str, list[Fact]]) -> list[tuple[str, Fact]]:
    return [(title, fact) for title, facts in groups.items() for fact in facts]


def _bar(title: str, fact: Fact) -> dict:
    about = "~" if fact.printed and fact.printed.startswith("~") else ""
    return {
        "group": title,
        "treatment": TREATMENTS[fact.measure],
        "share": fact.number,
        "label": f"{about}{numbers.number(fact.number)}\u00a0%",
    }


def _table_row(title: str, fact: Fact) -> dict:
    return {
        _("Group"): title.split(",")[0],
        _("Earlier treatment"): TREATMENTS[fact.measure],
        _("Share"): ref(fact, "value"),
        _("Analysis set"): fact.analysis_set.replace("_", " "),
    }


def _panel(
    bars: pd.DataFrame, title: str, width: int, with_axis: bool
) -> alt.LayerChart | alt.FacetChart:
    """The bars of one group; only the lowest panel has the axis."""
    y = alt.Y(
        "treatment:N",
        sort=list(bars["treatment"]),
        title=None,
        axis=alt.Axis(labelLimit=150, minExtent=140),
    )
    x = alt.X(
        "share:Q",
        scale=alt.Scale(domain=[0, 115]),
        title=_("Per cent who had had it") if with_axis else None,
        axis=alt.Axis(values=[0, 25, 50, 75, 100], labels=with_axis, ticks=with_axis, grid=False),
    )
    tooltip = [
        alt.Tooltip("treatment:N", title=_("Earlier treatment")),
        alt.Tooltip("label:N", title=_("Share")),
    ]
    base = alt.Chart(bars).encode(y=y)
    shares = base.mark_bar(height=14, color=colour_grammar.SECOND).encode(x=x, tooltip=tooltip)
    labels = base.mark_text(align="left", dx=5).encode(x="share:Q", text="label:N")
    lines = title.split("; ") if width < 500 else [title]
    return alt.layer(shares, labels).properties(
        width=width - 165, height=len(bars) * 27, title=alt.TitleParams(lines, fontSize=13)
    )
