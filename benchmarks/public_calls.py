"""How 10,000 calls of public functions with odd arguments end: 2,100 run in the tests.

Run: python benchmarks/public_calls.py [calls] [seed]. Prints a table of counts, and each kind of call that
ended neither with a number nor with advice.
"""

import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "doors"))
from all_doors import ALLOWED, ROOMS, doors_of
from called_doors import called_at_random

ENDS = ("number", "advice", "NaN", "infinite", "bare", "slow")


def main(calls=10_000, seed=1):
    sizes = {room: len(doors_of(room)) for room in ROOMS}
    total, bad = Counter(), []
    print(f"{'room':12}{'functions':>10}{'calls':>8}" + "".join(f"{end:>10}" for end in ENDS))
    for room, size in sizes.items():
        own = round(calls * size / sum(sizes.values()))
        counts, faults = called_at_random(doors_of(room), own, seed, ALLOWED)
        ended = sum(counts.values(), Counter())
        total, bad = total + ended, bad + faults
        print(f"{room:12}{size:10}{own:8}" + "".join(f"{ended[end]:10}" for end in ENDS))
    row = "".join(f"{total[end]:10}" for end in ENDS)
    print(f"{'all':12}{sum(sizes.values()):10}{sum(total.values()):8}{row}")
    for name, how, what, arguments in bad[:50]:
        print(f"{name}: {how}, {what[:160]} from {str(arguments)[:200]}")
    return len(bad)


if __name__ == "__main__":
    sys.exit(main(*(int(count) for count in sys.argv[1:])) > 0)
