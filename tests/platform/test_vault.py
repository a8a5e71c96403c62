"""Sealed data opens only for its purpose and its secret; fingerprints find without telling."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atvsld.platform import vault

NUMBER = "000190012345"


@given(st.text(max_size=40))
def test_what_is_sealed_opens_to_the_same_text(text):
    assert vault.unseal(vault.seal(text, purpose="a"), purpose="a") == text


def test_a_seal_shows_nothing_and_never_repeats():
    first, second = (vault.seal(NUMBER, purpose="worker") for _ in range(2))
    assert first != second
    assert NUMBER not in first


def test_a_seal_does_not_open_for_another_purpose_or_when_changed():
    sealed = vault.seal(NUMBER, purpose="worker")
    for wrong, purpose in (
        (sealed, "victim"),
        (sealed[:-4] + "AAA=", "worker"),
        (NUMBER, "worker"),
        ("v1.%%", "worker"),
        ("v1.", "worker"),
    ):
        with pytest.raises(vault.CannotOpen):
            vault.unseal(wrong, purpose=purpose)


def test_an_older_secret_still_opens_until_it_is_given_up(settings):
    settings.SECRET_KEY = "bi mat cu" * 6
    sealed, print_of_old = vault.seal(NUMBER, purpose="worker"), vault.fingerprint(NUMBER, purpose="worker")
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "bi mat moi" * 6
    assert vault.unseal(sealed, purpose="worker") == NUMBER
    assert vault.fingerprint(NUMBER, purpose="worker") != print_of_old
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(vault.CannotOpen):
        vault.unseal(sealed, purpose="worker")


def test_fingerprints_are_equal_for_equal_numbers_of_one_purpose_only():
    one = vault.fingerprint(NUMBER, purpose="worker")
    assert one == vault.fingerprint(NUMBER, purpose="worker")
    assert len(one) == 64
    assert one != vault.fingerprint(NUMBER, purpose="victim")
    assert one != vault.fingerprint("000190012346", purpose="worker")
    assert vault.fingerprint("", purpose="worker") == ""
