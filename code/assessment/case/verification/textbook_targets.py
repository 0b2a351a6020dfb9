"""Our values of textbook models, and of quantities that have a closed form or a printed formula.

Each function gives a mapping from ids of ``data/targets.csv`` to our values.
"""

from __future__ import annotations

import numpy as np
import scipy
from scipy import special

from assessment.economics.analysis.acceptability import acceptability
from assessment.economics.analysis.cost_effectiveness import frontier
from assessment.economics.analysis.value_of_information import evppi
from assessment.economics.model.absolute_shortfall import (
    absolute_shortfall,
    check_against_published,
    severity_class,
)
from assessment.economics.model.drug_cost import pharmacy_price
from assessment.economics.time.discounting import Discounting
from assessment.economics.verification import textbook_models
from assessment.economics.verification.black_box.closed_form_tests import life_years
from assessment.evidence import load_facts, load_population_table
from assessment.survival import Exponential, Weibull

SEED = 2018


DRAWS_LOG2 = 15


def hiv():
    """Zidovudine alone and with lamivudine. Briggs, Claxton & Sculpher 2006, exercise 2.5."""
    alone, together = textbook_models.hiv(1.0, 0), textbook_models.hiv(0.509, 2)
    return {
        "hiv.cost.alone": alone[0],
        "hiv.years.alone": alone[1],
        "hiv.cost.together": together[0],
        "hiv.years.together": together[1],
        "hiv.ratio": textbook_models.ratio(together, alone),
    }


def hip():
    """Two hip prostheses. Briggs, Claxton & Sculpher 2006, exercise 3.5."""
    standard, new = textbook_models.hip_replacement(False), textbook_models.hip_replacement(True)
    return {
        "hip.cost.standard": standard[0],
        "hip.qalys.standard": standard[1],
        "hip.cost.new": new[0],
        "hip.qalys.new": new[1],
        "hip.ratio": textbook_models.ratio(new, standard),
    }


def sick_sicker():
    """Four strategies of the Sick-Sicker model and their frontier. Alarid-Escudero et al. 2023."""
    found = {
        name: textbook_models.sick_sicker(a, b)
        for name, a, b in (
            ("soc", False, False),
            ("a", True, False),
            ("b", False, True),
            ("ab", True, True),
        )
    }
    table = frontier(
        list(found), [c for c, _ in found.values()], [q for _, q in found.values()]
    ).set_index("strategy")
    return {
        f"sick.{what}.{n}": value[k]
        for n, value in found.items()
        for k, what in enumerate(("cost", "qalys"))
    } | {
        "sick.ratio.b": table.loc["b", "icer"],
        "sick.ratio.ab": table.loc["ab", "icer"],
        "sick.dominated": float((table["status"] == "dominated").sum()),
    }


def screening():
    """Frontier of HIV screening. Paltiel et al., as in the vignette of dampack."""
    table = textbook_models.screening()
    ratios = table.set_index("strategy")["icer"]
    return {
        "screening.once": ratios["once"],
        "screening.five": ratios["every 5 years"],
        "screening.three": ratios["every 3 years"],
        "screening.dominated": float((table["status"] == "dominated").sum()),
    }


def information():
    """Net benefit p1 − p2 against 0, p1 normal (1, 1), p2 normal (0, 2): effects p1, costs p2, a
    threshold of 1.
    """
    uniform = scipy.stats.qmc.Sobol(2, seed=SEED).random_base2(DRAWS_LOG2)
    first, second = special.ndtri(uniform).T * [[1], [2]] + [[1], [0]]
    costs, effects = np.stack([0 * second, second]), np.stack([0 * first, first])
    return {
        "information.all": float(acceptability(costs, effects, 1.0).evpi[0]),
        "information.first": float(evppi(costs, effects, first, 1.0).value[0]),
        "information.second": float(evppi(costs, effects, second, 1.0).value[0]),
    }


def closed_forms():
    """Life years of curves whose mean has a closed form, by the model's quadrature."""
    return {
        "closed.exponential": life_years(Exponential(0.25), 0.0),
        "closed.discounted": life_years(Exponential(0.25), 0.04),
        "closed.weibull": life_years(Weibull(2.0, 1.0), 0.0, 60.0),
        "closed.weibull.long": life_years(Weibull(0.5, 1.0), 0.0, 1500.0),
    }


def discount_factors():
    """Value today of one after some years, by the country's rates."""
    factor = Discounting(load_population_table("discount-schedule")).factor
    return {f"discount.year{y}": float(factor(y)) for y in (1, 10, 20, 40, 41, 75, 76)}


def remaining_qalys():
    """Largest differences of remaining QALYs (all ages) and life years (ages 40 to 70) from the
    table that the agency prints.
    """
    frame = check_against_published()
    years = frame.loc[frame["age"].between(40, 70), "life_year_difference"]
    return {
        "severity.remaining_qalys": float(frame["difference"].abs().max()),
        "severity.remaining_years": float(years.abs().max()),
    }


def severity_example():
    """Absolute shortfall in QALYs and severity class of a published worked example."""
    facts = load_facts()
    shortfall = absolute_shortfall(
        facts["economics.severity_example.colon.expected_qalys"].number,
        facts["economics.severity_example.colon.comparator_qalys"].number,
    )
    return {
        "severity.shortfall": shortfall,
        "severity.class": float(
            severity_class(shortfall, load_population_table("severity-classes"))
        ),
    }


def pharmacy():
    """Highest pharmacy price of a pack bought at NOK 50,000, without and with VAT."""
    return {
        "pharmacy.without_vat": float(pharmacy_price(50_000)),
        "pharmacy.with_vat": float(pharmacy_price(50_000, vat=True)),
    }
