"""Mutations of bytes and of tokens; each a pure function of its dice."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from random import Random

Mutation = Callable[[Random, bytes], bytes]

NUMBER = re.compile(rb"[-+]?\d+(?:\.\d+)?")
PDF_TOKEN = re.compile(rb"/[A-Za-z0-9]+|\d+ \d+ R|[-+]?\d*\.?\d+|<<|>>|\[|\]|\(.*?\)|[A-Za-z*']+|\s+|.", re.S)
TAG = re.compile(rb"<[^>]*>|[^<]+|<", re.S)
ODD_NUMBERS = (
    b"0", b"-1", b"1", b"0.0000001", b"-0", b"65536", b"2147483647", b"-2147483648", b"4294967296", b"1e38",
    b"99999999999999999999", b"-99999999.5", b"NaN", b"inf", b"1.2.3", b"--5", b"100.0", b"0.5",
)  # fmt: skip
ODD_TEXT = tuple(
    text.encode("utf-8", "surrogatepass")
    for text in (
        "％", "%", "「", "」", "（", "n=", "約", "割", "\u200b", "\u202e", "\ufeff", "\u0301", "\ud83d", "𠮷",
        "\0", "\f", "\t", "&#0;", "&amp;", "<", "年", "前回", "vs.", "①", "１", "一",
        "▲", "-", "\n\n", "・", "：", "=",
    )
)  # fmt: skip


def place(dice: Random, data: bytes) -> tuple[int, int]:
    """A stretch of the data, mostly short."""
    start = dice.randrange(len(data) + 1)
    return start, min(len(data), start + int(2 ** dice.uniform(0, 12)))


def bits(dice: Random, data: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(int(2 ** dice.uniform(0, 8))):
        if changed:
            changed[dice.randrange(len(changed))] ^= 1 << dice.randrange(8)
    return bytes(changed)


def deleted(dice: Random, data: bytes) -> bytes:
    start, end = place(dice, data)
    return data[:start] + data[end:]


def doubled(dice: Random, data: bytes) -> bytes:
    start, end = place(dice, data)
    return data[:end] + data[start:end] * dice.choice((1, 1, 1, 5, 50)) + data[end:]


def moved(dice: Random, data: bytes) -> bytes:
    start, end = place(dice, data)
    rest = data[:start] + data[end:]
    at = dice.randrange(len(rest) + 1)
    return rest[:at] + data[start:end] + rest[at:]


def noise(dice: Random, data: bytes) -> bytes:
    start, end = place(dice, data)
    return data[:start] + dice.randbytes(end - start) + data[end:]


def blank(dice: Random, data: bytes) -> bytes:
    start, end = place(dice, data)
    return data[:start] + dice.choice((b"\0", b" ", b"\xff", b"\n")) * (end - start) + data[end:]


def cut(dice: Random, data: bytes) -> bytes:
    return data[: dice.randrange(len(data) + 1)]


def numbers(dice: Random, data: bytes) -> bytes:
    """A few of the numbers become odd ones."""
    share = 2 ** dice.uniform(-10, -2)
    return NUMBER.sub(lambda m: dice.choice(ODD_NUMBERS) if dice.random() < share else m[0], data)


def inserted(dice: Random, data: bytes) -> bytes:
    for _ in range(dice.randrange(1, 20)):
        at = dice.randrange(len(data) + 1)
        data = data[:at] + dice.choice(ODD_TEXT) * dice.choice((1, 1, 2, 300)) + data[at:]
    return data


def of_tokens(pattern: re.Pattern[bytes]) -> Mutation:
    """Tokens are deleted, doubled, exchanged, or replaced by others of the same file."""

    def mutate(dice: Random, data: bytes) -> bytes:
        tokens = pattern.findall(data)
        for _ in range(int(2 ** dice.uniform(0, 6))):
            if tokens:
                change(dice, tokens)
        return b"".join(tokens)

    return mutate


def change(dice: Random, tokens: list[bytes]) -> None:
    """One change in place."""
    a, b = dice.randrange(len(tokens)), dice.randrange(len(tokens))
    what = dice.randrange(5)
    if what == 0:
        tokens[a] = b""
    elif what == 1:
        tokens[a] = tokens[b]
    elif what == 2:
        tokens[a], tokens[b] = tokens[b], tokens[a]
    elif what == 3:
        tokens[a] = tokens[a] * dice.choice((2, 2, 40))
    else:
        tokens[a] = dice.choice(ODD_NUMBERS if tokens[a][:1].isdigit() else ODD_TEXT)


BYTES: tuple[Mutation, ...] = (bits, deleted, doubled, moved, noise, blank, cut)
MARKUP: tuple[Mutation, ...] = (of_tokens(TAG), of_tokens(TAG), numbers, inserted)
OF_KIND: dict[str, tuple[Mutation, ...]] = {
    "pdf": (*BYTES, of_tokens(PDF_TOKEN), of_tokens(PDF_TOKEN), numbers, numbers),
    "html": (*BYTES, *MARKUP),
    "svg": (*BYTES, *MARKUP, numbers),
    "txt": (*BYTES, numbers, inserted, inserted),
}


def mutated(dice: Random, kind: str, data: bytes, others: Sequence[bytes]) -> bytes:
    """One to three mutations after each other; one in ten files is first spliced with another."""
    if others and dice.random() < 0.1:
        other = dice.choice(others)
        data = data[: dice.randrange(len(data) + 1)] + other[dice.randrange(len(other) + 1) :]
    for _ in range(dice.choice((1, 1, 1, 2, 3))):
        data = dice.choice(OF_KIND.get(kind, BYTES))(dice, data)
    return data
