"""Figures and tables of the indirect comparison: forest, league table, what gives nothing, and why
not to believe it.
"""

from __future__ import annotations

from dataclasses import replace

import altair as alt
import numpy as np
import pandas as pd

from assessment.case.trial.indirect_comparisons import (
    SUBSETS,
    Contrast,
    contrasts,
    left_out,
    networks,
    survival_contrasts,
)
from assessment.evidence import load_facts, load_register
from assessment.evidence.provenance.traced_text import computed
from assessment.pages.pico import comparator_network, pico_words
from assessment.presentation import numbers, theme
from assessment.presentation.show import Figure, Table, ref
from assessment.survival import Ratio

WORDS = {
    "panels": {"epnet": "Outside the pancreas (epNET)", "pnet": "Pancreas (pNET)"},
    "panel_of": {"epnet": "epnet", "gi": "epnet", "lung_thymic": "epnet", "pnet": "pnet"},
    "group": {"gi": ", gastrointestinal", "lung_thymic": ", lung or thymus"},
    "sets": {"publication": "Publication", "fda": "FDA", "interim_2023": "Interim 2023"},
    "axis": "Hazard ratio for progression, log scale",
    "below": " · below 1 favours cabozantinib",
    "no_path": "no path",
    "no_result": "no result",
    "short": {
        "cabozantinib": "CAB",
        "everolimus": "EVE",
        "sunitinib": "SUN",
        "surufatinib": "SUR",
        "177Lu-edotreotide": "EDO",
        "placebo": "PBO",
    },
    # property, cell in epNET, cell in pNET (fact id, or words), the other trials, verdict
    "transitivity": (
        (
            "Earlier lines of treatment, median",
            "cabinet.baseline.epnet.prior_lines",
            "cabinet.baseline.pnet.prior_lines",
            (
                "At most two in the trials of surufatinib; not read in the rest, but many had not"
                " had a targeted drug"
            ),
            "Unlike. CABINET’s patients came later; this alone is enough to distrust the numbers.",
        ),
        (
            "Earlier everolimus (epNET: gastrointestinal)",
            "cabinet.gi.baseline.prior_everolimus",
            "cabinet.baseline.pnet.prior_everolimus",
            "Not read as a share; few, by the description of the trials",
            (
                "Unlike. Cabozantinib was tried in tumours that had outgrown the drug it would be"
                " compared with."
            ),
        ),
        (
            "Earlier 177Lu-dotatate (epNET: gastrointestinal)",
            "cabinet.gi.baseline.prior_lutetium",
            "cabinet.baseline.pnet.prior_prrt",
            "RADIANT-4: few; not read in the rest",
            "Unlike. Common in CABINET.",
        ),
        (
            "Earlier sunitinib",
            "–",
            "cabinet_2023.baseline.pnet.prior_sunitinib",
            "Not read as a share",
            "Unlike, for the comparison with sunitinib.",
        ),
        (
            "Somatostatin analogue alongside",
            "cabinet_2023.baseline.epnet.ssa",
            "cabinet_2023.baseline.pnet.ssa",
            "Not read",
            "Unknown; “placebo” may not mean the same.",
        ),
        (
            "Grade 3 tumours (both cohorts together)",
            "cabinet.baseline.all.grade3_share",
            "cabinet.baseline.all.grade3_share",
            "Grade 1–2 only; SUN-1111: well differentiated",
            "Near enough.",
        ),
        (
            "Primary tumour outside the pancreas",
            "any site, functional or not",
            "–",
            "RADIANT-4: lung and gut, non-functional; SANET-ep: other sites, China",
            "Unlike in part; the subset rows answer some of it.",
        ),
        (
            "Who judged progression",
            "independent review",
            "independent review",
            "Independent review; SANET-p: investigators",
            "Alike, except SANET-p.",
        ),
    ),
}
DOMAIN, TICKS = [0.1, 5.5], [0.125, 0.25, 0.5, 1, 2, 4]


def text(ratio: Ratio) -> str:
    """'0.73 (0.32–1.68)'."""
    return f"{numbers.number(ratio.estimate, 2)} ({numbers.interval(ratio.low, ratio.high, 2)})"


def tau() -> float:
    """The between-trial standard deviation assumed for random effects."""
    return load_facts()["network.assumed.tau"].number


def widened(c: Contrast) -> Ratio:
    """The contrast with every trial's variance enlarged by the assumed spread between trials."""
    return Ratio.from_log(
        c.ratio.log, float(np.hypot(c.ratio.log_se, tau() * np.sqrt(c.steps + 1)))
    )


def _label(c: Contrast) -> str:
    return (
        WORDS["sets"][c.analysis_set]
        + ("" if c.like else " v investigators" if c.analysis_set != "interim_2023" else "")
        + (" (investigators)" if c.analysis_set == "interim_2023" else "")
    )


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
                    "name": _label(c),
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


