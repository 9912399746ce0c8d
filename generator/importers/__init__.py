"""Foreign text to raw papers, one module a kind of source. No disk, no network."""
