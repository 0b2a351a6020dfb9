"""Figures and tables of the indirect comparison: forest, league table, what gives nothing, and why
not to believe it.
"""

from __future__ import annotations

from dataclasses import replace

import altair as alt
import pandas as pd

from assessment.case.trial.indirect_comparisons import (
    contrasts,
    left_out,
    networks,
)
from assessment.evidence import load_register
from assessment.evidence.provenance.traced_text import computed
from assessment.pages.comparisons.indirect_words import DOMAIN, TICKS, WORDS, label, text, widened
from assessment.pages.pico import comparator_network
from assessment.presentation import theme
from assessment.presentation.show import Figure, ref


def forest_rows(panel: str) -> list[dict]:
    """Rows of one cohort: headings (no ratio), contrasts, and what cannot be compared."""
    rows = []
    mine = sorted(
        (c for c in contrasts() if WORDS["panel_of"][c.group] == panel),
        key=lambda c: (c.group != panel, c.steps, c.against, not c.like),
    )
    for key in dict.fromkeys((c.group, c.against) for c in mine):
        group, against = key
        these = [c for c in mine if (c.group, c.against) == key]
        steps = " (over two trials)" if these[0].steps == 2 else ""
        rows.append(
            {
                "name": f"against {against}{WORDS['group'].get(group, '')}{steps}",
                "kind": "head",
                "text": "",
            }
        )
        for c in these:
            w = widened(c)
            rows.append(
                {
                    "name": label(c),
                    "kind": "like" if c.like else "unlike",
                    "ratio": c.ratio.estimate,
                    "low": c.ratio.low,
                    "high": c.ratio.high,
                    "low2": w.low,
                    "high2": w.high,
                    "text": text(c.ratio),
                    "contrast": c,
                }
            )
    for name, trials, why in disconnected(panel):
        rows += [
            {"name": f"against {name}", "kind": "head", "text": ""},
            {"name": trials, "kind": "none", "text": why},
        ]
    return rows


def disconnected(panel: str) -> list[tuple[str, str, str]]:
    """(drug, trials, why) for drugs of a cohort's register that no path joins to placebo, or whose
    result is not there.
    """
    network = {"epnet": "epNET", "pnet": "pNET"}[panel]
    inside, out, found = networks(network)[0].treatments, left_out(network), {}
    for r in load_register("network").query("network == @network").itertuples():
        if r.treatment not in inside:
            # A trial of everolimus would join: what it lacks is a result.
            why = WORDS["no_result"] if r.id in out and r.control in inside else WORDS["no_path"]
            found.setdefault((r.treatment, why), []).append(r.trial)
    return [(drug, " and ".join(trials), why) for (drug, why), trials in found.items()]


