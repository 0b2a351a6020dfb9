"""``make new NAME=… TO=…``: begins a book for another drug in a folder of its own."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

from assessment.book.new_book.answers import Answers, WrongAnswer
from assessment.book.new_book.new_book import new_book


def main() -> None:
    """Reads the answers from the command line and writes the book; tells what to do next."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--name", required=True, help="the drug, as an id: novatinib")
    parser.add_argument("--to", required=True, type=Path, help="the new folder")
    parser.add_argument("--trial", help="the trial, as an id")
    parser.add_argument("--cohorts", help="the cohorts, as ids with commas between them")
    parser.add_argument("--control", help="the control arm, as an id")
    parser.add_argument(
        "--disease", help="the disease, in words, as several: 'carcinomas of the colon'"
    )
    given = vars(parser.parse_args())
    answers = {key: given[key] for key in ("trial", "control", "disease") if given[key]}
    if given["cohorts"]:
        answers["cohorts"] = tuple(name.strip() for name in given["cohorts"].split(","))
    print("  putting the new book together, and writing down what its pages show")
    try:
        lines = new_book(
            Answers(given["name"], given["to"].resolve(), today=date.today(), **answers)
        )
    except WrongAnswer as fault:
        sys.exit(f"No book was begun. {fault}")
    print("\n".join(f"  {line}" for line in lines))
    print(f"A new book about {given['name']} is in {given['to']}.")
    print(f"Next:  cd {given['to']} && make book")
    print("What to fill in, step by step: the page 'A book for another drug' of this book.")


if __name__ == "__main__":
    main()
