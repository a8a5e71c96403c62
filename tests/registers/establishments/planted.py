"""A register with planted duplicates and with neighbours that only look like them. Everything is invented."""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random

from stdnum.vn import mst

from atvsld.kit.text import fold
from atvsld.registers.establishments.duplicates import Subject

FORMS = ["Công ty TNHH", "Công ty TNHH Một thành viên", "Công ty Cổ phần", "Doanh nghiệp tư nhân", "Hợp tác xã"]
ABBREVIATED = {
    "Công ty TNHH": ["Cty TNHH", "CÔNG TY TRÁCH NHIỆM HỮU HẠN"],
    "Công ty TNHH Một thành viên": ["Công ty TNHH MTV", "Cty TNHH MTV", "Công ty TNHH 1 thành viên"],
    "Công ty Cổ phần": ["CTCP", "Công ty CP", "Cty Cổ phần"],
    "Doanh nghiệp tư nhân": ["DNTN"],
    "Hợp tác xã": ["HTX"],
}
LINES = [
    "Xây dựng", "Thương mại và Dịch vụ", "May mặc", "Cơ khí", "Vận tải", "Thủy sản", "Nội thất", "Đầu tư xây dựng",
    "Bê tông", "Khai thác đá", "Khách sạn", "Công nghệ", "Sản xuất bao bì", "Xuất nhập khẩu", "Môi trường", "Điện tử",
]  # fmt: skip
FIRST = [
    "An", "Bình", "Hưng", "Phú", "Đại", "Tân", "Thành", "Minh", "Hải", "Kim", "Long", "Nam", "Quang", "Sơn", "Trường",
    "Việt", "Hoàng", "Thiên", "Đông", "Ngọc", "Gia", "Khánh", "Vạn", "Toàn",
]  # fmt: skip
SECOND = [
    "Phát", "Thịnh", "Lộc", "Tiến", "Phong", "Cường", "Đạt", "Vinh", "Lợi", "Hòa", "Khang", "Nguyên", "Thắng", "Dũng",
    "Châu", "Giang", "Anh", "Đức", "Tài", "Vượng", "Hà", "Linh", "Tâm", "Trí", "Bảo", "Công",
]  # fmt: skip
STREETS = [
    f"{one} {two}"
    for one in ("Trần", "Lê", "Nguyễn", "Phan", "Hoàng", "Võ", "Đặng", "Bùi")
    for two in ("Phú", "Lợi", "Huệ", "Hưng Đạo", "Văn Linh", "Thị Minh", "Quang", "Cừ", "Tất Thành")
]
SHORTER = {
    "Thương mại và Dịch vụ": "TM & DV",
    "Đầu tư xây dựng": "ĐT XD",
    "Xây dựng": "XD",
    "Xuất nhập khẩu": "XNK",
    "Sản xuất": "SX",
}
COMMUNES = 94


@dataclass
class Planted:
    """The rows, and the pairs that are one establishment."""

    subjects: list[Subject]
    pairs: set[tuple[int, int]]


def build(seed: int, *, base: int, duplicates: int) -> Planted:
    """`base` different establishments, the trap neighbours among them, then `duplicates` of some of them."""
    chance = Random(seed)
    maker = _Maker(chance)
    subjects: list[Subject] = []
    while len(subjects) < base:
        subjects.append(maker.firm())
        trap = chance.random()
        if trap < 0.04:
            subjects.append(maker.branch(subjects[-1]))
        elif trap < 0.07:
            subjects.append(maker.sister(subjects[-1]))
        elif trap < 0.09:
            subjects.append(maker.numbered(subjects[-1]))
        elif trap < 0.12:
            subjects.append(maker.namesake(subjects[-1]))
    pairs = set()
    for original in chance.sample(subjects, duplicates):
        copy = maker.duplicate(original)
        subjects.append(copy)
        pairs.add((original.pk, copy.pk))
    return Planted(subjects, pairs)


