"""Size limits of files. A pull request can bring any size, and what is not read costs neither memory nor time.

``yaml_file`` has the limit of an entry, ``model/problem.py`` the number of problems that are listed for a file.
"""

BULK_MOST = 100 * 1024 * 1024
"""Bytes of a JSON Lines file; Git hosts accept no larger file."""
ROWS_MOST = 200_000
"""Lines of a JSON Lines file that are read."""
FAULTY_ROWS_MOST = 5_000
"""Faulty lines of a JSON Lines file after which the rest of it is not read."""
PAGE_MOST = 128 * 1024
"""Bytes of a hand-written page."""
OPEN_MOST = 500
"""Brackets of a kind that a hand-written page may leave open: Python-Markdown scans to the end for each."""
FILE_MOST = 10 * 1024 * 1024
"""Bytes of a file beside hand-written pages, such as an image."""
PAGE_LINES_MOST = 5_000
"""Lines of a hand-written page: Python-Markdown compares each block with those around it."""
ABBREVIATIONS_MOST = 200
"""Abbreviations that a hand-written page defines: Python-Markdown looks for each of them in every text."""
PAGES_MOST = 64 * 1024 * 1024
"""Bytes of all hand-written pages and the files beside them, which are in memory together."""
PERMALINKS_MOST = 16 * 1024 * 1024
"""Bytes of ``permalinks.txt``: some 400,000 addresses."""
SETTINGS_MOST = 1024 * 1024
"""Bytes of ``mkdocs.yml`` and of a language file."""
DEEPEST = 8
"""Nested folders; an entry is in the second one, ``papers/EDITION/``."""
