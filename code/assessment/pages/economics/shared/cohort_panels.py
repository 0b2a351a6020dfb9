"""One chart for each cohort, side by side or one below the other."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt

from assessment.pages.economics.shared.result_wording import assumption_lines
from assessment.presentation.chart_label import chart_label


def beside_or_below(
    charts: Sequence[alt.LayerChart | alt.FacetChart],
    wide: bool,
    gap_wide: int = 16,
    gap_narrow: int = 16,
) -> alt.HConcatChart | alt.VConcatChart:
    """The charts beside each other on a wide figure, below each other on a narrow one, under the
    line that names what they rest on.
    """
    title = chart_label(assumption_lines(wide))
    if wide:
        return alt.hconcat(*charts, spacing=gap_wide).properties(title=title)
    return alt.vconcat(*charts, spacing=gap_narrow).properties(title=title)