class _Maker:
    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.last = 0
        self.codes: set[str] = set()

    def number(self) -> int:
        self.last += 1
        return self.last

    def code(self) -> str:
        while True:
            stem = f"98{self.chance.randrange(1, 10**7):07d}"
            digit = mst.calc_check_digit(stem)
            if len(digit) == 1 and stem not in self.codes:
                self.codes.add(stem)
                return stem + digit

    def phone(self) -> str:
        return f"0{self.chance.randrange(200_000_000, 999_999_999)}" if self.chance.random() < 0.75 else ""

    def firm(self) -> Subject:
        pick = self.chance.choice
        name = f"{pick(FORMS)} {pick(LINES)} {pick(FIRST)} {pick(SECOND)}"
        if self.chance.random() < 0.25:
            name += f" {pick(SECOND)}"
        address = f"{self.chance.randint(1, 480)} {pick(STREETS)}" if self.chance.random() < 0.93 else ""
        return Subject(self.number(), self.code(), name, address, self.phone(), self.chance.randrange(COMMUNES))

    def branch(self, parent: Subject) -> Subject:
        """A branch: the parent's code and name, often its telephone and even its address."""
        name = f"Chi nhánh {self.chance.choice(SECOND)} – {parent.name}"
        place = self.chance.choice([parent.place, self.chance.randrange(COMMUNES)])
        code = f"{parent.tax_code[:10]}{self.chance.randint(1, 999):03d}"
        return replace(parent, pk=self.number(), tax_code=code, name=name, place=place)

    def sister(self, firm: Subject) -> Subject:
        """Another firm of one owner: same own name, telephone and house, other line of business."""
        words = firm.name.split()
        line = self.chance.choice([line for line in LINES if line not in firm.name])
        form = next(form for form in sorted(FORMS, key=len, reverse=True) if firm.name.startswith(form))
        return replace(firm, pk=self.number(), tax_code=self.code(), name=f"{form} {line} {' '.join(words[-2:])}")

    def numbered(self, firm: Subject) -> Subject:
        """A firm told apart by a number alone."""
        return replace(self.firm(), name=f"{firm.name} {self.chance.randint(2, 9)}", place=firm.place, phone=firm.phone)

    def namesake(self, firm: Subject) -> Subject:
        """The same name elsewhere, or at another address of the same commune."""
        place = firm.place if self.chance.random() < 0.3 else self.chance.randrange(COMMUNES)
        return replace(self.firm(), name=firm.name, place=place)

    def duplicate(self, original: Subject) -> Subject:
        """The same establishment entered again by somebody else: one to four things differ."""
        chance = self.chance
        copy = replace(original, pk=self.number(), tax_code=self.other_code(original.tax_code))
        name = copy.name
        if chance.random() < 0.55:
            name = self.abbreviated(name)
        if chance.random() < 0.4:
            name = chance.choice([fold(name).title(), name.upper()])
        if chance.random() < 0.25:
            name = self.slip(name)
        address = self.readdressed(copy.address) if chance.random() < 0.7 else copy.address
        if chance.random() < 0.08:
            address = ""
        phone = copy.phone and chance.choice(
            [copy.phone, "+84 " + copy.phone[1:], f"{copy.phone[:4]} {copy.phone[4:]}"]
        )
        if chance.random() < 0.2:
            phone = self.phone()
        place = chance.randrange(COMMUNES) if chance.random() < 0.03 else copy.place
        return replace(copy, name=name, address=address, phone=phone, place=place)

    def other_code(self, code: str) -> str:
        """A new code, or the old one with a slip."""
        if self.chance.random() < 0.5:
            return self.code()
        position = self.chance.randrange(2, 9)
        return code[:position] + str((int(code[position]) + self.chance.randint(1, 9)) % 10) + code[position + 1 :]

    def abbreviated(self, name: str) -> str:
        for form in sorted(FORMS, key=len, reverse=True):
            if form in name:
                name = name.replace(form, self.chance.choice(ABBREVIATED[form]))
                break
        for long, short in SHORTER.items():
            if long in name and self.chance.random() < 0.6:
                return name.replace(long, short)
        return name

    def slip(self, name: str) -> str:
        """One letter lost, doubled or exchanged with its neighbour, in the later half of the name."""
        place = self.chance.randrange(len(name) // 2, len(name) - 1)
        kind = self.chance.randrange(3)
        if kind == 0:
            return name[:place] + name[place + 1 :]
        if kind == 1:
            return name[:place] + name[place] + name[place:]
        return name[:place] + name[place + 1] + name[place] + name[place + 2 :]

    def readdressed(self, address: str) -> str:
        if not address:
            return address
        house, _space, street = address.partition(" ")
        return self.chance.choice(
            [
                f"Số {house} đường {street}",
                f"{house} - {street}, phường {self.chance.choice(FIRST)} {self.chance.choice(SECOND)}",
                f"{house} {fold(street).title()}",
                f"Số {house}, đường {street}",
                f"{house} Đ. {street}",
            ]
        )


def measured(planted: Planted) -> tuple[float, float, list[tuple[int, int]], list[tuple[int, int]]]:
    """Precision, recall, and the pairs wrongly shown and wrongly missed."""
    from atvsld.registers.establishments import duplicates

    found = {(likeness.first, likeness.second) for likeness in duplicates.find(planted.subjects)}
    right = found & planted.pairs
    wrong, missed = sorted(found - planted.pairs), sorted(planted.pairs - found)
    return len(right) / max(1, len(found)), len(right) / len(planted.pairs), wrong, missed
