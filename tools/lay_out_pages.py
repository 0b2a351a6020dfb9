"""Writes every page and notebook as JupyterLab would save it, so that saving there changes only what was typed.

usage: lay_out_pages.py [FOLDER]   (the book's folder, default this checkout)
"""

from __future__ import annotations

import sys
from pathlib import Path

import jupytext
from jupytext.config import JupytextConfiguration, load_jupytext_configuration_file

FORMAT = "md:myst"
# As JupyterLab writes the kernel that `make lab` has.
KERNEL = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}


def laid_out(path: Path, config: JupytextConfiguration) -> str:
    """The page in jupytext's own form; captions without the line break that YAML would keep: with it
    jupytext sets them in quotes and adds an empty line.
    """
    notebook = jupytext.read(path, fmt=FORMAT)
    notebook.metadata["kernelspec"] = dict(KERNEL)
    for cell in notebook.cells:
        figure = cell.metadata.get("mystnb", {}).get("figure", {})
        if "caption" in figure:
            figure["caption"] = figure["caption"].strip()
    return jupytext.writes(notebook, fmt=FORMAT, config=config)


def main() -> None:
    root = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parents[1]).resolve()
    config = load_jupytext_configuration_file(str(root / "pyproject.toml"))
    beside = (path for folder in ("chapters", "notebooks") for path in (root / folder).glob("*.md"))
    for path in (root / "index.md", *sorted(beside)):
        text = laid_out(path, config)
        if text != path.read_text(encoding="utf-8"):
            path.write_text(text, encoding="utf-8")
            print(f"  {path.relative_to(root)}")


if __name__ == "__main__":
    main()
