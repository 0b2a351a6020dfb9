"""The indirect comparison as forests: every row, and a row for each drug."""

from __future__ import annotations

import altair as alt
import pandas as pd

from assessment.case.trial.indirect_comparisons import Contrast, contrasts, left_out, networks
from assessment.evidence import load_register
from assessment.pages.comparisons.indirect.indirect_words import (
    DOMAIN,
    NETWORKS,
    NO_RESULT,
    NOT_JOINED,
    PANEL_OF,
    PANELS,
    TICKS,
    drug_in_group,
    is_weak,
    label,
    ratio_text,
    widened,
)
from assessment.pages.pico import pico_words
from assessment.presentation import colour_grammar, theme
from assessment.presentation.frame_rows import frame_rows
from assessment.presentation.language import _
from assessment.presentation.show import Figure, ref


def _heading(c: Contrast) -> str:
    name = drug_in_group(pico_words.SHORT.get(c.against, c.against), c.group)
    if is_weak(c):
        return _("weak: against {drug}").format(drug=name)
    return _("against {drug}").format(drug=name)


def kind_of_path(c: Contrast) -> str:
    """How a row is drawn: 'weak', 'like' (both trials judged alike) or 'unlike'."""
    if is_weak(c):
        return "weak"
    return "like" if c.like else "unlike"


def forest_rows(panel: str) -> list[dict]:
    """Rows of one cohort: headings (no ratio), contrasts, and what cannot be compared."""
    rows: list[dict] = []
    mine = sorted(
        (c for c in contrasts() if PANEL_OF[c.group] == panel),
        key=lambda c: (c.group != panel, is_weak(c), c.steps, c.against, not c.like),
    )
    for group, against in dict.fromkeys((c.group, c.against) for c in mine):
        these = [c for c in mine if (c.group, c.against) == (group, against)]
        rows.append({"name": _heading(these[0]), "kind": "head", "text": ""})
        for c in these:
            wide = widened(c)
            rows.append(
                {
                    "name": label(c),
                    "kind": kind_of_path(c),
                    "ratio": c.ratio.estimate,
                    "low": c.ratio.low,
                    "high": c.ratio.high,
                    "low2": wide.low,
                    "high2": wide.high,
                    "text": ratio_text(c.ratio),
                    "contrast": c,
                }
            )
    for drug, trials, why in disconnected(panel):
        rows += [
            {"name": _("against {drug}").format(drug=drug), "kind": "head", "text": ""},
            {"name": trials, "kind": "none", "text": why},
        ]
    return rows


def disconnected(panel: str) -> list[tuple[str, str, str]]:
    """(drug, trials, why) for drugs of a cohort's register that no trial joins to placebo, or whose
    result is not there.
    """
    network = NETWORKS[panel]
    inside = {*networks(network)[0].treatments, *(c.against for c in contrasts())}
    out = left_out(network)
    trials_of: dict[tuple[str, str], list[str]] = {}
    for r in frame_rows(load_register("network").query("network == @network")):
        if r.treatment not in inside:
            # A trial of everolimus would join: what it lacks is a result.
            why = NO_RESULT if r.id in out and r.control in inside else NOT_JOINED
            trials_of.setdefault((r.treatment, why), []).append(r.trial)
    return [(drug, _(" and ").join(trials), why) for (drug, why), trials in trials_of.items()]


def panels_chart(rows_of: dict[str, list[dict]], width: int) -> alt.VConcatChart:
    """The forests of all cohorts below one another: ``rows_of`` each by its id."""
    charts = [panel_chart(PANELS[p], rows, width - 14) for p, rows in rows_of.items()]
    return alt.vconcat(*charts, spacing=22)


