"""Measures in a browser how well search finds papers, and what a first search costs."""