def league() -> Figure:
    """League table of each network: row against column, hazard ratio with interval; publication
    division.
    """
    parts = {p: networks(n)[0] for p, n in (("epnet", "epNET"), ("pnet", "pNET"))}
    order = {
        p: [
            t
            for t in (
                "cabozantinib",
                "everolimus",
                "sunitinib",
                "surufatinib",
                "177Lu-edotreotide",
                "placebo",
            )
            if t in part.treatments
        ]
        for p, part in parts.items()
    }
    cells = [
        {"panel": p, "row": a, "column": b, "ratio": part.ratio(a, b)}
        for p, part in parts.items()
        for i, a in enumerate(order[p])
        for b in order[p][i + 1 :]
    ]

    def panel(key: str, width: int) -> alt.LayerChart:
        wide = width > 500
        names = {t: pico_words.SHORT.get(t, t) if wide else WORDS["short"][t] for t in order[key]}
        data = pd.DataFrame(
            [
                {
                    "row": names[c["row"]],
                    "column": names[c["column"]],
                    "estimate": numbers.number(c["ratio"].estimate, 2),
                    "interval": numbers.interval(c["ratio"].low, c["ratio"].high, 2),
                    "clear": c["ratio"].low > 1 or c["ratio"].high < 1,
                    "tip": f"{c['row']} against {c['column']}: {text(c['ratio'])}",
                }
                for c in cells
                if c["panel"] == key
            ]
        )
        rows, columns = [names[t] for t in order[key][:-1]], [names[t] for t in order[key][1:]]
        room = 128 if wide else 44
        base = alt.Chart(data).encode(
            x=alt.X(
                "column:N",
                sort=columns,
                title=None,
                axis=alt.Axis(
                    orient="top",
                    labelAngle=0,
                    domain=False,
                    ticks=False,
                    labelFontWeight=600,
                    labelLimit=130,
                ),
            ),
            y=alt.Y(
                "row:N", sort=rows, title=None, axis=alt.Axis(labelFontWeight=600, labelLimit=130)
            ),
        )
        ink = alt.condition("datum.clear", alt.value(theme.BACKGROUND), alt.value(theme.INK))
        fill = alt.condition("datum.clear", alt.value(theme.BLUE), alt.value(theme.WASH))
        return alt.layer(
            base.mark_rect(stroke=theme.BACKGROUND, strokeWidth=2).encode(
                color=fill, tooltip=alt.Tooltip("tip:N", title=" ")
            ),
            base.mark_text(dy=-8, fontWeight=600).encode(text="estimate:N", color=ink),
            base.mark_text(dy=9, fontSize=12).encode(text="interval:N", color=ink),
        ).properties(
            width=width - room, height=alt.Step(44), title=alt.Title(WORDS["panels"][key], offset=8)
        )

    table = pd.DataFrame(
        [
            {
                "Network": WORDS["panels"][c["panel"]],
                "Drug": c["row"],
                "Against": c["column"],
                "Hazard ratio": text(c["ratio"]),
            }
            for c in cells
        ]
    )
    return Figure(
        lambda width: alt.vconcat(*(panel(p, width - 8) for p in parts), spacing=20).resolve_scale(
            x="independent", y="independent"
        ),
        "Two league tables of hazard ratios for progression, drug in the row against drug in the"
        " column. Every drug beats placebo; among the drugs no interval excludes 1"
        + ("." if not _clear_between(cells) else f", except {_clear_between(cells)}."),
        table,
        "league-table",
        note=(
            "Below one favours the row. Dark: the interval excludes one. Publication; independent"
            " review except SANET-p. CAB cabozantinib, EVE everolimus, SUN sunitinib, SUR"
            " surufatinib, EDO 177Lu-edotreotide, PBO placebo."
        ),
    )


def _clear_between(cells: list[dict]) -> str:
    clear = [
        c for c in cells if c["column"] != "placebo" and (c["ratio"].low > 1 or c["ratio"].high < 1)
    ]
    return "; ".join(f"{c['row']} against {c['column']} {text(c['ratio'])}" for c in clear)


def apart() -> Table:
    """The trials that give the comparison nothing, and why."""
    frame, out = load_register("network"), {i for n in ("pNET", "epNET") for i in left_out(n)}
    outside = {n: networks(n)[0].treatments for n in ("pNET", "epNET")}
    rows = [
        {
            "Trial": f"{r.trial} ({r.network})",
            "Against": (
                f"{pico_words.SHORT.get(r.treatment, r.treatment)} against"
                f" {pico_words.SHORT.get(r.control, r.control)}"
            ),
            "Hazard ratio": ref(load_facts()[r.hazard_ratio_fact]),
            "Why": r.reason,
        }
        for r in frame.itertuples()
        if (r.id in out or r.treatment not in outside[r.network]) and r.id not in SUBSETS
    ]
    return Table(
        pd.DataFrame(rows), caption="Trials that give the comparison nothing", classes=("long",)
    )


def transitivity() -> Table:
    """What would have to be alike, and whether it is."""
    facts = load_facts()

    def cell(f):
        return ref(facts[f]) if f in facts else f

    rows = [
        {
            "Property": p,
            "CABINET, epNET": cell(e),
            "CABINET, pNET": cell(q),
            "Other trials": o,
            "Verdict": v,
        }
        for p, e, q, o, v in WORDS["transitivity"]
    ]
    return Table(
        pd.DataFrame(rows), caption="Could these trials have been one trial?", classes=("long",)
    )


def survival() -> Table:
    """Survival through placebo in the pancreas, with how many crossed over in each trial."""
    rows = [
        {
            "Against": c.against,
            "CABINET": WORDS["sets"][c.analysis_set],
            "Hazard ratio for death": text(c.ratio),
            "Crossed over, CABINET": ref(own),
            "Crossed over, other trial": ref(other),
        }
        for c, own, other in survival_contrasts()
    ]
    return Table(
        pd.DataFrame(rows),
        caption="Survival through placebo, pancreas: computed, and not to be used",
    )


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
