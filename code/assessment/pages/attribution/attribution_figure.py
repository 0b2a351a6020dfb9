"""The part of each change in what moved the price that is enough, as bars."""

from __future__ import annotations

import altair as alt
import pandas as pd

from assessment.pages.attribution.attributed import WHOLE, Comparison, latest
from assessment.pages.attribution.attribution_words import named
from assessment.presentation import numbers, theme
from assessment.presentation.chart_label import chart_label, haloed, value_column
from assessment.presentation.language import _
from assessment.presentation.show import Figure

ROW, BAR = 40, 12  # pixels
W = {
    "change": _("Change"),
    "cohort": _("Cohort"),
    "part": _("NOK a pack"),
    "axis": _("Part in the move of the price that is enough, NOK a pack"),
    "short": _("NOK a pack that is enough"),
    "signed": _("+{amount}"),
    "alt": _(
        "Bars of the part of each change in the move of the price of a pack that is enough at the"
        " reference value of the class, by cohort. All together: {whole}. Largest part: {largest}."
    ),
    "of": _("{amount} NOK in {cohort}"),
    "largest": _("{what}, {amount} NOK in {cohort}"),
}


def _signed(value: float) -> str:
    shown = numbers.number(value)
    return W["signed"].format(amount=shown) if round(value) > 0 else shown


def _rows(found: Comparison) -> pd.DataFrame:
    """A row for each change and cohort, the whole first, then by size."""
    whole = found.one(WHOLE)
    shown = [*([whole] if whole else []), *found.split()]
    rows = [
        {
            "place": place,
            "change": change.what,
            "id": change.id,
            "cohort": cohort,
            "part": part.share,
            "said": _signed(part.share),
        }
        for place, change in enumerate(shown)
        for (cohort, outcome), part in change.parts.items()
        if outcome == "price" and part.share is not None
    ]
    return pd.DataFrame(rows)


def attribution_figure() -> Figure:
    """The figure; LookupError where there is no comparison yet (its section waits until there is one)."""
    found = latest()
    if found is None:
        raise LookupError("data/attributed_changes.csv is empty. Run make attribution.")
    data = _rows(found)
    cohorts = list(dict.fromkeys(data["cohort"]))
    ends = [min(data["part"].min(), 0.0), max(data["part"].max(), 1.0)]
    room = 0.04 * (ends[1] - ends[0])
    scale = alt.Scale(domain=[ends[0] - room, ends[1] + room], nice=False)

    def panel(cohort: str, width: int) -> alt.LayerChart:
        wide = width > 500
        mine = data[data["cohort"] == cohort]
        last = cohort == cohorts[-1]
        y = alt.Y("place:O", axis=None)
        x = alt.X(
            "part:Q",
            scale=scale,
            title=W["axis" if wide else "short"] if last else None,
            axis=alt.Axis(tickCount=5 if wide else 3, labels=last, ticks=last),
        )
        base = alt.Chart(mine).encode(y=y)
        bars = base.mark_bar(size=BAR, yOffset=7, color=theme.COHORT_COLOURS[cohort]).encode(x=x)
        # beside the bars only: above each stand its words
        zero = base.mark_tick(
            size=BAR + 8, thickness=1, yOffset=7, orient="vertical", color=theme.MUTED
        ).encode(x=alt.datum(0))
        words = haloed(
            base.encode(x=alt.value(0), text="change:N"), align="left", dy=-8, color=theme.INK
        )
        values = value_column(base, "said", width, dy=-8, color=theme.INK, fontWeight=600)
        return (bars + zero + words + values).properties(
            width=width, height=ROW * len(mine), title=chart_label(named(cohort))
        )

    def draw(width: int) -> alt.TopLevelMixin:
        return alt.vconcat(*(panel(cohort, width - 30) for cohort in cohorts), spacing=16)

    single = data[data["id"] != WHOLE] if (data["id"] != WHOLE).any() else data
    most = single.loc[single["part"].abs().idxmax()]
    whole = [
        W["of"].format(amount=row.said, cohort=named(str(row.cohort)))
        for row in data[data["id"] == WHOLE].itertuples()
    ]
    table = pd.DataFrame(
        {
            W["change"]: data["change"],
            W["cohort"]: data["cohort"].map(named),
            W["part"]: data["said"],
        }
    )
    largest = W["largest"].format(
        what=most["change"], amount=most["said"], cohort=named(str(most["cohort"]))
    )
    return Figure(
        draw, W["alt"].format(whole="; ".join(whole), largest=largest), table, "price-by-change"
    )
