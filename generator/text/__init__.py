"""Functions on text: encoders, slugs, names, maths. They access neither papers nor files."""
