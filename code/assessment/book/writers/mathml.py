"""Formulas without a script: MathML on the site, vectors in the PDF."""

from __future__ import annotations

import re
from html import escape

import latex2mathml.converter
import ziamath
from docutils import nodes

from assessment.book.charts import render
from assessment.book.writers.writing_state import PDF_BUILDER
from assessment.presentation import words

ziamath.config.math.fontsize = 14
ziamath.config.svg2 = False  # glyphs as paths: ids of shared symbols would collide between formulas


def _formula(visitor, latex: str, display: bool) -> str:
    if visitor.builder.name == PDF_BUILDER:
        drawn = ziamath.Latex(latex, inline=not display).svg()
        box = re.search(r'viewBox="([^"]+)"', drawn)
        if box is None:
            raise ValueError(f"the drawing of the formula {latex!r} has no viewBox")
        _left, top, _width, height = map(float, box[1].split())
        # its line stands on that of the text
        return render.printed(
            drawn,
            escape(latex.strip(), quote=True),
            "formula",
            f"vertical-align: {-height - top:.2f}px",
        )
    return latex2mathml.converter.convert(latex, display="block" if display else "inline")


def visit_math(self, node: nodes.math) -> None:
    self.body.append(f'<span class="formula">{_formula(self, node.astext(), False)}</span>')
    raise nodes.SkipNode


def visit_displaymath(self, node: nodes.math_block) -> None:
    # a long one scrolls, so the keyboard must reach it
    reach = (
        ""
        if self.builder.name == PDF_BUILDER
        else f' tabindex="0" role="group" aria-label="{words.FORMULA}"'
    )
    self.body.append(f'<div class="formula"{reach}>{_formula(self, node.astext(), True)}</div>')
    raise nodes.SkipNode
