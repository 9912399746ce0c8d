"""How near papers are to each other, and where that puts them on a map."""
