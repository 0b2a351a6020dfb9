"""The model as an Excel workbook with live formulas, and back: a changed workbook read into the model.

``engine`` writes sheets and knows no model; ``content`` says what the model holds; ``sheets`` puts it
into formulas; ``exchange`` reads a changed workbook.
"""
