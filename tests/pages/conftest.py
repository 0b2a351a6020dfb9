"""What tests of several pages share."""

import pytest


@pytest.fixture
def explorer(page, address):
    """The economics page with its explorer at work."""
    page.goto(address + "chapters/economics.html")
    page.locator(".explorer").scroll_into_view_if_needed()
    page.wait_for_selector(".explorer-live")
    page.locator(".explorer-more > summary").click()
    return page
