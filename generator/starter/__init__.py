"""What a new digest begins with, and what of it the generator keeps up to date."""
