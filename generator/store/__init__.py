"""The content folder on disk: its layout, reading files to raw mappings, and saving entries."""
