"""Rules across records. Each rule is a small generator that yields problems of the content."""
