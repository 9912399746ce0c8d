"""Programs for developers that are no tests: each runs as ``python -m tools.NAME``, mostly through a target of make."""
