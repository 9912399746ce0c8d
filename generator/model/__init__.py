"""Frozen records of the digest: what a paper, a venue, a topic, a page and a problem are. Knows no files."""
