"""The model and the chapter on economics can be taken to another case: but for a file of words, their
code asks for drug, trial, cohorts, arms, sets and comparators by role.
"""

import re

from assessment.case.trial.trial import CASE
from assessment.evidence.paths import PACKAGE

ROOMS = ("case/model", "pages/economics", "case/verification")
# Words and reckonings that are about this case alone.
ABOUT_THIS_CASE = (
    "case_words.py",
    "published_evaluations.py",
    "published_ratio_audit.py",
    "targets.py",
)


def test_no_id_of_this_case_stands_in_the_code():
    ids = {
        name
        for named in (
            [CASE.drug, CASE.trial],
            CASE.cohorts,
            CASE.arms,
            CASE.comparators,
            CASE.other_trials,
            [s for s in CASE.divisions if s is not CASE.base_set],
        )
        for one in named
        for name in (one.id, one.label)
    } | {CASE.drug.also_called or CASE.drug.label}
    words = re.compile(
        rf"(?<![a-zA-Z0-9])(?:{'|'.join(map(re.escape, sorted(ids)))})(?![a-zA-Z0-9])",
        re.IGNORECASE,
    )
    found = [
        f"{path.relative_to(PACKAGE)}, line {number}: '{word}'. Take it from load_case() or a table."
        for room in ROOMS
        for path in sorted((PACKAGE / room).rglob("*.py"))
        if path.name not in ABOUT_THIS_CASE
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        for word in words.findall(line)
    ]
    assert not found, "\n".join(found)
