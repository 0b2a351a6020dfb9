"""Network meta-analysis by weighted least squares, fixed and random effects (Rücker 2012, Res Synth
Methods 3:312).

Written here because no Python library for it is kept up; R's netmeta is the reference. Two-arm
comparisons on the log scale.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import special

from assessment.evidence.arguments.checked_arguments import taking
from assessment.evidence.arguments.number_arguments import ONE_LOOSE
from assessment.evidence.arguments.object_arguments import made_by, optional, several, truth, word
from assessment.evidence.arguments.result_tables import ShownAsTable
from assessment.survival.comparison.effect_measures import Ratio


@dataclass(frozen=True)
class TrialContrast:
    """One trial's log ratio of `treatment` against `comparator` with its standard error."""

    trial: str
    treatment: str
    comparator: str
    log_ratio: float
    se: float

    def __post_init__(self):
        for name in ("trial", "treatment", "comparator"):
            word(name, getattr(self, name))
        for name in ("log_ratio", "se"):
            ONE_LOOSE(f"{self.trial}: {name}", getattr(self, name))


@dataclass(frozen=True, eq=False)
class Network(ShownAsTable):
    """Result for one connected part of the network.

    treatments: names; effects, covariance: (k,) and (k, k) log ratios against `reference` (its own
    entry 0). tau: between-trial standard deviation (0 in the fixed model). q, df, p: Cochran's Q
    over the whole part, and i2 = max(0, (Q - df)/Q). comparisons: what went in.
    """

    treatments: tuple[str, ...]
    reference: str
    effects: np.ndarray
    covariance: np.ndarray
    tau: float
    q: float
    df: int
    p: float
    i2: float
    comparisons: tuple[TrialContrast, ...]

    def ratio(self, treatment: str, against: str) -> Ratio:
        """Ratio of one treatment against another in the same part. Raises ValueError where one is
        not in it.
        """
        i, j = (self._index(x) for x in (treatment, against))
        variance = self.covariance[i, i] + self.covariance[j, j] - 2 * self.covariance[i, j]
        return Ratio.from_log(self.effects[i] - self.effects[j], np.sqrt(max(variance, 0)))

    def _index(self, name: str) -> int:
        if not isinstance(name, str) or name not in self.treatments:
            raise ValueError(
                f"{name} is not connected to {self.reference}. This part holds"
                f" {', '.join(self.treatments)}."
            )
        return self.treatments.index(name)

    def to_frame(self) -> pd.DataFrame:
        """treatment, against, ratio, low, high: every treatment against the reference, 95 % limits."""
        found = [(a, self.ratio(a, self.reference)) for a in self.treatments if a != self.reference]
        rows = [(a, self.reference, r.estimate, r.low, r.high) for a, r in found]
        return pd.DataFrame(rows, columns=["treatment", "against", "ratio", "low", "high"])

    def league_table(self) -> dict[tuple[str, str], Ratio]:
        """{(row, column): Ratio of row against column} for all pairs."""
        return {
            (a, b): self.ratio(a, b) for a in self.treatments for b in self.treatments if a != b
        }

    @taking(lower_is_better=truth)
    def p_scores(self, lower_is_better: bool = True) -> dict[str, float]:
        """Mean probability of being better than each other treatment (Rücker & Schwarzer 2015)."""
        out = {}
        for a in self.treatments:
            others = [self.ratio(a, b) for b in self.treatments if b != a]
            standard = np.array([r.log / max(r.log_se, 1e-12) for r in others])
            out[a] = float(special.ndtr(-standard if lower_is_better else standard).mean())
        return out


