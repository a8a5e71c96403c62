"""Every sentence of the product has its English, with the same blanks."""

from __future__ import annotations

import re

from tools import messages

BLANK = re.compile(r"%\(\w+\)[sd]|%%|\{\w+\}")


def test_every_sentence_in_use_has_an_english_one():
    lacking = messages.missing(messages.collected())
    assert not lacking, lacking[:20]


def test_translations_keep_the_blanks_of_their_sentence():
    for entry in messages.read(messages.ENGLISH):
        if not entry.id:
            continue
        sentences = (entry.id,) if isinstance(entry.id, str) else entry.id
        translated = (entry.string,) if isinstance(entry.string, str) else entry.string
        for words in translated:
            assert sorted(BLANK.findall(words)) == sorted(BLANK.findall(sentences[-1])), entry.id


def test_the_catalogue_holds_nothing_that_is_no_longer_said():
    in_use = {message if isinstance(message, str) else message[0] for _place, message, _context in messages.found()}
    kept = {entry.id if isinstance(entry.id, str) else entry.id[0] for entry in messages.read(messages.ENGLISH)}
    assert kept - in_use - {""} == set()
