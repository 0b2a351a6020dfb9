"""What a page says of itself to machines in schema.org's words."""

from __future__ import annotations

from pathlib import Path

from assessment.book.doctree.page_names import DATA_PAGE
from assessment.book.site import citation, data_archive, stamp
from assessment.book.site.page_addresses import absolute_address, page_address, page_title
from assessment.case.definition import load_case
from assessment.evidence import descriptor, load_register
from assessment.presentation import words

CC_BY = "https://creativecommons.org/licenses/by/4.0/"


def structured(app, pagename: str, said: str) -> dict:
    """schema.org: the whole book as an article on the front page, the data as a data set on the
    data page, other pages as parts of the book.
    """
    work = citation.work(Path(app.srcdir), app.config.assessment_site_address)
    authors = [{"@type": "Organization", "name": a} for a in work.authors]
    common = {
        "@context": "https://schema.org",
        "inLanguage": words.LANGUAGE,
        "license": CC_BY,
        "version": stamp.COMMIT,
        "isAccessibleForFree": True,
        "dateModified": stamp.ISO,
        **({"url": address} if (address := page_address(app, pagename)) else {}),
    }
    book = {"@type": "ScholarlyArticle", "headline": work.title, "author": authors}
    if pagename == app.config.root_doc:
        published = min(load_register("changes")["date"])
        return (
            common
            | book
            | {
                "description": said,
                "datePublished": published,
                "about": [
                    {"@type": "Drug", "name": load_case().drug.label},
                    {"@type": "MedicalCondition", "name": load_case().disease.label},
                ],
            }
        )
    if pagename == DATA_PAGE:
        package = descriptor()
        files = [
            {
                "@type": "DataDownload",
                "encodingFormat": "application/zip",
                "name": data_archive.ARCHIVE,
                "contentUrl": absolute_address(
                    app, f"{data_archive.FOLDER}/{data_archive.ARCHIVE}"
                ),
            },
            {
                "@type": "DataDownload",
                "encodingFormat": "application/json",
                "name": data_archive.PROVENANCE,
                "contentUrl": absolute_address(app, data_archive.PROVENANCE),
            },
        ]
        return common | {
            "@type": "Dataset",
            "name": package["title"],
            "description": package["description"],
            "creator": authors,
            "distribution": files,
        }
    return common | {
        "@type": "WebPage",
        "name": page_title(app, pagename),
        "description": said,
        "isPartOf": book,
    }
