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
from generator.model.provenance import FACTS, FACTS_LABEL, PAGE_LABEL
from generator.model.record import Raw
from generator.model.settings import Settings
from generator.text.escape import for_query
from generator.text.maths import to_plain
from generator.text.words import translatable

_MAX_FACTS_LENGTH = 2000  # characters in a URL; code hosts refuse URLs of about 8,000, and each paper's page has one
_OMITTED_FACTS = frozenset(
    {"topics", "keywords"}
)  # the digest chooses them; the form accepts them if a person adds them
# Text that YAML reads unquoted, such as "Ada Reef (Pier Lab)": a letter, then no character with a meaning in YAML.
_PLAIN = re.compile(r"[^\W\d_](?:[\w .,()/-]*[\w.)])?")


class EditLink(NamedTuple):
    """A link to the repository: its text and URL."""

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
        """The links *Edit* and *Report* of a page. A paper's page also has forms about its summary and for its authors.

        A page without a source file (see ``source``) has no link *Edit*. The ``title`` of the page is used only for the
        home page, which has no name in its path.
        """
        if not self._settings.repository:
            return ()
        source = self.source(site_path)
        links = [EditLink(self._say(_edit_text(site_path)), self._edit_address(source))] if source else []
        wrong_facts = self._form_address("wrong-facts.yml", "Wrong facts", site_path, title, self._facts(site_path))
        links.append(EditLink(self._say("Report an error"), wrong_facts))
        if site_path.startswith("papers/"):
            wrong_summary = self._form_address("wrong-summary.yml", "Wrong summary", site_path, title)
            take_down = self._form_address("take-down.yml", "Author request", site_path, title)
            links.append(EditLink(self._say("Report a wrong summary"), wrong_summary))
            links.append(EditLink(self._say("I am the author"), take_down))
        return tuple(links)

    def source(self, site_path: str) -> str:
        """The file in the content folder from which a page is made; '' if no single file is the source."""
        folder, _, rest = site_path.partition("/")
        record_id = rest.partition("/")[0]
        catalog = self._catalog
        match folder:
            case "papers" if record_id in catalog.bulk:
                return f"papers/{catalog.papers[record_id].venue}.jsonl"
            case "papers" if record_id in catalog.papers:
                return f"papers/{catalog.papers[record_id].venue}/{record_id}.yaml"
            case "topics" if record_id in catalog.topics:
                return f"topics/{record_id}.yaml"
            case "collections" if record_id in catalog.collections:
                return f"collections/{record_id}.yaml"
            case "tags" if record_id in catalog.tags:
                return f"tags/{record_id}.yaml"
            case "venues" if record_id in catalog.series:
                return f"venues/{record_id}.yaml"
            case "authors" if record_id in catalog.authors and catalog.authors[record_id].person:
                return f"people/{record_id}.yaml"
            case "institutions" if record_id in catalog.institutions and catalog.institutions[record_id].institution:
                return f"institutions/{record_id}.yaml"
        return f"pages/{site_path}.md" if site_path in catalog.pages else ""

    def _edit_address(self, source: str) -> str:
        # Without the setting, the URL as GitLab and GitHub write it, for the branch main.
        edit_path = self._settings.edit_path or ("-/edit/main/content/" if self._is_gitlab else "edit/main/content/")
        return f"{self._settings.repository}/{edit_path}{source}"

    def _facts(self, site_path: str) -> str:
        """The facts of the paper at ``site_path`` as YAML, as many as fit into a URL; '' for other pages."""
        paper = self._catalog.papers.get(site_path.removeprefix("papers/")) if site_path.startswith("papers/") else None
        if paper is None:
            return ""
        record, lines, free_length = encode(paper), "", _MAX_FACTS_LENGTH
        for field in FACTS:
            if field not in record or field in _OMITTED_FACTS:
                continue
            field_lines = _as_yaml(field, record[field])
            length = len(for_query({"": field_lines}))  # characters in the URL, where many are percent-encoded
            if length <= free_length:
                lines, free_length = lines + field_lines, free_length - length
        return lines

    def _form_address(self, form: str, subject: str, site_path: str, title: str, facts: str = "") -> str:
        """The URL of an issue form, filled in. ``form`` is its file, ``subject`` begins the title of the issue."""
        # GitLab has no forms: its issues have a title and a description in Markdown, which parameters fill.
        if self._is_gitlab:
            address = f"{self._settings.site_url}{site_path}/" if site_path else self._settings.site_url
            issue_title = f"{subject}: {site_path.rpartition('/')[2] or to_plain(title)}"
            text = f"### {PAGE_LABEL}\n\n{address}\n\n### {FACTS_LABEL}\n\n```yaml\n{facts}```\n" if facts else address
            fields = for_query({"issue[title]": issue_title, "issue[description]": text})
            return f"{self._settings.repository}/-/issues/new?{fields}"
        values = {"template": form, "page": f"/{site_path}/" if site_path else "/"}  # the form has its own title
        if facts:
            values["right"] = facts  # the id of the form's field for the facts
        return f"{self._settings.repository}/issues/new?{for_query(values)}"


def _as_yaml(field: str, value: Raw) -> str:
    """A field as YAML: plain words unquoted, other values as JSON, which is valid YAML."""
    if isinstance(value, list):
        return f"{field}:\n" + "".join(f"- {_scalar(item)}\n" for item in value)
    if isinstance(value, dict):
        return f"{field}:\n" + "".join(f"  {name}: {_scalar(item)}\n" for name, item in value.items())
    return f"{field}: {_scalar(value)}\n"


def _scalar(value: Raw) -> str:
    return value if isinstance(value, str) and _PLAIN.fullmatch(value) else json.dumps(value, ensure_ascii=False)


def _edit_text(site_path: str) -> str:
    return translatable("Edit this entry") if site_path.startswith("papers/") else translatable("Edit this page")
