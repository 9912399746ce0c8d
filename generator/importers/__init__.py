"""Read papers from foreign formats, one module per kind of source. No files, no network."""
