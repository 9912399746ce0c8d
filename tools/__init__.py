"""Programs for developers of the generator. Each runs as ``python -m tools.NAME``, most also as a target of make."""
