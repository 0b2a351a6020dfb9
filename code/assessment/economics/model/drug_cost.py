"""What a drug costs: packs at a flat price, wastage and interruptions, pharmacy prices.

Prices per pack in NOK, times in days or years as named.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from assessment.economics.model.outcomes import COST_ITEMS, CostItem
from assessment.economics.model.partitioned_survival import OCCUPANCY, Occupancy
from assessment.economics.time.discounting import DISCOUNTING, Discounting
from assessment.economics.time.time_units import DAYS_PER_YEAR
from assessment.evidence.arguments.checked_arguments import taking
from assessment.evidence.arguments.number_arguments import LOOSE, ONE_POSITIVE, numbers
from assessment.evidence.arguments.object_arguments import CURVE, made_by, truth, words
from assessment.survival.distributions.curve_protocol import Curve

VAT_RATE = 0.25
MOST_PACKS = 1_000_000


@dataclass(frozen=True)
class PackDosing:
    """How many packs a day on treatment uses.

    Every tablet strength has the same price and one tablet is taken on each day of dosing, so a
    reduced dose saves nothing; interruptions do. ``dosed_days_share``: share of days on treatment
    with a tablet, 0 to 1. ``units_per_day``: tablets a day. ``wastage_share``: tablets bought and
    never taken, as a share of those taken.
    """

    units_per_pack: float | np.ndarray
    units_per_day: float | np.ndarray = 1.0
    dosed_days_share: float | np.ndarray = 1.0
    wastage_share: float | np.ndarray = 0.0

    def __post_init__(self):
        for name in ("units_per_pack", "units_per_day", "dosed_days_share", "wastage_share"):
            if np.any(np.isinf(LOOSE(name, getattr(self, name)))):
                raise ValueError(f"{name} is infinite. Check what it was divided by.")
        if not (
            np.all(np.asarray(self.units_per_pack) > 0)
            and np.all(np.asarray(self.units_per_day) > 0)
        ):
            raise ValueError(
                f"units per pack and per day are above 0; found {np.min(self.units_per_pack)},"
                f" {np.min(self.units_per_day)}"
            )
        share, waste = (
            np.asarray(self.dosed_days_share, float),
            np.asarray(self.wastage_share, float),
        )
        if not (np.all((share >= 0) & (share <= 1)) and np.all(waste >= 0)):
            raise ValueError(
                "the share of dosed days is 0 to 1 and the share wasted 0 or more; "
                f"found {share.min()} to {share.max()} and {waste.min()}. Write 0.9, not 90."
            )

    @property
    def packs_per_year(self) -> float | np.ndarray:
        """Packs used in a year on treatment when packs are bought as they run out."""
        return (
            DAYS_PER_YEAR
            * self.units_per_day
            * np.asarray(self.dosed_days_share)
            * (1 + np.asarray(self.wastage_share))
            / self.units_per_pack
        )

    @property
    def days_per_pack(self) -> float | np.ndarray:
        """Days on treatment that one pack lasts."""
        return DAYS_PER_YEAR / self.packs_per_year


DOSING = made_by(PackDosing, "PackDosing(…)")


@taking(on_treatment_years=numbers(0), dosing=DOSING)
def packs_continuous(on_treatment_years: ArrayLike, dosing: PackDosing) -> np.ndarray:
    """Packs used, in fractions, over (discounted) years on treatment; floats or draws."""
    return np.asarray(on_treatment_years) * dosing.packs_per_year


@taking(
    curve=CURVE,
    dosing=DOSING,
    horizon_years=ONE_POSITIVE,
    discounting=DISCOUNTING,
    units_per_year=ONE_POSITIVE,
)
def packs_dispensed(
    curve: Curve,
    dosing: PackDosing,
    horizon_years: float,
    discounting: Discounting,
    units_per_year: float = 1.0,
) -> np.ndarray:
    """Discounted whole packs per patient: a pack is dispensed at time 0 and whenever the last is
    used up, to those still treated. Shape of the curve's draws.

    ``curve``: time on treatment. ``dosing`` must hold one number each, not draws.
    ``units_per_year``: the curve's time units in a year (12 for months). Exceeds
    ``packs_continuous`` by the unused rest, about half a pack a patient. ValueError for a dosing of
    draws, or without tablets.
    """
    if np.size(dosing.packs_per_year) != 1:
        raise ValueError(
            "packs are dispensed at fixed times: give the share of dosed days as one number, or use"
            " packs_continuous()"
        )
    if not dosing.packs_per_year > 0:
        raise ValueError(
            "nobody takes a tablet (the share of dosed days is 0), so packs have no dispensing"
            " times; use packs_continuous()"
        )
    step = float(dosing.days_per_pack) / DAYS_PER_YEAR
    if horizon_years > MOST_PACKS * step:
        raise ValueError(
            f"packs that last {step:g} years, up to {horizon_years:g} years, are more than {MOST_PACKS}."
            " Check the units per pack and per day."
        )
    times = np.arange(0.0, horizon_years, step)
    return curve.survival(times * units_per_year) @ discounting.factor(times)


@taking(packs=numbers(0), price_per_pack=LOOSE)
def drug_cost(packs: ArrayLike, price_per_pack: ArrayLike) -> np.ndarray:
    """Packs × price (NOK per pack); the same for every strength and whatever the daily dose in mg.

    ValueError for a price below 0 or NaN.
    """
    if not np.all((np.asarray(price_per_pack) >= 0) & np.isfinite(price_per_pack)):
        raise ValueError(
            f"a price is 0 or more, finite and not NaN; found {np.min(price_per_pack)}"
        )
    return np.asarray(packs) * np.asarray(price_per_pack)


@taking(
    occupancy=OCCUPANCY,
    discounting=DISCOUNTING,
)
def treatment_years(occupancy: Occupancy, discounting: Discounting) -> np.ndarray:
    """Discounted years on treatment, of the draws' shape.

    ValueError where no time on treatment was given to ``partitioned_survival``.
    """
    if occupancy.on_treatment is None:
        raise ValueError("no time on treatment was given. Give partitioned_survival(treatment=…).")
    return occupancy.on_treatment @ occupancy.grid.weights(discounting)


@taking(purchase_price=LOOSE, cold_chain=truth, controlled=truth, vat=truth)
def pharmacy_price(
    purchase_price: ArrayLike, cold_chain: bool = False, controlled: bool = False, vat: bool = False
) -> np.ndarray:
    """Highest pharmacy retail price (maksimal AUP) from the purchase price (AIP), NOK per pack.

    1.02 × AIP + 29, + 0.5 % of AIP for cold chain, + 19 for prescription groups A and B; × 1.25
    with VAT. The agency's formula, in force since 1 July 2019.
    """
    purchase_price = np.asarray(purchase_price, float)
    if not np.all((purchase_price >= 0) & np.isfinite(purchase_price)):
        raise ValueError(
            f"a purchase price is 0 or more, finite and not NaN; found {purchase_price.min()}"
        )
    price = purchase_price * (1.025 if cold_chain else 1.02) + 29 + (19 if controlled else 0)
    return price * (1 + VAT_RATE) if vat else price


@taking(price=numbers(0))
def without_vat(price: ArrayLike) -> np.ndarray:
    """Price without value added tax: cost-utility analysis leaves it out, the budget takes it in."""
    return np.asarray(price, float) / (1 + VAT_RATE)


@taking(costs=COST_ITEMS, names=words)
def with_vat(costs: list[CostItem], names) -> list[CostItem]:
    """The same costs with value added tax on the items named (drugs bought); the budget takes it
    in, the cost-utility analysis does not.
    """
    unknown = set(names) - {c.name for c in costs}
    if unknown:
        raise ValueError(
            f"no cost item is named {', '.join(sorted(unknown))}. Items:"
            f" {', '.join(c.name for c in costs)}"
        )
    return [replace(c, amount=c.amount * (1 + VAT_RATE)) if c.name in names else c for c in costs]
