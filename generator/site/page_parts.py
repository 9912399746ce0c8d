"""The values of a page, and the group of pages that differ from it only in their values.

The theme renders one page of a group with placeholders instead of values. The result, a *frame* (`frames.py`), has a
slot for each placeholder. Each page of the group fills the slots with its own values.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

TEXT_FIELDS = ("title", "description", "feed", "card", "data")
"""Fields of front matter whose values are texts. In a frame, each has a slot unless it is empty."""

Group = tuple[object, ...]
"""What pages have in common if a theme renders them alike. Pages of one group differ only in their values."""


class PageParts(NamedTuple):
    """The values of a page.

    ``folder`` is relative to the site ('' is the root), ``canonical_url`` is the absolute address ('' if the site has
    none), ``meta`` is the front matter, ``content`` is the HTML of ``markdown``, and ``first_id`` is the id of the
    first heading.
    """

    folder: str
    canonical_url: str
    meta: Mapping[str, Any]
    markdown: str
    content: str
    first_id: str

    @property
    def url(self) -> str:
        """The address relative to the site."""
        return f"{self.folder}/" if self.folder else ""

    @property
    def group(self) -> Group:
        """The page's group: its section and depth, its kind, and which values are empty."""
        fields = tuple(sorted((name, bool(value)) for name, value in self.meta.items()))
        # The active entry of the navigation and relative addresses depend on section and depth.
        section, _, below_section = self.folder.partition("/")
        depth = below_section.count("/") + bool(below_section)
        non_empty = (bool(self.content), bool(self.canonical_url), bool(self.first_id))
        return (section, depth, self.meta["kind"], fields, non_empty)

    @property
    def has_known_fields(self) -> bool:
        """Whether the front matter has only the fields of generated pages outside the navigation.

        ``Renderer.page`` writes them. A page with ``twin`` has a copy in Markdown.
        """
        meta = self.meta
        are_texts = all(isinstance(meta.get(name, ""), str) for name in (*TEXT_FIELDS, "kind"))
        are_pairs = all(isinstance(pair, list) and len(pair) == 2 for pair in meta.get("tags", ()))
        return are_texts and are_pairs and meta.keys() <= {*TEXT_FIELDS, "kind", "tags", "twin", "can_follow"}

    @property
    def values(self) -> dict[str, str]:
        """The values for the slots of a frame, by the names of the slots. Meta tags are separate."""
        texts = {name: self.meta.get(name, "") for name in TEXT_FIELDS}
        others = {"canonical_url": self.canonical_url, "content": self.content, "first_id": self.first_id}
        return {**texts, **others, "url": self.url}
