"""The form of a ledger, made from the model's fields: one control for each kind of field."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, BooleanField, DateField, Field, ForeignKey, TextField, URLField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from atvsld.platform.access.actor import Actor
from atvsld.platform.files.kinds import HANDED_IN, labels
from atvsld.platform.ui.form_fields import AmountField, DayField, TriStateField
from atvsld.platform.ui.pickers import Picker, PickerChecks, PickerField, PickersField
from atvsld.registers.establishments import facade as establishments
from atvsld.registers.establishments import tax_codes
from atvsld.registers.establishments.models import Establishment
from atvsld.registers.ledgers import values
from atvsld.registers.ledgers.ledger import Ledger
from atvsld.registers.ledgers.listing import choices_of
from atvsld.registers.ledgers.models import LedgerRecord
from atvsld.registers.ledgers.reach import Owner

# Lists longer than this can be typed into.
_LONG = 12
# Text that may be longer than this gets a line of its own.
_LINE = 120
OWNER = "owner"


class EstablishmentField(forms.CharField):
    """An establishment by its tax code, among those the person may see; cleaned to its primary key."""

    def __init__(self, *, actor: Actor, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", gettext_lazy("Ghi mã số thuế của cơ sở."))
        super().__init__(max_length=20, **kwargs)
        self._actor = actor

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, int):
            return value
        return Establishment.objects.filter(pk=value).values_list("tax_code", flat=True).first()

    def clean(self, value: Any) -> Any:
        code = tax_codes.normalise(super().clean(value))
        if not code:
            return None
        found = establishments.visible(self._actor).filter(tax_code=code).values_list("pk", flat=True).first()
        if found is None:
            raise forms.ValidationError(_("Không có cơ sở nào mang mã số thuế này trong phạm vi của bạn."))
        return found


class LedgerForm(forms.Form):
    """The fields of a ledger. `owners` are asked for when there are several."""

    def __init__(
        self, *args: Any, ledger: Ledger[Any], actor: Actor, today: date, owners: list[Owner] | None = None,
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self._ledger, self._owners = ledger, {owner.key: owner for owner in owners or ()}
        if len(self._owners) > 1:
            choices = [("", "–"), *((key, owner.label) for key, owner in self._owners.items())]
            self.fields[OWNER] = PickerField(label=_("Ghi cho"), choices=choices)
        for name in ledger.fields:
            self.fields[name] = form_field(ledger, name, actor, today)

    @property
    def groups(self) -> list[dict[str, Any]]:
        """Headings, notes and the bound fields under each, every field with the room it takes."""
        found: list[dict[str, Any]] = [
            {
                "title": group.title,
                "note": group.note,
                "fields": [(self[name], self._room(name)) for name in group.fields],
            }
            for group in self._ledger.groups
        ]
        if OWNER in self.fields:
            found[0]["fields"].insert(0, (self[OWNER], "wide"))
        return found

    def _room(self, name: str) -> str:
        """`wide` for what needs a whole line: long text and lists to tick."""
        field = self.fields[name]
        long = isinstance(field.widget, forms.Textarea | forms.CheckboxSelectMultiple)
        return "wide" if long or (getattr(field, "max_length", None) or 0) > _LINE else ""

    @property
    def owner(self) -> Owner | None:
        """Whose record it is to be. Call on a valid form; None when the person writes for nobody."""
        if OWNER in self.fields:
            return self._owners[self.cleaned_data[OWNER]]
        return next(iter(self._owners.values()), None)

    @property
    def given(self) -> dict[str, Any]:
        """What the form says, by field. Call on a valid form."""
        return {name: self.cleaned_data[name] for name in self._ledger.fields}


def initial(ledger: Ledger[Any], record: LedgerRecord) -> dict[str, Any]:
    """What the form of a record starts from."""
    return values.stated(ledger, record)


def form_field(ledger: Ledger[Any], name: str, actor: Actor, today: date) -> forms.Field:  # noqa: PLR0911
    """The control for a field of the model."""
    field = ledger.field(name)
    shared: dict[str, Any] = {
        "label": values.label(field), "help_text": field.help_text, "required": not field.blank,
    }  # fmt: skip
    known = choices_of(ledger, name, actor, today)
    if isinstance(field, ArrayField):
        long = len(known) > _LONG
        return PickersField(choices=known, widget=PickerChecks if long else forms.CheckboxSelectMultiple, **shared)
    # Those of the ledger may be none for this person: then there is nothing to choose.
    if known or name in ledger.choices:
        return _one_of(field, known, shared)
    if isinstance(field, ForeignKey):
        return _reference(field, actor, shared)
    match field:
        case BooleanField():
            # A box left empty says no; "unknown" needs its own answer.
            return TriStateField(**_without(shared, "required")) if field.null else forms.BooleanField(
                **(shared | {"required": False})
            )  # fmt: skip
        case BigIntegerField():
            return AmountField(**shared)
        case DateField():
            return DayField(**shared)
        case TextField():
            return forms.CharField(max_length=20_000, widget=forms.Textarea(attrs={"rows": 4}), **shared)
    if isinstance(field, URLField):
        shared["assume_scheme"] = "https"
    made = field.formfield(**shared)
    assert made is not None
    return made


def _one_of(field: Field[Any, Any], known: list[tuple[Any, Any]], shared: dict[str, Any]) -> forms.Field:
    choices = [("", "–"), *known]
    whole = isinstance(field, ForeignKey) or any(isinstance(value, int) for value, _label in known)
    empty = None if field.null else ""
    return forms.TypedChoiceField(
        choices=choices, coerce=int if whole else str, empty_value=empty,
        widget=Picker if len(known) > _LONG else forms.Select, **shared,
    )  # fmt: skip


def _reference(field: ForeignKey[Any, Any], actor: Actor, shared: dict[str, Any]) -> forms.Field:
    if field.related_model is Establishment:
        return EstablishmentField(actor=actor, **{k: v for k, v in shared.items() if k != "help_text" or v})
    raise TypeError(f"{field} needs choices: state them in the ledger")


def _without(shared: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in shared.items() if name not in names}


class WithdrawForm(forms.Form):
    """Why a record no longer counts."""

    why = forms.CharField(
        label=gettext_lazy("Lý do bỏ"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Hồ sơ vẫn còn trong nhật ký, nhưng không được đếm và không làm bằng chứng nữa."),
    )  # fmt: skip


class FileForm(forms.Form):
    """A file to lay beside a record."""

    file = forms.FileField(
        label=gettext_lazy("Tệp"),
        help_text=gettext_lazy("Nhận: %(kinds)s; tối đa 20 MB.") % {"kinds": labels(HANDED_IN)},
    )
