"""Catalogue to pages of Markdown, one module a kind of page. No disk."""
