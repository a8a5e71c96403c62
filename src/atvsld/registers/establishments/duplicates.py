"""Which establishments may be one and the same: likeness of name, address, telephone and tax code, with reasons.

Pure: rows in, scored pairs out. A score is a sum of points for and against; from `THRESHOLD` a pair is shown to a
person, who alone decides. Two tax codes of one stem are a unit and its branch, never a duplicate.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from atvsld.kit.text import fold

THRESHOLD = 6.0
# A key shared by more rows than this tells nothing and would cost much.
LARGEST_BLOCK = 60
_LEGAL = (
    (r"\btrach nhiem huu han\b", "tnhh"),
    (r"\b(?:mot|1) thanh vien\b|\bmtv\b", " "),
    (r"\bctcp\b|\bcty cp\b", "cong ty cp"),
    (r"\bco phan\b", "cp"),
    (r"\bdoanh nghiep tu nhan\b", "dntn"),
    (r"\bhop tac xa\b", "htx"),
    (r"\bho kinh doanh\b", "hkd"),
    (r"\bchi nhanh\b", "cn"),
    (r"\bcong ty\b|\bcty\b|\bc ty\b", " "),
)
_FORMS = frozenset({"tnhh", "cp", "dntn", "htx", "hkd"})
_SHORT = (
    (r"\bthuong mai\b", "tm"),
    (r"\bdich vu\b", "dv"),
    (r"\btmdv\b", "tm dv"),
    (r"\bxay dung\b", "xd"),
    (r"\bdau tu\b", "dt"),
    (r"\bsan xuat\b", "sx"),
    (r"\bxuat nhap khau\b", "xnk"),
    (r"\bviet nam\b", "vn"),
    (r"\bva\b", " "),
)
_STREET_WORDS = frozenset({"so", "duong", "pho", "d", "p", "thon", "to", "ap", "khoi", "kp", "dt"})
_PLAIN = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class Subject:
    """What is compared of one establishment. `place` is the unit of today on its ground."""

    pk: int
    tax_code: str
    name: str
    address: str
    phone: str
    place: int

    @cached_property
    def words(self) -> str:
        text = f" {_PLAIN.sub(' ', fold(self.name))} "
        for pattern, short in (*_LEGAL, *_SHORT):
            text = re.sub(pattern, short, text)
        return text

    @cached_property
    def core(self) -> tuple[str, ...]:
        """The words of the name without its legal form."""
        return tuple(word for word in self.words.split() if word not in _FORMS and word != "cn")

    @cached_property
    def forms(self) -> frozenset[str]:
        return frozenset(self.words.split()) & _FORMS

    @cached_property
    def is_branch(self) -> bool:
        return " cn " in self.words

    @cached_property
    def numbers(self) -> frozenset[str]:
        return frozenset(word for word in self.core if word.isdigit())

    @cached_property
    def trigrams(self) -> frozenset[str]:
        return _trigrams(" ".join(self.core))

    @cached_property
    def house(self) -> str:
        """The house number: the first word with a digit of the first part of the address."""
        return next((word for word in self._street_part if any(map(str.isdigit, word))), "")

    @cached_property
    def street(self) -> frozenset[str]:
        return _trigrams(" ".join(word for word in self._street_part if not any(map(str.isdigit, word))))

    @cached_property
    def _street_part(self) -> tuple[str, ...]:
        """The words up to the first comma behind which a street has been named."""
        words: list[str] = []
        for part in re.split(r"[,;]", self.address):
            words += [word for word in _PLAIN.sub(" ", fold(part)).split() if word not in _STREET_WORDS]
            if any(word.isalpha() for word in words):
                break
        return tuple(words)

    @cached_property
    def digits(self) -> str:
        """The last nine digits of the telephone; empty when there are fewer."""
        found = re.sub(r"\D", "", self.phone)
        return found[-9:] if len(found) >= 9 else ""


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two establishments and what speaks for and against their being one. `reasons` are codes with points."""

    first: int
    second: int
    score: float
    reasons: tuple[tuple[str, float], ...]


def find(subjects: Iterable[Subject], *, least: float = THRESHOLD) -> list[Likeness]:
    """Pairs that score at least `least`, the likeliest first; each pair once, the lower key first."""
    held = {subject.pk: subject for subject in subjects}
    found = []
    for first, second in _candidates(list(held.values())):
        likeness = compare(held[first], held[second])
        if likeness.score >= least:
            found.append(likeness)
    return sorted(found, key=lambda item: (-item.score, item.first, item.second))


def compare(left: Subject, right: Subject) -> Likeness:
    """The points of one pair."""
    reasons = [reason for reason in _points(left, right) if reason[1]]
    first, second = sorted((left.pk, right.pk))
    return Likeness(first, second, round(sum(points for _code, points in reasons), 2), tuple(reasons))


