"""The indirect comparison in the chapter's sentences."""

from __future__ import annotations

from assessment.case.trial.indirect_comparisons import Contrast, contrasts, each_trial
from assessment.case.trial.trial_register import ratio_at_a_year, ratio_of, rows_of_register
from assessment.evidence.provenance.traced_text import computed
from assessment.pages.comparisons.indirect.indirect_words import ratio_text, widened
from assessment.pages.comparisons.indirect.path_tables import links_of_several_trials, scatter
from assessment.presentation import numbers
from assessment.presentation.glue_keys import qualified
from assessment.survival import Ratio

# cohort, drug of a weak path, its short name in the chapter
WEAK = (
    ("pnet", "177Lu-dotatate", "dotatate"),
    ("pnet", "streptozocin and fluorouracil", "streptozocin"),  # not translated: as in the register
    ("epnet", "177Lu-dotatate with octreotide", "dotatate"),  # not translated: as in the register
)


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
    for group, against, key in WEAK:
        texts = {
            stem: ratio_text(_contrast(group, against, analysis_set).ratio)
            for stem, analysis_set in (("cmp_weak", "publication"), ("cmp_weak_fda", "fda"))
        }
        said |= qualified(texts, group, key)
    interim = ratio_text(_contrast("epnet", "surufatinib", "interim_2023").ratio)
    said |= qualified({"cmp_indirect_interim": interim}, "epnet", "surufatinib")
    return said | _links() | _at_a_year()


def _links() -> dict[str, str]:
    """What the trials of one link say apart and together."""
    said: dict[str, str] = {}
    for cohort, link in links_of_several_trials():
        used = _contrast(cohort, link.treatment)
        texts = {
            "cmp_link_fixed": ratio_text(link.fixed),
            "cmp_link_random": ratio_text(link.random),
            "cmp_link_scatter": scatter(link),
            "cmp_link_spread": numbers.number(link.tau, 2),
            "cmp_fixed": ratio_text(used.fixed or used.ratio),
            "cmp_wide": ratio_text(widened(used)),
        }
        said |= qualified(texts, cohort, link.treatment)
        for c, register_id in zip(each_trial(cohort, link.treatment), link.ids):
            said |= qualified({"cmp_alone": ratio_text(c.ratio)}, register_id)
    return said


def _at_a_year() -> dict[str, str]:
    """The weak path to radionuclide therapy in the pancreas, by the shares at a year."""
    own, at_a_year = _contrast("pnet", "177Lu-dotatate"), ratio_at_a_year("oclurandom_pnet")
    by_medians = ratio_of(next(r for r in rows_of_register() if r.id == "oclurandom_pnet"))
    assert by_medians is not None
    variance = own.ratio.log_se**2 - by_medians.log_se**2 + at_a_year.log_se**2
    log = own.ratio.log + by_medians.log - at_a_year.log
    return {
        "cmp_oclurandom.medians": ratio_text(by_medians),
        "cmp_oclurandom.year": ratio_text(at_a_year),
        "cmp_weak_year.pnet.dotatate": ratio_text(Ratio.from_log(log, variance**0.5)),
    }
