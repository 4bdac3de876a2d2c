"""The register of known photos: sealed, and no withdrawal in it is forgotten."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from moderation.model import IntegrityError
from moderation.registers.photos import KnownPhoto, Photos, Withdrawal, open_photos, store_photos
from moderation.registers.shelf import open_registers
from moderation.registers.vault import new_key, seal

TODAY = date(2026, 11, 21)
AT = datetime(2026, 11, 21, 9, tzinfo=UTC)
PUBLISHED = KnownPhoto(digest="a" * 64, people=frozenset({"P-1", "P-2"}), prints=(b"\x01\xff",))
WITHDRAWN = KnownPhoto(
    digest="b" * 64,
    people=frozenset({"P-1"}),
    withdrawn=frozenset({"P-1"}),
    prints=(b"\x01\x02", b"\x03"),
)
PHOTOS = Photos(
    known=(PUBLISHED, WITHDRAWN),
    withdrawals=(
        Withdrawal(reference="P-1", at=AT),
        Withdrawal(reference="P-2", at=AT, gone=AT.replace(minute=4)),
    ),
)


def test_what_was_kept_opens_again_and_nothing_of_it_can_be_read(tmp_path: Path) -> None:
    key = new_key()
    store_photos(tmp_path, key, PHOTOS)
    assert open_photos(tmp_path, key, today=TODAY) == PHOTOS
    assert open_registers(tmp_path, key, today=TODAY).photos == PHOTOS
    sealed = (tmp_path / "photos.vault").read_bytes()
    assert b"P-1" not in sealed
    assert b"a" * 16 not in sealed


def test_no_file_is_no_register(tmp_path: Path) -> None:
    assert open_photos(tmp_path, new_key(), today=TODAY) is None


def test_another_key_or_another_form_is_refused(tmp_path: Path) -> None:
    key = new_key()
    store_photos(tmp_path, key, PHOTOS)
    with pytest.raises(IntegrityError, match="wrong key"):
        open_photos(tmp_path, new_key(), today=TODAY)
    forms: tuple[object, ...] = (
        [],
        {"known": [{}], "withdrawals": []},
        {"known": ["x"], "withdrawals": []},
    )
    for rows in forms:
        sealed = seal(json.dumps(rows).encode(), key, purpose="photos")
        (tmp_path / "photos.vault").write_bytes(sealed)
        with pytest.raises(IntegrityError, match="another version"):
            open_photos(tmp_path, key, today=TODAY)


def test_publishing_a_withdrawn_photo_again_forgets_no_withdrawal() -> None:
    again = KnownPhoto(digest="b" * 64, people=frozenset({"P-3"}))
    assert PHOTOS.having([again]).photo("b" * 64) == KnownPhoto(
        digest="b" * 64,
        people=frozenset({"P-1", "P-3"}),
        withdrawn=frozenset({"P-1"}),
        prints=(b"\x01\x02", b"\x03"),
    )
    new = KnownPhoto(digest="c" * 64, people=frozenset())
    assert PHOTOS.having([new]).known == (*PHOTOS.known, new)


def test_who_is_declared_no_more_is_not_forgotten() -> None:
    fewer = KnownPhoto(digest="a" * 64, people=frozenset({"P-1"}))
    assert PHOTOS.having([fewer]).photo("a" * 64) == PUBLISHED


def test_photos_and_withdrawals_are_found_by_person() -> None:
    assert PHOTOS.of("P-1") == (WITHDRAWN,)
    assert PHOTOS.of("P-2") == ()
    assert PHOTOS.photo("d" * 64) is None
    assert PHOTOS.withdrawal("P-9") is None
    later = Withdrawal(reference="P-1", at=AT, gone=AT)
    assert PHOTOS.withdrawing(later).withdrawal("P-1") == later
    assert len(PHOTOS.withdrawing(later).withdrawals) == 2
