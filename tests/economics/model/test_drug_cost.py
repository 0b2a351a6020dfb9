"""Packs and pharmacy prices by hand."""

import numpy as np
import pytest

from assessment.economics.model.drug_cost import (
    PackDosing,
    drug_cost,
    packs_continuous,
    packs_dispensed,
    pharmacy_price,
    treatment_years,
    without_vat,
)
from assessment.economics.model.partitioned_survival import partitioned_survival
from assessment.economics.time.discounting import constant_discounting
from assessment.economics.time.time_grid import continuous_grid
from assessment.survival import Exponential, Weibull

FOUR = constant_discounting(0.04)


def test_packs():
    dosing = PackDosing(30, dosed_days_share=0.9, wastage_share=0.05)
    assert dosing.packs_per_year == pytest.approx(365.25 * 0.9 * 1.05 / 30)
    at = partitioned_survival(
        Exponential(0.9), Exponential(0.3), continuous_grid(20), treatment=Exponential(1.2)
    )
    years = treatment_years(at, FOUR)
    used = packs_continuous(years, dosing)
    assert (
        drug_cost(used, 50_000) == pytest.approx(2 * drug_cost(used, 25_000))
        and drug_cost(used, 0) == 0
    )
    # Geometric series: a pack each period to those still treated.
    period = float(dosing.days_per_pack) / 365.25
    keep = np.exp(-(1.2 + np.log(1.04)) * period)
    count = int(np.ceil(20 / period))
    dispensed = packs_dispensed(Exponential(1.2), dosing, 20, FOUR)
    assert dispensed == pytest.approx((1 - keep**count) / (1 - keep), rel=1e-12)
    assert 0.4 < dispensed - used < 0.6
    assert packs_dispensed(
        Weibull([1.0, 1.0], [10, 12.0]), PackDosing(30), 20, FOUR, units_per_year=12
    ).shape == (2,)


def test_pharmacy_price():
    assert pharmacy_price(50_000) == pytest.approx(51_029)
    assert pharmacy_price(50_000, vat=True) == pytest.approx(63_786.25)
    assert without_vat(63_786.25) == pytest.approx(51_029)
    assert pharmacy_price(1000, cold_chain=True, controlled=True) == pytest.approx(1025 + 29 + 19)
