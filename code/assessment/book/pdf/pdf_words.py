"""Words that stand in the PDF only: cover, contents, notes below figures."""

KICKER = "A living assessment document"
SUBTITLE = 'Follows the Norwegian <span lang="nb">egnethetsvurdering</span> ID2025_048'
DISCLAIMER = (
    'Independent work. Not a document of <span lang="nb">Direktoratet for medisinske'
    " produkter</span>, not medical advice. Curves and results marked as assumption or calibrated"
    " are exactly that. The site is the accessible original: there every number shows its source,"
    " its status and its date."
)
MARKS = "Marks behind numbers"
DISAGREE = "sources disagree"
CONTENTS = "Contents"
AUTHOR = "The assessment's contributors"
