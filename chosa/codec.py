"""Records to and from bytes, for the store: compact JSON, checked against the types when read."""

from __future__ import annotations

from functools import cache
from typing import Any, TypeVar, cast

import msgspec

T = TypeVar("T")

_encoder = msgspec.json.Encoder()


def encode(record: Any) -> bytes:
    """A frozen dataclass as JSON."""
    return _encoder.encode(record)


def decode(kind: type[T], content: bytes) -> T:
    """The record; raises msgspec.MsgspecError when the bytes are not one of this type."""
    return cast(T, _decoder(cast(Any, kind)).decode(content))


@cache
def _decoder(kind: Any) -> Any:
    return msgspec.json.Decoder(kind)
