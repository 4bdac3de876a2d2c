"""What an attacker repeats takes time that grows with its length, not with its square."""

import time

import pytest

from moderation import Registers, Roll, check_text
from moderation.analysis.names.keyed import RollFilter
from moderation.registers import KeyedRoll

KEY = bytes(range(32))
ROLL = Roll.from_csv(
    "reference,forename,surname,class\nP-1,Zebedee,Quillfeather,4B\nP-2,Jun,Li,3A\n"
)
REGISTERS = {
    "none": Registers(),
    "roll": Registers(roll=ROLL),
    "keyed": Registers(keyed=KeyedRoll(RollFilter.of(ROLL, KEY).to_bytes(), KEY)),
}
PIECES = ("a", "1", "1-", "f.", "Z.", "a@", "aa.bb@", "Li, Jun, ", "Zebedee, ", "FuckZeb", "<!--")
SMALL, GROWTH = 4_000, 4
LIMIT = 2.5 * GROWTH
NOISE = 0.15
"""Seconds that a shared machine may add to a measurement."""


def _seconds(piece: str, size: int, registers: Registers) -> float:
    text = (piece * (size // len(piece) + 1))[:size]
    start = time.process_time()
    check_text(text, families=["people"], registers=registers)
    return time.process_time() - start


@pytest.mark.parametrize("registers", REGISTERS)
@pytest.mark.parametrize("piece", PIECES)
def test_time_grows_with_the_length_of_a_hostile_text(piece: str, registers: str) -> None:
    _seconds("warm up ", 100, REGISTERS[registers])
    small, large = (
        min(_seconds(piece, size + turn, REGISTERS[registers]) for turn in range(3))
        for size in (SMALL, SMALL * GROWTH)
    )
    assert large < small * LIMIT + NOISE
