"""Catalogue to the files beside the pages."""