def forest() -> Figure:
    """Cabozantinib against other drugs through placebo, both cohorts, each division of CABINET its
    own row.
    """
    panels = {p: forest_rows(p) for p in WORDS["panels"]}

    def panel(key: str, width: int) -> alt.LayerChart:
        wide = width > 500
        data = pd.DataFrame(
            [
                {k: v for k, v in r.items() if k != "contrast"} | {"order": i}
                for i, r in enumerate(panels[key])
            ]
        )
        left, right = (262, width - 130) if wide else (4, width - 4)
        scale = alt.Scale(type="log", domain=DOMAIN, range=[left, right], nice=False)

        def x(f):
            return alt.X(
                f,
                scale=scale,
                title=WORDS["axis"] + (WORDS["below"] if wide else ""),
                axis=alt.Axis(
                    values=TICKS,
                    format="~g",
                    titleAlign="left",
                    titleAnchor="start",
                    titleX=left if wide else 0,
                ),
            )

        base = alt.Chart(data).encode(y=alt.Y("order:O", axis=None))
        seen = base.transform_filter("isValid(datum.ratio)")
        colour = alt.Color(
            "kind:N",
            scale=alt.Scale(domain=["like", "unlike"], range=[theme.BLUE, theme.ORANGE]),
            legend=None,
        )
        shape = alt.Shape(
            "kind:N",
            scale=alt.Scale(domain=["like", "unlike"], range=["circle", "diamond"]),
            legend=None,
        )
        tips = [
            alt.Tooltip("name:N", title="CABINET set"),
            alt.Tooltip("text:N", title="Hazard ratio"),
        ]
        up = 0 if wide else -12
        head, rest = (
            base.transform_filter("datum.kind === 'head'"),
            base.transform_filter("datum.kind !== 'head'"),
        )
        return alt.layer(
            alt.Chart().mark_rule(strokeDash=[2, 3], color=theme.MUTED).encode(x=alt.datum(1)),
            seen.mark_rule(strokeWidth=6, opacity=0.22, clip=True, color=theme.GREY).encode(
                x=x("low2:Q"), x2="high2:Q"
            ),
            seen.mark_rule(strokeWidth=2, clip=True).encode(
                x=x("low:Q"), x2="high:Q", color=colour
            ),
            seen.mark_point(filled=True, size=70, opacity=1).encode(
                x=x("ratio:Q"), color=colour, shape=shape, tooltip=tips
            ),
            *(
                ()
                if wide
                else (
                    base.mark_text(
                        align="left", dy=dy, stroke=theme.BACKGROUND, strokeWidth=6, fontWeight=600
                    )
                    .encode(x=alt.value(0), text="name:N")
                    .transform_filter(test)
                    for dy, test in ((8, "datum.kind === 'head'"), (up, "datum.kind !== 'head'"))
                )
            ),
            head.mark_text(align="left", fontWeight=600, dy=4 if wide else 8).encode(
                x=alt.value(0), text="name:N"
            ),
            rest.mark_text(align="left", dy=up, dx=12 if wide else 0).encode(
                x=alt.value(0), text="name:N"
            ),
            rest.mark_text(align="right", dy=up).encode(x=alt.value(width - 4), text="text:N"),
        ).properties(width=width, height=alt.Step(22 if wide else 36), title=WORDS["panels"][key])

    rows = [(k, r) for k, rs in panels.items() for r in rs if r["kind"] in ("like", "unlike")]
    table = pd.DataFrame(
        [
            {
                "Cohort": WORDS["panels"][k],
                "Against": r["contrast"].against + WORDS["group"].get(r["contrast"].group, ""),
                "CABINET": ref(r["contrast"].facts[0]),
                "Other trial": ref(r["contrast"].facts[1]),
                "Set": r["name"],
                "Fixed": r["text"],
                "Random": text(widened(r["contrast"])),
            }
            for k, r in rows
        ]
    )
    said = "; ".join(
        f"{r['contrast'].against}{WORDS['group'].get(r['contrast'].group, '')}, {r['name']}:"
        f" {r['text']}"
        for _, r in rows
        if r["contrast"].analysis_set == "publication"
    )
    return Figure(
        lambda width: alt.vconcat(*(panel(k, width - 14) for k in panels), spacing=22),
        "Forest plot on a log scale of indirect hazard ratios for progression, cabozantinib"
        f" against other drugs through placebo. {said}. Nearly all intervals include 1.",
        table,
        "indirect-comparison",
        note=(
            "Circles: both trials judged alike, independently unless the row says otherwise."
            " Diamonds: CABINET by independent review, the other by investigators. Lines: fixed"
            " effects; pale bars: random effects with the spread between trials assumed."
        ),
    )


def network_map() -> Figure:
    """The map of trials, under this chapter's name."""
    return replace(comparator_network.network(), name="comparison-network")


@computed
def texts() -> dict[str, str]:
    """Computed numbers for the chapter's sentences."""

    def pick(group, against, name="publication", like=None):
        return next(
            c
            for c in contrasts()
            if (c.group, c.against, c.analysis_set) == (group, against, name)
            and (like is None or c.like == like)
        )

    found = {
        f"cmp_{g}_{a}": text(pick(g, a, like=like).ratio)
        for g, a, like in (
            ("pnet", "sunitinib", True),
            ("pnet", "everolimus", True),
            ("epnet", "everolimus", True),
            ("epnet", "surufatinib", True),
            ("gi", "everolimus", True),
            ("lung_thymic", "everolimus", True),
        )
    }
    found |= {
        f"cmp_{g}_{a}_investigator": text(pick(g, a, like=False).ratio)
        for g, a in (("pnet", "sunitinib"), ("epnet", "surufatinib"))
    }
    found |= {
        f"cmp_{g}_{a}_fda": text(pick(g, a, "fda").ratio)
        for g, a in (
            ("pnet", "sunitinib"),
            ("pnet", "everolimus"),
            ("epnet", "everolimus"),
            ("pnet", "surufatinib"),
        )
    }
    found |= {
        f"cmp_{g}_edotreotide": text(pick(g, "177Lu-edotreotide").ratio) for g in ("pnet", "epnet")
    }
    return found | {
        "cmp_interim_surufatinib": text(pick("epnet", "surufatinib", "interim_2023").ratio)
    }
