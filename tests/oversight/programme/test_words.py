"""Every kind of evidence and every measure whose register has a room is held and counted by just that room."""

from __future__ import annotations

from atvsld.law.programme_reading import load_programmes
from atvsld.registers import proofs


def test_registers_that_stand_prove_and_count_what_the_plan_asks() -> None:
    words = load_programmes().words
    held = {word for word, one in words.evidence.items() if one.register and words.registers[one.register].exists}
    told = {word for word, one in words.measures.items() if one.register and words.registers[one.register].exists}
    assert proofs.provable() == held
    assert proofs.counted() == told
