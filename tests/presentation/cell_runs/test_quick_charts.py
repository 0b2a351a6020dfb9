"""Charts put together quicker are those that Altair puts together itself."""

import altair as alt
import pandas as pd
from altair.utils import schemapi

from assessment.presentation.cell_runs import quick_charts

quick_charts.quicken()


def _chart() -> alt.VConcatChart:
    data = pd.DataFrame({"a": [1.0, 2.0], "b": ["x", "y"]})
    dots = alt.Chart(data).mark_point(size=9).encode(x=alt.X("a:Q", axis=alt.Axis(values=[1, 2])))
    words = dots.mark_text(dx=4).encode(text="b:N", color={"value": "red"})
    panel = alt.layer(dots, words).properties(width=90, title=alt.Title("one", fontSize=12))
    return alt.vconcat(panel, alt.hconcat(panel, dots, spacing=3)).configure_view(stroke=None)


def test_a_chart_is_the_same_without_the_shortcuts(monkeypatch):
    assert schemapi._deep_copy is quick_charts.deep_copy  # Altair has it under this name still
    quick = _chart().to_dict()
    calls = []

    def plain(part, by_ref):
        """Altair's own, as of version 6."""
        calls.append(part)
        if isinstance(part, schemapi.SchemaBase):
            with schemapi.debug_mode(False):
                return type(part)(
                    *(plain(a, by_ref) for a in part._args),
                    **{k: v if k in by_ref else plain(v, by_ref) for k, v in part._kwds.items()},
                )
        if isinstance(part, list):
            return [plain(v, by_ref) for v in part]
        if isinstance(part, dict):
            return {k: v if k in by_ref else plain(v, by_ref) for k, v in part.items()}
        return part

    monkeypatch.setattr(schemapi, "_deep_copy", plain)
    monkeypatch.setattr(schemapi._FromDict, "__init__", quick_charts._first_init)
    assert _chart().to_dict() == quick and calls


def test_a_copy_shares_nothing_that_can_be_changed():
    chart = _chart()
    copy = chart.copy()
    panel = copy["vconcat"][0]
    panel["layer"][0]["encoding"]["x"]["axis"]["values"][0] = 7
    panel["title"]["fontSize"] = 99
    assert copy.to_dict() != chart.to_dict()
    assert chart.to_dict() == _chart().to_dict()
