"""The explorer for where it is called."""

from __future__ import annotations

from assessment.pages.economics.explorer.explorer_content import Explorer
from assessment.presentation.live_session import is_live


def economic_explorer():
    """The explorer for where it is called: widgets that run the full model in a live Jupyter
    session, the site's form everywhere else.
    """
    if not is_live():
        return Explorer()
    # widgets are slow to import, and nothing but a live session needs them
    from assessment.pages.economics.explorer.explorer_widgets import live

    return live()
