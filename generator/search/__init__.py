"""Search: records of papers, their words and facets, and the Pagefind index."""
