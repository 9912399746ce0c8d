"""Catalogue to the files that stand beside the pages."""
