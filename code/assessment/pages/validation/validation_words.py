"""Tables of the validation page: targets, replications, audit of printed ratios, battery, faults
put in, and what is not validated.
"""

from __future__ import annotations

WORDS = {
    "target": "Target",
    "printed": "Printed",
    "ours": "Ours",
    "difference": "Difference",
    "source": "Source",
    "study": "Published result",
    "verdict": "How far it comes",
    "none": "none",
    "own": "closed form",
    "worked": "worked by hand from",
    "within": "within {tolerance}",
    "beyond": "{difference} off",
    "cannot": "cannot be replicated",
    "comparison": "Comparison",
    "cost": "Cost difference",
    "gain": "Gain",
    "ratio": "Ratio printed",
    "allowed": "Allowed by rounding",
    "agrees": "Agrees",
    "yes": "yes",
    "no": "no",
    "fault": "Fault put in",
    "black_box": "Tests of the battery that notice it",
    "second": "Second program notices it",
    "id": "Test",
    "asks": "What it asks",
    "comparisons": "Comparisons",
    "result": "Result",
    "partly": "in some models not applicable",
    "nobody": "none",
    "part": "Part",
    "item": "What could be done",
    "answer": "Done",
    "how": "How, or why not",
}
