"""Frozen records of the digest: papers, venues, topics, pages, problems and others. Does not access files."""
