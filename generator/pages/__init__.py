"""Convert the catalog to Markdown pages, one module per kind of page. Nothing here writes files."""
