"""Two rebuilt arms seen as draws of curves, with the questions a calibration answers."""

import warnings

import numpy as np

from assessment.survival.calibration.calibrated_curves import CurvePair
from assessment.survival.calibration.prior import FAMILIES
from assessment.survival.estimation.maximum_likelihood import FitWarning, fit
from assessment.survival.estimation.nonparametric import cox_hazard_ratio, kaplan_meier

# a rebuilt median or log hazard ratio further off than this share of the printed one is told
_PLAUSIBLE = 0.1


class FromDigitised(CurvePair):
    """Draws of both arms' curves from two Reconstructions ("t" treated, "c" control).

    of="trial": Kaplan–Meier curves of resampled patients, nan after the last of the rebuilt times.
    of="population": families fitted to both arms by maximum likelihood, weighted by joint AIC.
    families, contradictions, size, survival, rmst, rmst_difference, band, distributions: as in
    Calibrated.
    """

    effective = np.inf

    def __init__(self, summaries, arms, rng, size=1000):
        self.summaries, self.arms, self.size = summaries, arms, size
        found = {a: _fits(arms[a]) for a in "tc"}
        both = [f for f in FAMILIES if f in found["t"] and f in found["c"]]
        if not both:
            raise ValueError(
                "no family could be fitted to both rebuilt arms. Check the points and the numbers"
                " at risk."
            )
        aic = np.array([found["t"][f].aic + found["c"][f].aic for f in both])
        weight = np.exp(-(aic - aic.min()) / 2)
        weight /= weight.sum()
        self.families = {f: float(weight[both.index(f)]) if f in both else 0.0 for f in FAMILIES}
        count = dict(zip(both, rng.multinomial(size, weight)))
        self._curves = {
            a: [(f, found[a][f].draw(k, rng)) for f, k in count.items() if k] for a in "tc"
        }
        self._resampled = {a: [_resample(arms[a], rng) for _ in range(size)] for a in "tc"}
        self.contradictions = tuple(self._conflicts())

    def survival(self, t, arm, of="population"):
        """S(t) of arm "t" or "c": shape (size,) + t.shape."""
        if arm not in ("t", "c") or of not in ("population", "trial"):
            raise ValueError("arm is 't' or 'c'; of is 'population' or 'trial'.")
        t = np.asarray(t, float)
        if of == "population":
            drawn = np.concatenate([curve.survival(t.ravel()) for _, curve in self._curves[arm]])
        else:
            drawn = np.stack([km.at(t.ravel()) for km in self._resampled[arm]])
            drawn = np.where(t.ravel() <= self.arms[arm].durations[-1], drawn, np.nan)
        return drawn.reshape((self.size,) + t.shape)

    def _reaching(self, horizon):
        """All draws: where a resampled curve ends is seen."""
        return np.arange(self.size)

    def distributions(self, arm):
        """[(family, distribution of that family's draws)]."""
        return self._curves[arm]

    def _conflicts(self):
        s, said = self.summaries, [c for a in "tc" for c in self.arms[a].conflicts]
        for a, name in (("t", "treated"), ("c", "control")):
            rebuilt, printed = (
                kaplan_meier(self.arms[a].durations, self.arms[a].observed).quantile(),
                s.get("median", a),
            )
            if printed and abs(np.log(rebuilt / printed)) > _PLAUSIBLE:
                said.append(
                    f"The rebuilt {name} median is {rebuilt:.3g}, the printed one {printed:g}."
                )
        if s.hr:
            log_hr, se = self.hazard_ratio()
            if abs(log_hr - np.log(s.hr)) > max(_PLAUSIBLE, 0.5 * se):
                said.append(
                    f"The rebuilt hazard ratio is {np.exp(log_hr):.2f}, the printed one {s.hr:g}."
                )
        return said

    def hazard_ratio(self):
        """(log hazard ratio, its standard error) of the rebuilt patients, Cox."""
        t, c = self.arms["t"], self.arms["c"]
        return cox_hazard_ratio(
            np.concatenate([t.durations, c.durations]),
            np.concatenate([t.observed, c.observed]),
            np.repeat([1, 0], [t.n, c.n]),
        )


def _fits(arm):
    found = {}
    times = np.maximum(arm.durations, 1e-6)
    for family in FAMILIES:
        # A family without an interior maximum cannot be drawn from, and drops out.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FitWarning)
            fitted = fit(family, times, arm.observed)
        if np.all(np.isfinite(fitted.covariance)) and not any(
            "boundary" in w for w in fitted.warnings
        ):
            found[family] = fitted
    return found


def _resample(arm, rng):
    pick = rng.integers(0, arm.n, arm.n)
    return (
        kaplan_meier(arm.durations[pick], arm.observed[pick])
        if arm.observed[pick].any()
        else kaplan_meier(arm.durations, arm.observed)
    )