def panel_chart(title: str, rows: list[dict], width: int) -> alt.LayerChart | alt.FacetChart:
    """One cohort's forest of ``rows``; names and ratios beside the plot, or above each line where
    there is little room.
    """
    wide = width > 500
    data = pd.DataFrame(
        [
            {k: v for k, v in row.items() if k != "contrast"} | {"order": order}
            for order, row in enumerate(rows)
        ]
    )
    left, right = (262, width - 130) if wide else (4, width - 4)
    up, indent = (0, 12) if wide else (-14, 0)
    scale = alt.Scale(type="log", domain=DOMAIN, range=[left, right], nice=False)
    axis_title = (
        _("Hazard ratio for progression, log scale · below 1 favours cabozantinib")
        if wide
        else _("Hazard ratio for progression, log scale")
    )
    axis = alt.Axis(
        values=TICKS,
        format="~g",
        titleAlign="left",
        titleAnchor="start",
        titleX=left if wide else 0,
    )

    def x(field: str) -> alt.X:
        return alt.X(field, scale=scale, title=axis_title, axis=axis)

    kinds, colours = (
        ["like", "unlike", "weak"],
        [colour_grammar.MAIN, colour_grammar.ATTENTION, theme.GREY],
    )
    shapes = ["circle", "diamond", "square"]
    colour = alt.Color("kind:N", scale=alt.Scale(domain=kinds, range=colours), legend=None)
    shape = alt.Shape("kind:N", scale=alt.Scale(domain=kinds, range=shapes), legend=None)
    tooltip = [
        alt.Tooltip("name:N", title=_("CABINET set")),
        alt.Tooltip("text:N", title=_("Hazard ratio")),
    ]
    base = alt.Chart(data).encode(y=alt.Y("order:O", axis=None))
    seen = base.transform_filter("isValid(datum.ratio)")
    heads = base.transform_filter("datum.kind === 'head'")
    rest = base.transform_filter("datum.kind !== 'head'")

    no_difference = alt.Chart().mark_rule(strokeDash=[2, 3], color=theme.MUTED)
    random_effects = seen.mark_rule(strokeWidth=6, opacity=0.22, clip=True, color=theme.GREY)
    fixed_effects = seen.mark_rule(strokeWidth=2, clip=True)
    points = seen.mark_point(filled=True, size=70, opacity=1)
    layers = [
        no_difference.encode(x=alt.datum(1)),
        random_effects.encode(x=x("low2:Q"), x2="high2:Q"),
        fixed_effects.encode(x=x("low:Q"), x2="high:Q", color=colour),
        points.encode(x=x("ratio:Q"), color=colour, shape=shape, tooltip=tooltip),
    ]
    if not wide:
        # names stand on the lines: the page shows through behind them
        layers += [
            base.mark_text(
                align="left", dy=dy, stroke=theme.BACKGROUND, strokeWidth=6, fontWeight=600
            )
            .encode(x=alt.value(0), text="name:N")
            .transform_filter(test)
            for dy, test in ((8, "datum.kind === 'head'"), (up, "datum.kind !== 'head'"))
        ]
    head_names = heads.mark_text(align="left", fontWeight=600, dy=4 if wide else 8)
    names = rest.mark_text(align="left", dy=up, dx=indent)
    ratios = rest.mark_text(align="right", dy=up)
    layers += [
        head_names.encode(x=alt.value(0), text="name:N"),
        names.encode(x=alt.value(0), text="name:N"),
        ratios.encode(x=alt.value(width - 4), text="text:N"),
    ]
    height = alt.Step(18 if wide else 40)
    return alt.layer(*layers).properties(width=width, height=height, title=title)


def forest_of_all() -> Figure:
    """Cabozantinib against other drugs through placebo, both cohorts, each division of CABINET its
    own row.
    """
    panels = {cohort: forest_rows(cohort) for cohort in PANELS}
    compared = [(p, r) for p, rows in panels.items() for r in rows if "contrast" in r]
    table = pd.DataFrame(
        [
            {
                _("Cohort"): PANELS[panel],
                _("Against"): drug_in_group(r["contrast"].against, r["contrast"].group),
                "CABINET": ref(r["contrast"].facts[0]),
                _("Other trials"): " → ".join(r["contrast"].trials),
                _("Set"): r["name"],
                _("Spread between trials left out"): ratio_text(r["contrast"].fixed),
                _("As used"): r["text"],
                _("Spread on every trial"): ratio_text(widened(r["contrast"])),
            }
            for panel, r in compared
        ]
    )
    ratios = "; ".join(
        f"{drug_in_group(r['contrast'].against, r['contrast'].group)}, {r['name']}: {r['text']}"
        for _panel_id, r in compared
        if r["contrast"].analysis_set == "publication"
    )

    return Figure(
        lambda width: panels_chart(panels, width),
        _(
            "Forest plot on a log scale of indirect hazard ratios for progression, cabozantinib"
            " against other drugs through placebo. {ratios}. Nearly all intervals include 1."
        ).format(ratios=ratios),
        table,
        "indirect-comparison",
        note=_(
            "Circles: both trials judged alike, independently unless the row says otherwise."
            " Diamonds: CABINET by independent review, the other by investigators. Grey squares:"
            " weak paths. Lines: as used; pale bars: with a spread between trials on every trial."
        ),
    )
