"""What the site and the PDF are made from, and the pages they must have."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import yaml

from assessment.book.site.version import version

INPUTS = (
    "_config.yml",
    "_toc.yml",
    "index.md",
    "chapters",
    "code/assessment",
    "data",
    "references",
    "requirements.txt",
    "CHANGELOG.md",
    "CITATION.cff",
    "LICENSE",
)


def inputs_hash(root: Path) -> str:
    """Hash of everything the site and the PDF are made from, the version stamp and the settings of
    the environment included.
    """
    settings = [f"{k}={v}" for k, v in sorted(os.environ.items()) if k.startswith("ASSESSMENT_")]
    digest = hashlib.sha256("\0".join([version(root).commit, *settings]).encode())
    for part in INPUTS:
        top = root / part
        files = (
            [top]
            if top.is_file()
            else [
                p
                for p in top.rglob("*")
                if p.is_file()
                and "__pycache__" not in p.parts
                and ".ipynb_checkpoints" not in p.parts
            ]
        )
        for path in sorted(files):
            digest.update(
                path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0"
            )
    return digest.hexdigest()


def pages(root: Path) -> list[str]:
    """Every page named in _toc.yml, as paths below the site."""

    def files(node) -> list[str]:
        if isinstance(node, list):
            return [f for item in node for f in files(item)]
        found = [node[k] for k in ("root", "file") if k in node]
        return found + [
            f for k in ("parts", "chapters", "sections") for f in files(node.get(k, []))
        ]

    toc = yaml.safe_load((root / "_toc.yml").read_text(encoding="utf-8"))
    return [f"{name.removesuffix('.md')}.html" for name in files(toc)]
