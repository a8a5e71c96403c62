"""Files are kept sealed, once, unchanged, and only of kinds that are known by their content."""

import io
import zipfile

import docx
import pytest
import xlsxwriter
from django.db import DatabaseError, connection, transaction
from tests.casework.accidents import scene

from atvsld.platform import vault
from atvsld.platform.acts import Rejected
from atvsld.platform.files import facade as files
from atvsld.platform.files import keeping
from atvsld.platform.files.kinds import KINDS, recognise
from atvsld.platform.files.models import SealedContent, StoredFile

PDF = b"%PDF-1.7\n" + b"0" * 200


def office(names):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        for name in names:
            package.writestr(name, "<x/>")
    return made.getvalue()


def word():
    made = io.BytesIO()
    docx.Document().save(made)
    return made.getvalue()


def excel():
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        book.add_worksheet()
    return made.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PDF, "pdf"),
        (word(), "docx"),
        (excel(), "xlsx"),
        (b"\xff\xd8\xff\xe0" + b"0" * 30, "jpg"),
        (b"\x89PNG\r\n\x1a\n" + b"0" * 30, "png"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "webp"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00", "heic"),
        (b"\x00\x00\x00\x18ftypisom\x00\x00", "mp4"),
        (b'{"a": 1}', "json"),
        (b"MZ\x90\x00", None),
        (b"<html><script>", None),
        (b"<svg xmlns='http://www.w3.org/2000/svg'>", None),
        (office(["[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"]), None),
        (office(["a.txt"]), None),
        (b"PK\x03\x04not a package", None),
    ],
)
def test_a_kind_is_known_by_content_alone(content, kind):
    found = recognise(content)
    assert (found.name if found else None) == kind


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("C:\\Users\\An\\Biên bản.PDF", "Biên bản.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie x.pdf"),
        ("ảnh.exe", "ảnh.exe.pdf"),
        ("", "tep.pdf"),
        ("x" * 300 + ".pdf", "x" * 120 + ".pdf"),
    ],
)
def test_a_name_keeps_its_words_and_loses_its_tricks(name, safe):
    assert keeping.safe_name(name, KINDS["pdf"]) == safe


def test_a_file_is_kept_once_within_a_purpose_and_sealed(db):
    first = files.keep(scene.act(), name="a.pdf", content=PDF, purpose="thu:1")
    again = files.keep(scene.act(), name="b.pdf", content=PDF, purpose="thu:1")
    other = files.keep(scene.act(), name="a.pdf", content=PDF, purpose="thu:2")
    assert (first.pk, first.name) == (again.pk, again.name)
    assert other.pk != first.pk
    assert files.open_bytes(first) == files.open_bytes(other) == PDF
    sealed = bytes(SealedContent.objects.get(pk=first.pk).sealed)
    assert PDF[:40] not in sealed
    assert sealed != bytes(SealedContent.objects.get(pk=other.pk).sealed)


def test_content_moved_under_another_file_stays_closed(db):
    mine = files.keep(scene.act(), name="a.pdf", content=PDF, purpose="thu:1")
    theirs = files.keep(scene.act(), name="a.pdf", content=PDF + b"1", purpose="thu:1")
    sealed = SealedContent.objects.get(pk=theirs.pk).sealed
    SealedContent.objects.filter(pk=mine.pk).delete()
    SealedContent.objects.create(file=mine, sealed=sealed)
    with pytest.raises(vault.CannotOpen):
        files.open_bytes(mine)


def test_the_database_refuses_to_change_a_kept_file(db):
    kept = files.keep(scene.act(), name="a.pdf", content=PDF, purpose="thu:1")
    with pytest.raises(DatabaseError), transaction.atomic():
        StoredFile.objects.filter(pk=kept.pk).update(name="khac.pdf")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE files_sealedcontent SET sealed = ''")


@pytest.mark.parametrize(
    ("content", "kinds", "code"),
    [
        (b"", files.HANDED_IN, "file_empty"),
        (b"MZ\x90", files.HANDED_IN, "file_kind"),
        (PDF, files.PICTURES, "file_kind"),
        (b'{"a": 1}', files.HANDED_IN, "file_kind"),
        (PDF + bytes(files.MAX_BYTES), files.HANDED_IN, "file_size"),
    ],
)
def test_what_is_not_kept_is_refused_with_a_sentence(content, kinds, code):
    with pytest.raises(Rejected) as refused:
        files.check(content, kinds=kinds)
    [problem] = refused.value.problems
    assert problem.code == code
    assert problem.message.endswith(".")
    assert problem.remedy.endswith(".")


def test_a_download_is_saved_not_run(db):
    kept = files.keep(scene.act(), name="Biên bản số 1.pdf", content=PDF, purpose="thu:1")
    answer = files.download(kept, inline=True)
    assert answer.content == PDF
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''Bi%C3%AAn")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "no-store" in answer["Cache-Control"]
