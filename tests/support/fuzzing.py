"""How many tries a property gets: a quick sample in the suite, many times as many with ``make fuzz``."""

import os

from hypothesis import settings

_TIMES = int(os.environ.get("DIGEST_FUZZ", "1"))


def tries(most: int) -> settings:
    """Settings with ``most`` examples in the suite and no limit on the time of one."""
    return settings(max_examples=most * _TIMES, deadline=None)
