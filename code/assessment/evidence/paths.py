"""Where things are. Chapters run with their own folder as working directory, so nothing here
depends on it.
"""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]
ROOT = PACKAGE.parents[1]
DATA = ROOT / "data"
REFERENCES = ROOT / "references" / "references.bib"
