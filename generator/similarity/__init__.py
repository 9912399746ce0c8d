"""Similarity of papers, and their positions on a map."""
