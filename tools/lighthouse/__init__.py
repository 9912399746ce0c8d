"""Scores the pages of a built site with Lighthouse, as on a phone or a desktop."""
