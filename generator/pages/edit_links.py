"""Links to edit a page or to report an error: its file in the repository, and issue forms for the page.

The forms are in ``.github/ISSUE_TEMPLATE``; a query parameter fills the field with its id:
https://docs.github.com/issues/tracking-your-work-with-issues/using-issues/creating-an-issue
"""

import json
import re
from typing import NamedTuple
from urllib.parse import urlsplit

from generator.codec.decode import encode
from generator.model.catalog import Catalog
from generator.model.provenance import FACTS, PAGE, RIGHT_FACTS
from generator.model.record import Raw
from generator.model.settings import Settings
from generator.text.escape import for_query
from generator.text.maths import to_plain
from generator.text.words import translatable

_MAX_ADDRESS = 2000  # characters of a URL with facts; code hosts refuse 8,000 or so, and every page contains it
_LEFT_OUT = frozenset({"topics", "keywords"})  # not facts; the form accepts them if a person adds them
_PLAIN = re.compile(r"[^\W\d_](?:[\w .,()/-]*[\w.)])?")  # text that YAML reads unquoted, in any position


class EditLink(NamedTuple):
    """A link into the repository."""

    text: str
    address: str


class EditLinks:
    """The edit links of one digest; none if the settings have no repository."""

    def __init__(self, catalog: Catalog, settings: Settings) -> None:
        self._catalog, self._settings = catalog, settings

    def _say(self, text: str) -> str:
        return self._settings.words.say(text)

    @property
    def _is_gitlab(self) -> bool:
        return "gitlab" in (urlsplit(self._settings.repository).hostname or "")

    def links(self, site_path: str, title: str) -> tuple[EditLink, ...]:
        """The links *Edit* and *Report* of a page; that of a paper has forms for text and authors too.

        They depend on both arguments, the settings and the page's ``source``.
        """
        if not self._settings.repository:
            return ()
        source = self.source(site_path)
        edit = (EditLink(self._say(_edit_name(site_path)), self._edit(source)),) if source else ()
        facts = self._facts(site_path)
        report = (
            EditLink(
                self._say("Report an error"), self._form("wrong-facts.yml", "Wrong facts", site_path, title, facts)
            ),
        )
        if not site_path.startswith("papers/"):
            return (*edit, *report)
        return (
            *edit,
            *report,
            EditLink(
                self._say("Report a wrong summary"),
                self._form("wrong-summary.yml", "Wrong summary", site_path, title),
            ),
            EditLink(self._say("I am the author"), self._form("take-down.yml", "Author request", site_path, title)),
        )

    def source(self, site_path: str) -> str:
        """The file in the content folder from which a page is made; '' if there are several."""
        folder, _, rest = site_path.partition("/")
        name = rest.partition("/")[0]
        catalog = self._catalog
        match folder:
            case "papers" if name in catalog.bulk:
                return f"papers/{catalog.papers[name].venue}.jsonl"
            case "papers" if name in catalog.papers:
                return f"papers/{catalog.papers[name].venue}/{name}.yaml"
            case "topics" if name in catalog.topics:
                return f"topics/{name}.yaml"
            case "collections" if name in catalog.collections:
                return f"collections/{name}.yaml"
            case "tags" if name in catalog.tags:
                return f"tags/{name}.yaml"
            case "venues" if name in catalog.series:
                return f"venues/{name}.yaml"
            case "authors" if name in catalog.authors and catalog.authors[name].person:
                return f"people/{name}.yaml"
            case "institutions" if name in catalog.institutions and catalog.institutions[name].institution:
                return f"institutions/{name}.yaml"
        return f"pages/{site_path}.md" if site_path in catalog.pages else ""

    def _edit(self, source: str) -> str:
        # Without the setting, the address as GitLab and GitHub write it, for the branch main.
        inside = self._settings.edit_path or ("-/edit/main/content/" if self._is_gitlab else "edit/main/content/")
        return f"{self._settings.repository}/{inside}{source}"

    def _facts(self, site_path: str) -> str:
        """The facts of the paper at ``site_path`` in the form's format, as many as fit into a URL; else ''."""
        paper = self._catalog.papers.get(site_path.removeprefix("papers/")) if site_path.startswith("papers/") else None
        if paper is None:
            return ""
        record, lines, room = encode(paper), "", _MAX_ADDRESS
        for field in FACTS:
            if field in _LEFT_OUT:
                continue
            added = _as_yaml(field, record[field]) if field in record else ""
            length = len(for_query({"": added}))
            if length <= room:
                lines, room = lines + added, room - length
        return lines

    def _form(self, form: str, subject: str, site_path: str, title: str, facts: str = "") -> str:
        # GitLab has no forms: its issues are templates of Markdown, in which parameters fill title and description.
        if self._is_gitlab:
            address = f"{self._settings.site_url}{site_path}/" if site_path else self._settings.site_url
            name = f"{subject}: {site_path.rpartition('/')[2] or to_plain(title)}"
            text = f"### {PAGE}\n\n{address}\n\n### {RIGHT_FACTS}\n\n```yaml\n{facts}```\n" if facts else address
            fields = for_query({"issue[title]": name, "issue[description]": text})
            return f"{self._settings.repository}/-/issues/new?{fields}"
        values = {"template": form, "page": f"/{site_path}/" if site_path else "/"}  # forms have their own title
        return f"{self._settings.repository}/issues/new?{for_query({**values, **({'right': facts} if facts else {})})}"


def _as_yaml(field: str, value: Raw) -> str:
    """A field as YAML: plain words unquoted, other values as JSON, which is valid YAML."""
    if isinstance(value, list):
        return f"{field}:\n" + "".join(f"- {_scalar(item)}\n" for item in value)
    if isinstance(value, dict):
        return f"{field}:\n" + "".join(f"  {name}: {_scalar(item)}\n" for name, item in value.items())
    return f"{field}: {_scalar(value)}\n"


def _scalar(value: Raw) -> str:
    return value if isinstance(value, str) and _PLAIN.fullmatch(value) else json.dumps(value, ensure_ascii=False)


def _edit_name(site_path: str) -> str:
    return translatable("Edit this entry") if site_path.startswith("papers/") else translatable("Edit this page")
