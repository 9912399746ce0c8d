"""The form for wrong facts: the entry fields that it corrects, and the labels by which its answers are parsed.

The link on a paper's page fills the form with the entry's facts, and ``digest fix-facts`` reads the submitted answers.
"""

FACTS = (
    "title", "authors", "venue", "track", "topics", "keywords", "arxiv", "doi", "openreview", "acl", "links",
    "published", "pages", "publisher", "volume", "awards",
)  # fmt: skip
"""Fields that the form can correct: facts from public records, never the digest's own texts."""

PAGE, RIGHT_FACTS = "Page", "Right facts"
"""The labels of the form's fields for the page and for the corrected facts."""
