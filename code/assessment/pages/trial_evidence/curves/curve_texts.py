"""The calibrated curves in the chapter's sentences, and how far they can be trusted."""

from __future__ import annotations

from assessment.case.trial.trial import ARMS, COHORTS
from assessment.case.trial.trial_curves import curves
from assessment.evidence.provenance.traced_text import computed
from assessment.pages.trial_evidence.curves.curve_words import found, gain_text, landmark_text
from assessment.pages.trial_evidence.curves.extrapolation_words import SET_TITLES
from assessment.pages.trial_evidence.shared.trial_words import ROLES
from assessment.presentation import numbers
from assessment.presentation.glue_keys import of_cohort, qualified
from assessment.presentation.language import _
from assessment.survival.calibration.calibrated_curves import AT_LAST
from assessment.survival.calibration.hidden_data_check import SEEN, SETS, accuracy, hidden
from assessment.survival.calibration.likelihood import INTERVALS
from assessment.survival.calibration.visit_schedule import WITH_VISITS

GAIN_STEM = {"pfs": "curve_pfs_gain", "os": "curve_os_gain"}
# months at which texts tell the share without the event, by the stems of their glue keys
LANDMARK_STEMS = {
    "pfs": {
        "curve_pfs_at_12_months": 12,
        "curve_pfs_at_5_years": 60,
        "curve_pfs_at_10_years": 120,
    },
    "os": {
        "curve_os_at_24_months": 24,
        "curve_os_at_5_years": 60,
        "curve_os_at_10_years": 120,
    },
}
# what each interval of the check on hidden data is about
CHECKED = {"t": _("first curve"), "c": _("second curve"), "difference": _("difference")}


def _percent(share: float, decimals: int = 0) -> str:
    return f"{numbers.number(100 * share, decimals)}\u00a0%"


@computed
def landmark_texts(endpoint: str, cohort: str) -> dict[str, str]:
    """Months gained, and the share without the event at the landmark, at five and at ten years, of
    one endpoint and cohort.
    """
    c, stems = curves(endpoint, cohort), LANDMARK_STEMS[endpoint]
    said = of_cohort(cohort, {GAIN_STEM[endpoint]: gain_text(c)})
    for arm in ARMS:
        shares = {stem: landmark_text(c, arm, month) for stem, month in stems.items()}
        said |= qualified(shares, cohort, ROLES[arm])
    return said


def endpoint_texts(endpoint: str) -> dict[str, str]:
    """The texts of ``landmark_texts`` of each cohort in which enough is printed for a curve."""
    said: dict[str, str] = {}
    for cohort in COHORTS:
        if found(endpoint, cohort) is not None:
            said |= landmark_texts(endpoint, cohort)
    return said


@computed
def family_texts() -> dict[str, str]:
    """The largest weight that a family of curves has for progression in any cohort."""
    shown = [c for cohort in COHORTS if (c := found("pfs", cohort)) is not None]
    weights = [weight for c in shown for weight in c.draws.families.values()]
    return {"curve_top_family_share": _percent(max(weights))} if weights else {}


@computed
def check_texts() -> dict[str, str]:
    """How near calibration came to data that were hidden from it, and what it assumes; needs no
    fact on the trial.
    """
    reached = accuracy()
    of = _("{part} of {all}")
    return {
        "curve_check_arms": _percent(reached["arms"], 1),
        "curve_check_difference": _percent(reached["difference"], 1),
        "curve_check_exponential_arms": _percent(reached["exponential_arms"], 1),
        "curve_check_exponential_difference": _percent(reached["exponential_difference"], 1),
        "curve_check_covered": of.format(part=reached["covered"], all=reached["intervals"]),
        "curve_check_missed": _missed(),
        "curve_check_last": _percent(AT_LAST),
        "curve_visits_before": _percent(WITH_VISITS),
        "curve_log_log_before": _percent(INTERVALS["log-log"]),
        "curve_check_seen": of.format(part=len(SEEN), all=len(SETS)),
    }


def _missed() -> str:
    """The intervals that do not hold the truth, by name."""
    missed = [(name, what) for name in SETS for what in CHECKED if not hidden(name).covered(what)]
    if not missed:
        return _("none")
    listed = ", ".join(f"{SET_TITLES[name].lower()} ({CHECKED[what]})" for name, what in missed)
    if "regimes" not in dict(missed):
        return listed
    return _(
        "{intervals}. Governments are counted in whole years and end at elections, which no smooth"
        " curve follows"
    ).format(intervals=listed)
