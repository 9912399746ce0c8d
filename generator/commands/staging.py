"""The ground on which a site is built: a folder beside it, in which the files of the site in place are already."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import NamedTuple

from generator.site.carried import Carried, carry
from generator.site.publish import put_by, staging
from generator.site.state import State
from generator.processes import aside


class Ground(NamedTuple):
    """A ``folder`` to build into. ``carried`` waits until it is ready; it raises OSError and Killed.

    If ``spare``, the site that goes out of use with it is put by.
    """

    folder: Path
    carried: Callable[[], Carried]
    spare: bool


@contextmanager
def ground(site: Path, last: State | None = None) -> Iterator[Ground]:
    """Prepare to build a ``site`` of which the ``last`` state is known, meanwhile; without one the folder is empty.

    What is left of the folder in the end serves as the spare one, if it held anything of the last site.
    """
    keeps = last is not None
    folder = staging(site, spare=keeps)
    carried = Carried(folder, last)
    try:
        with aside(partial(carry, site, carried)) as done:

            def ready() -> Carried:
                done()
                return carried

            yield Ground(folder, ready, keeps)
    finally:
        if keeps:
            put_by(folder, site)
        else:
            shutil.rmtree(folder, ignore_errors=True)
