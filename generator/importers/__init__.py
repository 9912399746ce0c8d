"""Read papers from other formats and web pages, one module per kind of source. No files, no network."""
