"""The form for wrong facts: which fields of an entry it corrects, and the labels by which its answer is read.

The link on a paper's page fills the form with the entry's facts, and ``digest fix-facts`` reads what comes back.
"""

FACTS = (
    "title", "authors", "venue", "track", "topics", "keywords", "arxiv", "doi", "openreview", "acl", "links",
    "published", "pages", "publisher", "volume", "awards",
)  # fmt: skip
"""What may be corrected this way: facts that a public record states, never texts of the digest."""

PAGE, RIGHT_FACTS = "Page", "Right facts"
"""The labels of the form's fields for the page and for the facts as they should be."""
