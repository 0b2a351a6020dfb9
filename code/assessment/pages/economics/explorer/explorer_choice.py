"""The explorer for where it is called."""

from __future__ import annotations

import os

from assessment.pages.economics.explorer.explorer_content import Explorer


def economic_explorer():
    """The explorer for where it is called: widgets that run the full model in a live Jupyter
    session, the site's form everywhere else.
    """
    if not os.environ.get("JPY_SESSION_NAME"):
        return Explorer()
    # widgets are slow to import, and nothing but a live session needs them
    from assessment.pages.economics.explorer.explorer_widgets import live

    return live()
