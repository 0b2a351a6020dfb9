"""One tag tree from those of several PDFs."""

from __future__ import annotations

from collections.abc import Iterable

from pikepdf import Array, Dictionary, Name, Object, Page, Pdf, String


class StructureTree:
    """The tag tree of a joined PDF: one Document element that holds what the parts' Document elements
    held, in order.
    """

    def __init__(self, pdf: Pdf):
        self._pdf = pdf
        self._root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        self._document = pdf.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name.Document, P=self._root)
        )
        self._kids: list[Object] = []
        self._parents: list[Object] = []
        self._names: list[tuple[bytes, Object]] = []
        self._roles: dict[str, Object] = {}

    def add(self, root: Object, pages: Iterable[Page]) -> None:
        """Adds the tree of a part, already copied into the joined PDF, as are its pages."""
        for kid in root.K[0].K:
            kid.P = self._document
            self._kids.append(kid)
        numbers = list(root.ParentTree.Nums)
        first = len(self._parents)
        # numbers follow each other without gaps: pages first, then links
        found = {int(number): parent for number, parent in zip(numbers[::2], numbers[1::2])}
        for number in range(max(found, default=-1) + 1):
            parent = found.get(number, Array())
            self._parents.append(parent if parent.is_indirect else self._pdf.make_indirect(parent))
        for page in pages:
            page.StructParents = first + int(page.StructParents)
            for link in page.get(Name.Annots, ()):
                if Name.StructParent in link:
                    link.StructParent = first + int(link.StructParent)
        if Name.IDTree in root:
            names = list(root.IDTree.Names)
            self._names += [(bytes(name), of) for name, of in zip(names[::2], names[1::2])]
        self._roles |= dict(root.get(Name.RoleMap, Dictionary()).items())

    def finish(self) -> None:
        """Makes it the tag tree of the joined PDF."""
        self._document.K = Array(self._kids)
        self._root.K = Array([self._document])
        entries = [entry for pair in enumerate(self._parents) for entry in pair]
        self._root.ParentTree = self._pdf.make_indirect(Dictionary(Nums=Array(entries)))
        self._root.ParentTreeNextKey = len(self._parents)
        if self._names:
            named = [
                entry for name, of in sorted(self._names, key=_name) for entry in (String(name), of)
            ]
            self._root.IDTree = self._pdf.make_indirect(Dictionary(Names=Array(named)))
        if self._roles:
            self._root.RoleMap = Dictionary(self._roles)
        self._pdf.Root.StructTreeRoot = self._root
        self._pdf.Root.MarkInfo = Dictionary(Marked=True)


def _name(entry: tuple[bytes, Object]) -> bytes:
    return entry[0]