@taking(
    comparisons=several(made_by(TrialContrast, "TrialContrast(…)")),
    reference=optional(word),
    random=truth,
)
def network_meta_analysis(
    comparisons: Iterable[TrialContrast], reference: str | None = None, random: bool = False
) -> list[Network]:
    """All connected parts of a network: list of Network, the largest first.

    comparisons: TrialContrast rows; a trial with more than two arms must be split beforehand (its rows
    would be correlated) and is refused. reference: preferred reference (else the commonest
    comparator of each part). random: DerSimonian–Laird tau² generalised to networks (Jackson et al.
    2012). Trials that share no treatment stay in separate parts: they cannot be compared.
    Raises ValueError for missing estimates, standard errors of 0, a treatment compared with itself,
    labels that differ by blanks or capitals only, a reference in no trial, and a trial named twice.
    """
    rows = list(comparisons)
    for r in rows:
        if not np.isfinite(r.log_ratio):
            raise ValueError(
                f"{r.trial}: its log ratio is {r.log_ratio}. Fill in the estimate, or leave the trial"
                " out and say so."
            )
        if not 0 < r.se < np.inf:
            raise ValueError(f"{r.trial}: standard error {r.se} must be above 0 and finite.")
        if r.treatment == r.comparator:
            raise ValueError(f"{r.trial}: {r.treatment} is compared with itself.")
    _check_labels(rows, reference)
    if not rows:
        raise ValueError("no trials: give at least one TrialContrast.")
    names = [r.trial for r in rows]
    twice = {n for n in names if names.count(n) > 1}
    if twice:
        raise ValueError(
            f"{', '.join(sorted(twice))}: more than one comparison of one trial. Use two-arm trials"
            " or one pair of arms each."
        )
    return sorted(
        (_solve(part, reference, random) for part in _parts(rows)), key=lambda n: -len(n.treatments)
    )


def _check_labels(rows: list[TrialContrast], reference: str | None) -> None:
    """Raises ValueError for labels of one treatment written in two ways, and a reference that no trial
    has.
    """
    treatments = sorted({x for r in rows for x in (r.treatment, r.comparator)})
    written: dict[str, str] = {}
    for name in treatments:
        same = written.setdefault(" ".join(name.split()).casefold(), name)
        if same != name:
            raise ValueError(
                f"{same!r} and {name!r} differ by blanks or capitals only and would be two treatments."
                " Write them alike."
            )
    if reference is not None and reference not in treatments:
        raise ValueError(
            f"reference {reference!r} is in no trial. Choose one of {', '.join(map(repr, treatments))}."
        )


def _parts(rows: list[TrialContrast]) -> list[list[TrialContrast]]:
    parts: list[list[TrialContrast]] = []
    for r in rows:
        touching = [
            p
            for p in parts
            if {r.treatment, r.comparator} & {x for q in p for x in (q.treatment, q.comparator)}
        ]
        parts = [p for p in parts if p not in touching] + [sum(touching, []) + [r]]
    return parts


def _solve(rows: list[TrialContrast], reference: str | None, random: bool) -> Network:
    treatments = sorted({x for r in rows for x in (r.treatment, r.comparator)})
    if reference not in treatments:
        base = [r.comparator for r in rows]
        # The commonest comparator.
        chosen = max(sorted(set(base)), key=base.count)
    else:
        chosen = reference
    free = [x for x in treatments if x != chosen]
    design = np.array(
        [[(x == r.treatment) - (x == r.comparator) for x in free] for r in rows], float
    )
    y, v = np.array([r.log_ratio for r in rows]), np.array([r.se**2 for r in rows])

    def fit(tau2: float) -> tuple[np.ndarray, np.ndarray, np.ndarray, float]:
        w = 1 / (v + tau2)
        covariance = np.linalg.inv(design.T @ (w[:, None] * design))
        effect = covariance @ design.T @ (w * y)
        return effect, covariance, w, float(np.sum(w * (y - design @ effect) ** 2))

    effect, covariance, w, q = fit(0.0)
    df = len(rows) - len(free)
    tau2 = 0.0
    if random and df > 0:
        hat = design @ covariance @ design.T * w
        denominator = w.sum() - np.sum(np.diag(hat) * w)
        tau2 = max(0.0, (q - df) / denominator)
        effect, covariance, _, _ = fit(tau2)
    order = [chosen] + free
    full_effect, full_cov = np.zeros(len(order)), np.zeros((len(order), len(order)))
    full_effect[1:], full_cov[1:, 1:] = effect, covariance
    return Network(
        tuple(order),
        chosen,
        full_effect,
        full_cov,
        float(np.sqrt(tau2)),
        q,
        df,
        float(special.chdtrc(df, q)) if df else float("nan"),
        max(0.0, (q - df) / q) if df and q > 0 else 0.0,
        tuple(rows),
    )
