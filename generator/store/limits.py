"""How much one file may hold. A pull request can bring any size, and what is not read takes neither memory nor time.

An entry's own limit stands in ``yaml_file``; how many faults of a file are listed stands in ``model/problem.py``.
"""

BULK_MOST = 100 * 1024 * 1024
"""Bytes of a JSON Lines file; hosts of repositories take no larger file."""
ROWS_MOST = 200_000
"""Lines of a JSON Lines file that are read."""
FAULTY_ROWS_MOST = 5_000
"""Faulty lines of a JSON Lines file after which the rest of it is not read."""
PAGE_MOST = 128 * 1024
"""Bytes of a page that is written by hand."""
OPEN_MOST = 500
"""Brackets of a kind that a page by hand opens and never closes: Python-Markdown looks to the end for each."""
FILE_MOST = 10 * 1024 * 1024
"""Bytes of a file beside pages that are written by hand, such as an image."""
PERMALINKS_MOST = 16 * 1024 * 1024
"""Bytes of ``permalinks.txt``: some 400,000 addresses."""
SETTINGS_MOST = 1024 * 1024
"""Bytes of ``mkdocs.yml`` and of a file of a language."""
DEEPEST = 8
"""Folders within each other; an entry stands in the third."""
