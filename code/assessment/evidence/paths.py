"""Where things are. Chapters run with their own folder as working directory, so nothing here
depends on it.
"""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
DATA = ROOT / "data"
REFERENCES = ROOT / "references" / "references.bib"
