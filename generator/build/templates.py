"""Compiled templates, which serve again as long as a process lives, and what to say of one that is wrong.

A preview renders the same templates at each edit.
"""

from types import CodeType

from jinja2 import BytecodeCache, TemplateError, TemplateSyntaxError
from jinja2.bccache import Bucket


class Compiled(BytecodeCache):
    """Holds the code of templates in memory, for environments that differ in nothing that is compiled in.

    A template whose text has changed is another one.
    """

    def __init__(self) -> None:
        self._held: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill the bucket if its template was compiled before."""
        bucket.code = self._held.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Hold what was compiled now."""
        assert bucket.code
        self._held[bucket.key, bucket.checksum] = bucket.code


def what_is_wrong(error: TemplateError) -> str:
    """What is wrong with a template and where, in words for who maintains the theme."""
    place = f"{error.filename or error.name}:{error.lineno}: " if isinstance(error, TemplateSyntaxError) else ""
    return f"a template of the theme is wrong: {place}{error.message or error}"
