"""How well and how cheaply search finds known papers: queries made from the entries, asked in a browser."""
