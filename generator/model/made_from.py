"""What something is made from, as bytes: equal bytes, equal things."""

from types import FunctionType, MappingProxyType
from typing import Any

import msgspec


def as_bytes(value: object) -> bytes:
    """``value``, made of records, tuples, mappings, texts, numbers and days, as bytes that tell all of it.

    Two values that only differ in order of a mapping or in kind (a tuple, a list) may have other bytes or the same.
    Raises TypeError for what is none of these.
    """
    return _ENCODER.encode(value)


def _plain(value: Any) -> Any:
    if isinstance(value, MappingProxyType):
        return dict(value)
    if isinstance(value, FunctionType):  # of a language, which the value tells too
        return value.__qualname__
    raise TypeError(f"{type(value).__name__} is no plain value")


_ENCODER = msgspec.msgpack.Encoder(enc_hook=_plain)