def _points(left: Subject, right: Subject) -> Iterator[tuple[str, float]]:
    near = nearly_equal(left.tax_code, right.tax_code)
    yield "name", _name_points(left, right, near=near)
    if near:
        yield "tax_code_near", 3.0
    elif len(left.tax_code) != 12 and left.tax_code[:10] == right.tax_code[:10]:
        yield "tax_code_same_enterprise", -6.0
    if left.numbers != right.numbers:
        yield "numbers_differ", -6.0
    if left.is_branch != right.is_branch:
        yield "branch", -5.0
    if left.forms and right.forms and left.forms != right.forms:
        yield "legal_form_differs", -1.5
    if left.digits and right.digits:
        yield ("phone", 3.0) if left.digits == right.digits else ("phone_differs", -1.0)
    yield _address_points(left, right)
    yield ("place", 1.0) if left.place == right.place else ("place_differs", -2.0)


def _name_points(left: Subject, right: Subject, *, near: bool) -> float:
    """Below two thirds the names speak of two firms, whatever else agrees, unless the tax codes are a slip apart."""
    if left.core and left.core == right.core:
        return 5.0
    likeness = _dice(left.trigrams, right.trigrams)
    if likeness >= 0.5 and _one_slip("".join(left.core), "".join(right.core)):
        return 3.0
    for least, points in ((0.88, 3.0), (0.78, 2.0), (0.68, 1.0)):
        if likeness >= least:
            return points
    return 0.0 if near and likeness >= 0.5 else -6.0


def _one_slip(left: str, right: str) -> bool:
    """Equal but for one letter lost, added, changed or exchanged with its neighbour."""
    if left == right:
        return True
    if abs(len(left) - len(right)) > 1 or min(len(left), len(right)) < 8:
        return False
    start = next((at for at, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), min(len(left), len(right)))
    one, two = left[start:], right[start:]
    exchanged = len(one) > 1 and len(two) > 1 and one[:2] == two[1::-1] and one[2:] == two[2:]
    return one[1:] == two[1:] or one[1:] == two or one == two[1:] or exchanged


def _address_points(left: Subject, right: Subject) -> tuple[str, float]:
    if not left.street or not right.street:
        return "address", 0.0
    if _dice(left.street, right.street) < 0.7:
        return "address_differs", -2.0
    if left.house and right.house and left.house != right.house:
        return "house_differs", -1.0
    return "address", 3.0 if left.house and right.house else 1.5


def _candidates(subjects: list[Subject]) -> set[tuple[int, int]]:
    """Pairs that share a key: telephone, nearly the tax code, two words of the name in one place, house and street."""
    blocks: dict[object, list[int]] = defaultdict(list)
    common = _common_words(subjects)
    for subject in subjects:
        for key in _keys(subject, common):
            blocks[key].append(subject.pk)
    found: set[tuple[int, int]] = set()
    for members in blocks.values():
        if 1 < len(members) <= LARGEST_BLOCK:
            found.update(combinations(sorted(set(members)), 2))
    return found


def _keys(subject: Subject, common: dict[str, int]) -> Iterator[object]:
    if subject.digits:
        yield "phone", subject.digits
    for position in range(len(subject.tax_code)):
        yield "tax", len(subject.tax_code), subject.tax_code[:position] + subject.tax_code[position + 1 :]
    if subject.house:
        yield "address", subject.place, subject.house
    words = sorted(set(subject.core), key=lambda word: (common.get(word, 0), word))
    for word in words[:3]:
        yield "word", subject.place, word
    for pair in combinations(words[:3], 2):
        yield "words", pair


def _common_words(subjects: list[Subject]) -> dict[str, int]:
    found: dict[str, int] = defaultdict(int)
    for subject in subjects:
        for word in set(subject.core):
            found[word] += 1
    return found


def nearly_equal(left: str, right: str) -> bool:
    """Whether two codes of one length differ by one digit or by two neighbouring digits exchanged."""
    if len(left) != len(right) or left == right:
        return False
    differing = [place for place, (a, b) in enumerate(zip(left, right, strict=True)) if a != b]
    if len(differing) == 1:
        return len(left) != 13 or differing[0] < 10  # the last three digits number the branches of one enterprise
    if len(differing) != 2:
        return False
    one, two = differing
    return two == one + 1 and left[one] == right[two] and left[two] == right[one]


def _trigrams(text: str) -> frozenset[str]:
    padded = f"  {text} " if text else ""
    return frozenset(padded[place : place + 3] for place in range(max(0, len(padded) - 2)))


def _dice(left: frozenset[str], right: frozenset[str]) -> float:
    return 2 * len(left & right) / (len(left) + len(right)) if left and right else 0.0
