"""The dose explorer: a regimen chosen by the reader, the exposure it gives, drawn in the browser or
in JupyterLab.

On the site the curve is computed from the sliders by Vega-Lite expressions, so no server and no
Python is needed; in a live JupyterLab session the same picture is recomputed by
``assessment.case.trial.pharmacokinetics``. A test holds the two against each other. Exposure here is
our illustration, not a result of the trial.
"""

from __future__ import annotations

import altair as alt
import pandas as pd

from assessment.pages.mechanism.dose_chart import draw, lines, picture
from assessment.pages.mechanism.dose_regimen import (
    CHANGE_DAY,
    DAYS,
    RANGES,
    WORDS,
    default_regimen,
    exposure,
    level_title,
    reference_dosing,
)
from assessment.presentation import numbers
from assessment.presentation.language import _
from assessment.presentation.live_session import is_live
from assessment.presentation.show import LAB_MIME, WIDE, Figure


def site_figure() -> Figure:
    """The explorer for the site and the PDF; the still picture shows the default case and no
    controls.
    """
    default = default_regimen()
    frame = exposure(**default)
    weekly = frame[frame["day"].isin([1, *range(7, DAYS + 1, 7)])]
    table = pd.DataFrame(
        {WORDS["day"]: weekly["day"], _("Dose, mg"): weekly["dose"].astype(int)}
        | {WORDS[f]: 100 * weekly[f] for f in ("average", "low", "high")}
    )
    before, after = (numbers.number(100 * frame["average"].iloc[i]) for i in (CHANGE_DAY - 1, -1))
    alternative = WORDS["alt"].format(
        days=DAYS,
        reference=f"{reference_dosing()[0]:g}",
        start=default["start_mg"],
        change=CHANGE_DAY,
        new=default["new_mg"],
        before=before,
        after=after,
    )
    return Figure(
        draw,
        alternative,
        table,
        "dose-explorer",
        sources=("ema2025smpc", "lacy2017"),
        note=WORDS["note"],
    )


def live(**start):
    """The explorer in JupyterLab: sliders whose every move recomputes the curve in Python. Returns
    an ipywidgets box.
    """
    import ipywidgets
    from IPython.display import clear_output, display

    style, layout = {"description_width": "13rem"}, {"width": "32rem"}
    sliders = {
        name: ipywidgets.IntSlider(
            value=(default_regimen() | start)[name],
            min=low,
            max=high,
            step=step,
            description=WORDS[name],
            style=style,
            layout=layout,
        )
        for name, (low, high, step) in RANGES.items()
    }
    output = ipywidgets.Output()

    def redraw(_change=None) -> None:
        regimen = {name: slider.value for name, slider in sliders.items()}
        frame = exposure(**regimen)
        spec = picture(alt.Chart(frame), lines(regimen, frame), WIDE).to_dict()
        with output:
            clear_output(wait=True)
            display({LAB_MIME: spec, "text/plain": level_title()}, raw=True)

    for slider in sliders.values():
        slider.observe(redraw, names="value")
    redraw()
    return ipywidgets.VBox([*sliders.values(), output, ipywidgets.Label(WORDS["note"])])


def dose_explorer():
    """The explorer for where it is called: widgets in a live Jupyter session, the site's figure
    everywhere else.
    """
    return live() if is_live() else site_figure()
