"""Words that stand in the PDF only: cover, contents, notes below figures."""

from assessment.case.definition import load_case
from assessment.presentation.language import _

KICKER = _("A living assessment document")
SUBTITLE = _(
    'Follows the {of_country} <span lang="{language}">{process}</span> {assessment}'
).format(**load_case().names())
DISCLAIMER = _(
    'Independent work. Not a document of <span lang="{language}">{agency}</span>, not medical advice.'
    " Curves and results marked as assumption or calibrated"
    " are exactly that. The site is the accessible original: there every number shows its source,"
    " its status and its date."
).format(**load_case().names())
BRIEF_KICKER = _("Brief for decision makers, from a living assessment")
LIVING = _("The living version: {address}")
NO_ADDRESS = _("No address of the living version is set")
OF_WHOLE = _(
    "Everything here is from the full report of the same version. Figures and references keep their"
    " numbers in it."
)
CONTENTS = _("Contents")
APPENDICES = _("Appendices")
APPENDIX = _("Appendix {letter}")
AUTHOR = _("The assessment's contributors")
