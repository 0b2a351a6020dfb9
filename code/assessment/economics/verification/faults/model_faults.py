"""Faults in the model itself."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from assessment.economics.verification.faults.seeded_faults import changed_runs

changed_runs(
    "hazard ratios are turned upside down",
    lambda model: (
        lambda run: (
            lambda inputs, settings: run(
                {
                    **inputs,
                    **{n: 1 / np.asarray(inputs[n], float) for n in model.roles.hazard_ratios},
                },
                settings,
            )
        )
    ),
)


changed_runs(
    "the price is taken for each mg of the base strength",
    lambda model: (
        lambda run: (
            lambda inputs, settings: run(
                {
                    **inputs,
                    **{
                        p: (
                            np.asarray(inputs[p], float)
                            * np.asarray(inputs[model.roles.strengths[s]])
                            / model.inputs[model.roles.strengths[s]]
                        )
                        for s, p in model.roles.price.items()
                        if s in model.roles.strengths
                    },
                },
                settings,
            )
        )
    ),
)


changed_runs(
    "a unit cost has a fixed part that nobody entered",
    lambda model: (
        lambda run: (
            lambda inputs, settings: run(
                {
                    **inputs,
                    **{c: np.asarray(inputs[c], float) + 1000 for c in model.roles.costs[-1:]},
                },
                settings,
            )
        )
    ),
)


changed_runs(
    "the horizon is half of what was set",
    lambda model: (
        lambda run: (
            lambda inputs, settings: run(
                inputs, replace(settings, horizon_years=settings.horizon_years / 2)
            )
        )
    ),
)


changed_runs(
    "utilities are lowered by a tenth on the way",
    lambda model: (
        lambda run: (
            lambda inputs, settings: run(
                {
                    **inputs,
                    **{u: 0.9 * np.asarray(inputs[u], float) for u in model.roles.utilities},
                },
                settings,
            )
        )
    ),
)
