"""What JupyterLab needs to show a page as readers have it: values in place of names, and captions.

The server loads ``values_handler`` when it starts; the browser loads ``assessment_values``.
"""

from __future__ import annotations


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    """Where Jupyter finds this extension of its server."""
    return [{"module": "assessment.book.lab.values_handler"}]
