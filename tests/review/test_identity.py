"""A submission is what its id stands for."""

from dataclasses import replace

import pytest

from moderation.model import Asset, AssetRef, IntegrityError, digest_of
from tests.review.office import PAGE, Office, page


def test_files_changed_behind_the_queue_are_not_saved(office: Office) -> None:
    state = office.submit("p-1", page("Text."))
    other = Asset(PAGE, b"Other text.")
    changed = replace(state, assets=(AssetRef(PAGE, digest_of(other.data), len(other.data)),))
    event = next(event for event, _ in office.queue.events())
    with pytest.raises(IntegrityError) as error:
        office.queue.save(changed, expected=state.revision, event=event)
    assert str(error.value) == (
        f"{state.id}: the files in the queue are not those that were handed in; restore the queue "
        "from a backup, or hand the page in again"
    )
    assert office.queue.load(state.id) == state
