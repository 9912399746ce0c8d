"""From str to str: encoders, slugs, names, maths. Knows no papers and no files."""
