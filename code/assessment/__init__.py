"""A living assessment: facts with sources flow one way, from data to figures and prose.

evidence → survival → economics → presentation → book; a room imports only from those before it.
"""

import os
import sys

# One thread for linear algebra, which NumPy asks for when it is loaded: with another number sums are
# taken in another order and last bits differ.
if "numpy" not in sys.modules:
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
