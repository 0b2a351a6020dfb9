"""``python -m assessment.book.attribution [--base COMMIT]``: writes data/attribution.csv."""

from assessment.book.attribution.attribution_command import main

main()
