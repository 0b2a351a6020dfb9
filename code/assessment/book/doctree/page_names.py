"""Pages that the build itself leads to or fills, by their names in _toc.yml."""

SOURCES_PAGE = "chapters/sources"
CONFLICTS_PAGE = "chapters/conflicts"
CHANGES_PAGE = "chapters/what-changed"
GLOSSARY_PAGE = "chapters/glossary"
DATA_PAGE = "chapters/data"
REFERENCES_PAGE = "chapters/references"
ABOUT_PAGE = "chapters/about"
