"""The content folder on disk: where things stand, how files become raw mappings, and how entries are saved."""
