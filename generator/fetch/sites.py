"""The sites with public records: their addresses, intervals between requests, and importers of their responses.

Each site is a line of ``SITES``. Sources: https://info.arxiv.org/help/api/tou.html (one request every three seconds),
https://www.crossref.org/documentation/retrieve-metadata/rest-api/, https://support.datacite.org/docs/api,
https://docs.openreview.net/reference/api-v2, https://aclanthology.org/info/development/.
"""

from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from generator.text.identifiers import Identifier


@dataclass(frozen=True)
class Site:
    """One site: its kind of identifier, the URL of a record, and the name of the importer that reads the response.

    In the URL ``pattern``, ``{}`` stands for the identifier. ``pause`` is the minimum seconds between two requests.
    ``safe`` are characters of an identifier that are not escaped in the URL.
    """

    name: str
    kind: str
    pattern: str
    importer: str
    pause: float = 1
    safe: str = ""

    def address(self, identifier: Identifier) -> str:
        """Return the URL of the record of an identifier."""
        return self.pattern.format(quote(identifier.value, safe=self.safe))


SITES = (
    # ``export`` is the host that arXiv asks programs to use.
    Site("arXiv", "arxiv", "https://export.arxiv.org/api/query?max_results=1&id_list={}", "arxiv-atom", pause=3),
    Site("Crossref", "doi", "https://api.crossref.org/works/{}", "crossref-json"),
    Site("DataCite", "doi", "https://api.datacite.org/dois/{}", "datacite-json"),
    Site("OpenReview", "openreview", "https://api2.openreview.net/notes?id={}", "openreview-json"),
    Site("ACL Anthology", "acl", "https://aclanthology.org/{}.bib", "bibtex"),
    Site("PMLR", "pmlr", "https://proceedings.mlr.press/{}.html", "citation-tags", safe="/"),
    Site("CVF", "cvf", "https://openaccess.thecvf.com/{}", "citation-tags", safe="/"),
    Site("NeurIPS", "neurips", "https://proceedings.neurips.cc/{}", "citation-tags", safe="/"),
)
"""The sites in the order of requests. DataCite has DOIs that Crossref does not have."""


def pause_of(host: str) -> float:
    """Return the minimum number of seconds between requests to a host, or 0 if its terms are not known.

    The terms of a site apply to its whole domain: those of arXiv to arxiv.org and to export.arxiv.org.
    """
    # With the leading dots, ``notarxiv.org`` does not end with the domain of arXiv.
    return max((site.pause for site in SITES if f".{host}".endswith(f".{_domain(site)}")), default=0)


def _domain(site: Site) -> str:
    """Return the last two parts of a site's host, such as ``arxiv.org``."""
    return ".".join(urlsplit(site.pattern).netloc.split(".")[-2:])
