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
CONTENTS = _("Contents")
AUTHOR = _("The assessment's contributors")
