"""Convert the catalogue to Markdown pages, one module per kind of page. No files."""
