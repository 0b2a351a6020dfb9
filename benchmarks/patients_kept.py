"""Whether any of 10,000 simulated figures loses a patient in the reconstruction; 300 run in the tests.

Run: python benchmarks/patients_kept.py [figures]. Prints the figures that fail and the counts.
"""

import sys
import warnings
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "survival"))
from simulated_figures import lost_in, simulated_figure


def main(figures=10_000):
    warnings.simplefilter("ignore")
    failed = 0
    for seed in range(figures):
        if told := lost_in(simulated_figure(seed), seed):
            failed += 1
            print(f"{seed}: {told}")
    print(f"{failed} of {figures} figures lost a patient, a printed number or the printed total")


if __name__ == "__main__":
    main(*(int(count) for count in sys.argv[1:]))
