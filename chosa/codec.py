"""Records to and from bytes, for the store: compact JSON, checked against the types when read."""

from __future__ import annotations

from functools import cache
from typing import Any, TypeVar, cast

import msgspec

T = TypeVar("T")

_encoder = msgspec.json.Encoder(order="deterministic")


def encode(record: Any) -> bytes:
    """A frozen dataclass as JSON; the same record gives the same bytes. Half characters (lone surrogates,
    as in file names and damaged documents), which no encoding can carry, become U+FFFD."""
    try:
        return _encoder.encode(record)
    except UnicodeEncodeError:
        return _encoder.encode(_whole(msgspec.to_builtins(record)))


def _whole(value: Any) -> Any:
    """The value with every text made valid."""
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, dict):
        return {_whole(key): _whole(content) for key, content in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_whole(part) for part in value]
    return value


def decode(kind: type[T], content: bytes) -> T:
    """The record; raises msgspec.MsgspecError when the bytes are not one of this type."""
    return cast(T, _decoder(cast(Any, kind)).decode(content))


@cache
def _decoder(kind: Any) -> Any:
    return msgspec.json.Decoder(kind)
