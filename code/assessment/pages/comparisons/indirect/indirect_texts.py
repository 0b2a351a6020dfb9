"""The indirect comparison in the chapter's sentences."""

from __future__ import annotations

from assessment.case.trial.indirect_comparisons import Contrast, contrasts
from assessment.evidence.provenance.traced_text import computed
from assessment.pages.comparisons.indirect.indirect_words import ratio_text
from assessment.presentation.glue_keys import qualified


def _contrast(
    group: str, against: str, analysis_set: str = "publication", like: bool | None = None
) -> Contrast:
    return next(
        c
        for c in contrasts()
        if (c.group, c.against, c.analysis_set) == (group, against, analysis_set)
        and (like is None or c.like == like)
    )


@computed
def texts() -> dict[str, str]:
    """The indirect hazard ratios that the chapter tells."""
    said: dict[str, str] = {}
    for group, against in (
        ("pnet", "sunitinib"),
        ("pnet", "everolimus"),
        ("epnet", "everolimus"),
        ("epnet", "surufatinib"),
        ("gi", "everolimus"),
        ("lung_thymic", "everolimus"),
    ):
        alike = ratio_text(_contrast(group, against, like=True).ratio)
        said |= qualified({"cmp_indirect": alike}, group, against)
    for group, against in (("pnet", "sunitinib"), ("epnet", "surufatinib")):
        unlike = ratio_text(_contrast(group, against, like=False).ratio)
        said |= qualified({"cmp_indirect_investigator": unlike}, group, against)
    for group, against in (
        ("pnet", "sunitinib"),
        ("pnet", "everolimus"),
        ("epnet", "everolimus"),
        ("pnet", "surufatinib"),
    ):
        of_fda = ratio_text(_contrast(group, against, "fda").ratio)
        said |= qualified({"cmp_indirect_fda": of_fda}, group, against)
    for group in ("pnet", "epnet"):
        over_two_trials = ratio_text(_contrast(group, "177Lu-edotreotide").ratio)
        said |= qualified({"cmp_indirect": over_two_trials}, group, "edotreotide")
    interim = ratio_text(_contrast("epnet", "surufatinib", "interim_2023").ratio)
    return said | qualified({"cmp_indirect_interim": interim}, "epnet", "surufatinib")
