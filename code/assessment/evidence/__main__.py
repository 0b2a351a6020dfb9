"""``python -m assessment.evidence``: checks every table, source, formula and conflict."""

import sys

from assessment.evidence import DataError
from assessment.evidence.checking import check

if __name__ == "__main__":
    try:
        print("\n".join(check()))
    except DataError as fault:
        sys.exit(str(fault))
