"""Results that take long, made before JupyterLab opens: each is told as it is ready."""

from __future__ import annotations

import time

from assessment.case.model import precompute
from assessment.evidence import DataError

AT_ONCE_SECONDS = 4.0  # kept results are read in less, and need no line of their own


def main() -> None:
    """Makes what is not kept; data that cannot be read are told, and JupyterLab opens all the same."""
    began = time.time()
    print("  curves and economic results (a minute or two when they must be computed;")
    print("  Ctrl+C opens JupyterLab without them)", flush=True)
    try:
        for number, made in enumerate(precompute.make(), 1):
            seconds = time.time() - began
            if seconds > AT_ONCE_SECONDS:
                print(f"  {seconds:5.0f} s  {number}: {made}", flush=True)
    except DataError as fault:
        print(f"{fault}\n  What needs these data cannot be computed until they are put right.")
    except KeyboardInterrupt:
        print("\n  opening without: a chapter that needs them computes them when it runs")
    print(f"  {time.time() - began:5.0f} s  opening JupyterLab", flush=True)


if __name__ == "__main__":
    main()
