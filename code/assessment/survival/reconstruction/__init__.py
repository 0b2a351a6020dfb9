"""Patients rebuilt from a digitised Kaplan–Meier curve: the face of this room.

Other rooms import from here only. The stages, in the order in which a curve goes through them:

1. ``points.digitised_tables``: files are read (`read_points`, `read_numbers_at_risk`), or refused with the
   cell; ``points.digitised_points``: points are checked and tidied into a `CleanCurve`.
2. ``reconstruct``: `reconstruct_ipd` checks the numbers at risk against the curve and hands both to
   the solver that suits the points.
3. ``steps.exact_steps``: step corners are solved as equations in whole numbers. Where they cannot be,
   and for all other points:
4. ``noisy_points``, in this order:

   a. ``points.whole_time_units``: is the curve flat within whole weeks, months or years?
   b. ``steps.exact_points``, with ``gap_candidates``: points without error between corners are solved in
      whole numbers too;
   c. ``printed_arm``, with ``points.smoothing``: points are smoothed as far as the steps of such a curve
      allow, through the printed numbers before which nobody was lost (``points.known_levels``);
   d. ``interval_events``, with ``loss_shares``: events and losses between printed numbers, where
      single steps cannot be told apart;
   e. ``steps.step_events``, with ``beam_search``: a search over whole numbers, where they can.

5. ``fit_report``: how well the rebuilt patients agree with what was printed.
6. ``digitised_curves``: two rebuilt arms as draws of curves, `FromDigitised`.
"""

from assessment.survival.reconstruction.digitised_curves import FromDigitised
from assessment.survival.reconstruction.fit_report import fit_report, hazard_ratio_report
from assessment.survival.reconstruction.points.digitised_tables import (
    read_numbers_at_risk,
    read_points,
)
from assessment.survival.reconstruction.reconstruct import Reconstruction, reconstruct_ipd

__all__ = [
    "FromDigitised",
    "Reconstruction",
    "fit_report",
    "hazard_ratio_report",
    "read_numbers_at_risk",
    "read_points",
    "reconstruct_ipd",
]
