"""What every ledger that is registered must say rightly, whoever wrote it."""

from __future__ import annotations

from tests.registers.ledgers import stage

from atvsld.law.programme_reading import load_programmes


def every():
    from atvsld.registers.ledgers.ledger import ledgers

    return ledgers()


def test_each_speaks_the_words_of_the_plan_and_its_register_has_this_room():
    words = load_programmes().words
    for ledger in every():
        assert words.evidence[ledger.word].register == ledger.register, ledger.word
        room = ledger.model.__module__.split(".")[2]
        assert words.registers[ledger.register].room == f"casework/{room}", ledger.word


def test_each_names_fields_that_are_there_and_filters_what_figures_ask_for():
    for ledger in every():
        for name in (*ledger.fields, *ledger.filters, ledger.day, ledger.name, *filter(None, [ledger.until])):
            assert ledger.field(name), name
        for name in (*ledger.columns, *ledger.optional):
            assert name == "owner" or ledger.field(name), name
        assert {ledger.name} <= set(ledger.columns), ledger.word
        assert len(set(ledger.fields)) == len(ledger.fields), ledger.word


def test_no_two_have_one_address():
    held = [(ledger.app, ledger.slug) for ledger in every()]
    assert len(set(held)) == len(held) > 3


def test_each_draws_its_form_its_list_and_its_template(db, client):
    """For somebody who may write it: every control, column, filter and cell can be made."""
    from atvsld.platform.imports import targets
    from atvsld.platform.imports.template import template_workbook
    from atvsld.registers.ledgers.intake import slug_of

    scene = stage.build()
    client.force_login(stage.person("y.te", "plan_officer", body=scene.health))
    for ledger in every():
        assert client.get(ledger.address("new")).status_code == 200, ledger.word
        query = dict.fromkeys(ledger.filters, "") | {"cot": [*ledger.columns, *ledger.optional, "withdrawn_why"]}
        assert client.get(ledger.address(), query).status_code == 200, ledger.word
        assert client.get(ledger.address(), {"xuat": "xlsx"}).status_code == 200, ledger.word
        if ledger.imported:
            assert template_workbook(targets.get(slug_of(ledger))), ledger.word
