"""Words of the chapter that are about this case alone. Every table may be empty: what has no words
here is named as ``data/case.csv`` names it.
"""

from __future__ import annotations

from assessment.presentation.language import _

# By analysis set: as a scenario, as a case of severity, and what that case changes.
SETS_AS_SCENARIOS = {
    "fda": _("FDA's division"),
    "interim_2023": _("Interim analysis 2023"),
}
SETS_IN_SEVERITY = {"interim_2023": _("Interim 2023")}
SETS_EXPLAINED = {"interim_2023": _("placebo median of the interim analysis")}
# The therapy beside the drug, in both arms: its cost, and the scenario in which it ends earlier.
BACKGROUND_THERAPY = _("somatostatin analogue")
BACKGROUND_THERAPY_ENDS = _("Analogue until progression only")
# Survival of other patients, to set the model's beside, by cohort: (whose, month, fact of the share
# alive then), or (whose, None, fact of the median).
RADIANT3 = _("RADIANT-3, placebo")
FROM_DIAGNOSIS = _("Netherlands, from diagnosis")
OUTSIDE_SURVIVAL: dict[str, tuple[tuple[str, int | None, str], ...]] = {
    "epnet": ((_("NETTER-1, octreotide"), None, "netter1.os.midgut.octreotide.median"),),
    "pnet": (
        *(
            (RADIANT3, month, f"radiant3.os.pnet.placebo.rate_{month}_months")
            for month in (12, 24, 36, 48, 60)
        ),
        *(
            (FROM_DIAGNOSIS, 60, f"registry_nl.os.pnet.{treatment}.rate_60_months")
            for treatment in ("targeted", "chemotherapy", "radionuclide")
        ),
    ),
}
# What the control arm stands for in practice.
CONTROL_IN_PRACTICE = _("best supportive care")
# Subgroups as rows of a table, by their id in data/scenario_values.csv.
SUBGROUP_NAMES = {
    "gi": _("Gastrointestinal"),
    "lung_thymic": _("Lung or thymus"),
    "prior_everolimus": _("After everolimus"),
    "prior_lutetium": _("After 177Lu-dotatate"),
}
# Budget: what is displaced, at whose price.
ORIGINATOR_PRICE = _("price of everolimus before generics")
# What price of another drug it is, by how data/scenario_values.csv says it.
PRICE_KINDS = {"generic price": _("generic price")}  # not translated: key


def price_words(kind: str) -> str:
    """What price of another drug it is, in the language of the edition."""
    return PRICE_KINDS.get(kind, kind)
