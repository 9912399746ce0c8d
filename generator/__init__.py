"""The generator of a curated paper digest: raw sources to entries, entries to pages, pages to a site.

Each package belongs to a layer and imports only from lower layers: cli (5), commands (4), store, importers, rules,
pages, exports and others (3), codec (2), model and text (1). See docs/architecture.md.
"""

__version__ = "1.0.0"
