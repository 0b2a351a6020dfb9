"""``python -m assessment.book.comparison [--base COMMIT] [--accepted]``: what changed since a commit,
in ``_build/diff``.
"""

from assessment.book.comparison.diff_command import main

main()
