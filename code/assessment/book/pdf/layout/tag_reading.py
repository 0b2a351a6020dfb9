"""Elements of a page of HTML, read with a promise: what must be there is, or the fault names it."""

from __future__ import annotations

from bs4 import BeautifulSoup, Tag
from bs4.element import AttributeValueList


class MissingElement(LookupError):
    """A page for print lacks an element that its layout rests on."""


def first(within: Tag, selector: str) -> Tag:
    """The first element that a CSS selector finds.

    Raises MissingElement, naming the selector, when there is none.
    """
    found = within.select_one(selector)
    if found is None:
        raise MissingElement(f"The page for print has no '{selector}' within <{within.name}>.")
    return found


def parsed(html: str, selector: str) -> Tag:
    """The first element of a piece of HTML that a CSS selector finds.

    Raises MissingElement when there is none.
    """
    return first(BeautifulSoup(html, "html.parser"), selector)


def attribute(tag: Tag, name: str) -> str:
    """An attribute's text, "" where the element has none."""
    value = tag.get(name, "")
    return value if isinstance(value, str) else " ".join(value or ())


def classes(tag: Tag) -> list[str]:
    """The classes of an element."""
    return attribute(tag, "class").split()


def set_classes(tag: Tag, names: list[str]) -> None:
    """Gives an element these classes and no others."""
    tag["class"] = AttributeValueList(names)
