"""A recording is admitted where the policy lets it in and the safeguarding lead approved it."""

from moderation.model import Asset
from moderation.policy import default_policy, load_policy
from moderation.publish.gate import permitted
from moderation.publish.manifest import Manifest, Refusal
from tests.publish.school import NOW, TRUST, ref, statement
from tests.recordings import plain

PAGE = Asset("news/race.md", b"# The race\n\n[The race](../videos/race.mp4)\n")
VIDEO = Asset("videos/race.mp4", plain(".mp4"))
REVIEW = load_policy('[media]\nvideo = "review"')


def test_a_video_is_admitted_where_the_policy_lets_it_in() -> None:
    log = [statement(1, PAGE, VIDEO, actor="dsl")]
    manifest = permitted([PAGE, VIDEO], log, TRUST, REVIEW, now=NOW)
    assert manifest == Manifest(admitted=(ref(PAGE), ref(VIDEO)))


def test_a_moderator_alone_cannot_let_in_a_video_of_whom_nothing_is_said() -> None:
    log = [statement(1, PAGE, VIDEO, actor="m-1")]
    manifest = permitted([PAGE, VIDEO], log, TRUST, REVIEW, now=NOW)
    assert manifest.admitted == ()


def test_a_video_leaves_the_site_when_the_policy_stops_letting_it_in() -> None:
    log = [statement(1, PAGE, VIDEO, actor="dsl")]
    manifest = permitted([PAGE, VIDEO], log, TRUST, default_policy(), now=NOW)
    assert manifest.admitted == ()
    why = "and this school publishes none; tell it in words and pictures, or ask the head to set"
    assert all(why in refusal.reason for refusal in manifest.refused)
    assert isinstance(manifest.refused[0], Refusal)
