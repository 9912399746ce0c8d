"""Measures how well search finds papers, and at what cost: queries made from the entries, run in a browser."""
