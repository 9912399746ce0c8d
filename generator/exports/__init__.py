"""Convert the catalog to files other than pages: data, feeds, citations, cards and redirects."""
