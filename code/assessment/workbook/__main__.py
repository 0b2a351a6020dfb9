"""``python -m assessment.workbook``: see ``exchange_command``."""

import sys

from assessment.workbook.exchange.exchange_command import main

if __name__ == "__main__":
    sys.exit(main())
