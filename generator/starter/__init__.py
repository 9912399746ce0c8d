"""The files of a new digest, and those among them that the generator keeps up to date."""
