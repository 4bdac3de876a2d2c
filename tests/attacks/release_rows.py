"""Rows about what is deployed: releases, the list beside the output, and who signs them."""

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from moderation.attest import Decision, Signer, Trust, parse_envelope
from moderation.attest.canonical import canonical
from moderation.commands.verified import require_whole
from moderation.model import Role, SchoolgateError, digest_of
from moderation.publish.build import build
from moderation.publish.deploy import (
    copy_release,
    left_behind,
    next_release,
    read_built,
    read_text,
    release_path,
    require_deployable,
)
from moderation.publish.folder import manifest_path
from moderation.publish.manifest import Origin, OutputFile, OutputManifest
from moderation.publish.recheck import rebuild
from moderation.publish.release import RELEASE_TYPE, Release
from moderation.publish.signed_release import PAYLOAD_TYPE
from moderation.publish.site import examine, load_site
from tests.attacks.forging import (
    DEPLOYER,
    MALLORY,
    Body,
    add,
    claim_of,
    doubled,
    key,
    people,
    planted,
    sealed,
    succeed,
    with_role,
)
from tests.attacks.scenario import Act, AttackedSite, Group, Outcome, Scenario, Way
from tests.attacks.ways import EPOCH, found_in
from tests.publish.school import NOW, SIGNERS

HEAD, MODERATOR, PUBLISHER = SIGNERS["head"], SIGNERS["m-1"], SIGNERS["p-1"]
NO_RELEASE = "plain MkDocs has no releases: what stands in site/ is copied, whatever it is"
PAGE = "news/mine/index.html"
FAIR = "photos/fair.jpg"

Given = Callable[[AttackedSite], Mapping[str, bytes]]


# --- an output, its list and its release ---------------------------------------------------------


def _output(site: AttackedSite) -> dict[str, bytes]:
    """Return an output in which one page shows the canary."""
    return {"index.html": b"<h1>Welcome</h1>", PAGE: site.page().encode()}


def _sound(_: AttackedSite) -> dict[str, bytes]:
    """Return an output without it."""
    return {"index.html": b"<h1>Welcome</h1>", PAGE: b"<h1>News</h1>"}


def _write(site: AttackedSite, files: Mapping[str, bytes]) -> OutputManifest:
    """Write an output folder with the list beside it, as a build would."""
    _, manifest = examine(load_site(site.root, now=site.now), now=site.now)
    rows = tuple(
        OutputFile(path=path, digest=digest_of(data), size=len(data), origin=Origin.PAGE)
        for path, data in files.items()
    )
    made = OutputManifest(files=rows, content=manifest.admitted, kit=(), epoch=1)
    for path, data in files.items():
        (site.out / path).parent.mkdir(parents=True, exist_ok=True)
        (site.out / path).write_bytes(data)
    manifest_path(site.out).write_text(made.to_json(), "utf-8")
    return made


def _next(
    site: AttackedSite, made: OutputManifest, last: Release | None = None, *, who: str = "d-1"
) -> Release:
    state = load_site(site.root, now=site.now)
    return next_release(state, made, last, signer=who, now=site.now)


def _put(
    site: AttackedSite,
    release: Release,
    *by: Signer,
    kind: str = PAYLOAD_TYPE,
    file: Path | None = None,
) -> Path:
    """Write the release with the signatures of *by*, whoever may sign."""
    target = file or release_path(site.out)
    text = sealed(release.to_payload(), *(by or (DEPLOYER,)), kind=kind).text()
    target.write_text(text, "utf-8")
    return target


def _named(site: AttackedSite) -> None:
    """Let the head name the machine that deploys."""
    trust = with_role(people(site), "d-1", Role.DEPLOYER, DEPLOYER)
    succeed(site, trust, HEAD)


def signed(by: Signer = DEPLOYER, *, files: Given = _output) -> Act:
    """Let *by* sign a release of an output that shows the canary."""

    def act(site: AttackedSite) -> None:
        _named(site)
        _put(site, _next(site, _write(site, files(site)), who=by.person), by)

    return act


# --- the way of a deployment ----------------------------------------------------------------------


def deploy(scenario: Scenario, site: AttackedSite, *, again: bool = False) -> Outcome:
    """Do what ``schoolgate release copy`` does, and look for the canary where visitors look."""
    target, before = site.elsewhere / "www", site.elsewhere / "deployed.json"
    deployed = (before,) if os.path.lexists(before) else ()
    file = release_path(site.out)
    try:
        state = load_site(site.root, now=site.now, anchor=site.anchor)
        _, manifest = examine(state, now=site.now)
        built = read_built(site.out)
        release = require_deployable(state, file, built, deployed, now=site.now)
        require_whole(site.out, built, manifest, extra=True)
        wrong = rebuild(state, built, now=site.now) if again else ()
        if wrong:
            return Outcome(told="\n".join(map(str, wrong)))
        if site.between is not None:
            site.between()
        copy_release(site.out, release, read_text(file), built, target, now=site.now)
    except SchoolgateError as error:
        return Outcome(told=str(error), through=found_in(target, site.canary))
    told = "".join(f"{path} stays behind\n" for path in left_behind(site.out, release))
    return Outcome(told=told, through=found_in(target, site.canary))


def deploy_again(scenario: Scenario, site: AttackedSite) -> Outcome:
    """Do the same with ``--rebuild``."""
    return deploy(scenario, site, again=True)


# --- who signed -----------------------------------------------------------------------------------


def _unsigned(site: AttackedSite) -> None:
    signed()(site)
    envelope = parse_envelope(release_path(site.out).read_text("utf-8"), source="r")
    release_path(site.out).write_text(replace(envelope, signatures=()).text(), "utf-8")


def _none(site: AttackedSite) -> None:
    signed()(site)
    release_path(site.out).unlink()


def _by_other_key(site: AttackedSite) -> None:
    _named(site)
    _put(site, _next(site, _write(site, _output(site))), MALLORY)


def _then_people(change: Callable[[Trust], Trust]) -> Act:
    """The deployer signs in the state that the head then makes."""

    def act(site: AttackedSite) -> None:
        _named(site)
        succeed(site, change(people(site)), HEAD)
        _put(site, _next(site, _write(site, _output(site))), DEPLOYER)

    return act


def _second_self(site: AttackedSite) -> None:
    """The deployer names another deployer."""
    _named(site)
    other = key("d-2")
    trust = with_role(people(site), "d-2", Role.DEPLOYER, other)
    made = _write(site, _output(site))
    release = _next(site, made, who="d-1")
    succeed(site, trust, DEPLOYER)
    _put(site, replace(release, signer="d-2"), other)


def _typed(kind: str) -> Act:
    def act(site: AttackedSite) -> None:
        _named(site)
        _put(site, _next(site, _write(site, _output(site))), DEPLOYER, kind=kind)

    return act


def _relabelled(site: AttackedSite) -> None:
    _typed("application/vnd.in-toto+json")(site)
    envelope = parse_envelope(release_path(site.out).read_text("utf-8"), source="r")
    text = replace(envelope, payload_type=PAYLOAD_TYPE).text()
    release_path(site.out).write_text(text, "utf-8")


# --- what it says ---------------------------------------------------------------------------------


def _changed(
    change: Callable[[AttackedSite, Body], object], *, by: Signer | None = DEPLOYER
) -> Act:
    """A release without the canary is signed, and then its payload changed; signed again by *by*.

    The output and the list beside it are changed to match.
    """

    def act(site: AttackedSite) -> None:
        signed(files=_sound)(site)
        envelope = parse_envelope(release_path(site.out).read_text("utf-8"), source="r")
        _write(site, _output(site))
        body = json.loads(envelope.payload)
        change(site, body)
        payload = canonical(body)
        made = sealed(payload, by, kind=PAYLOAD_TYPE) if by else replace(envelope, payload=payload)
        release_path(site.out).write_text(made.text(), "utf-8")

    return act


def _list(site: AttackedSite) -> list[list[object]]:
    return [[p, digest_of(d), len(d)] for p, d in sorted(_output(site).items())]


def _twice(site: AttackedSite) -> None:
    """One list of files to verify, another to copy."""
    signed(files=_sound)(site)
    made = _write(site, _output(site))
    release = _next(site, made)
    files = canonical([[f.path, f.digest, f.size] for f in release.files]).decode()
    sound = _sound(site)
    other = canonical([[p, digest_of(d), len(d)] for p, d in sorted(sound.items())]).decode()
    payload = release.to_payload().decode().replace(files, f'{other},"files":{files}')
    release_path(site.out).write_text(
        sealed(payload.encode(), DEPLOYER, kind=PAYLOAD_TYPE).text(), "utf-8"
    )


def _twice_around(site: AttackedSite) -> None:
    signed()(site)
    text = release_path(site.out).read_text("utf-8")
    release_path(site.out).write_text(doubled(text, "payload", "e30="), "utf-8")


# --- older ones -----------------------------------------------------------------------------------


def _older(site: AttackedSite) -> None:
    """Release 1 shows what release 2 does not; the log is the same."""
    _named(site)
    first = _next(site, _write(site, _output(site)))
    second = _next(site, _write(site, _sound(site)), first)
    _put(site, second, file=site.elsewhere / "deployed.json")
    _write(site, _output(site))
    _put(site, first)


def _forked(site: AttackedSite) -> None:
    """Another release 2 than the one that was deployed."""
    _named(site)
    first = _next(site, _write(site, _sound(site)))
    second = _next(site, _write(site, _sound(site)), first)
    _put(site, second, file=site.elsewhere / "deployed.json")
    _put(site, _next(site, _write(site, _output(site)), first))


def _beside(site: AttackedSite) -> None:
    """A release 2 that follows another release 1 than the one that was deployed."""
    _named(site)
    first = _next(site, _write(site, _sound(site)))
    _put(site, first, file=site.elsewhere / "deployed.json")
    other = replace(first, issued_at=first.issued_at - timedelta(hours=1))
    _put(site, _next(site, _write(site, _output(site)), other))


def _since_taken_down(site: AttackedSite) -> None:
    """A release of the day before the takedown, with the list that belonged to it."""
    page = planted(site)
    add(site, claim_of(site, page), MODERATOR)
    signed()(site)
    add(site, claim_of(site, page, changes={"decision": Decision.TAKEDOWN}), MODERATOR)


def _since(change: Act) -> Act:
    """A release is signed, and then the repository goes on."""

    def act(site: AttackedSite) -> None:
        signed()(site)
        change(site)

    return act


def _policy(site: AttackedSite) -> None:
    site.school.put(".schoolgate/policy.toml", "[approval.text]\ncount = 2\n")


def _people(site: AttackedSite) -> None:
    succeed(site, people(site).suspended("m-2"), HEAD)


def _built_before_takedown(site: AttackedSite) -> None:
    """The release is of today, and the list beside the output names what was taken down since."""
    page = planted(site)
    add(site, claim_of(site, page), MODERATOR)
    _named(site)
    made = _write(site, _output(site))
    add(site, claim_of(site, page, changes={"decision": Decision.TAKEDOWN}), MODERATOR)
    _put(site, _next(site, made))


def _of_another_time(issued: datetime) -> Act:
    def act(site: AttackedSite) -> None:
        _named(site)
        _put(site, replace(_next(site, _write(site, _output(site))), issued_at=issued))

    return act


def _clock_back(site: AttackedSite) -> None:
    """The clock of the machine that deploys lies before the last deployment."""
    _named(site)
    made = _write(site, _output(site))
    last = replace(_next(site, made), issued_at=NOW + timedelta(days=30))
    _put(site, last, file=site.elsewhere / "deployed.json")
    _put(site, replace(_next(site, made), number=2, prev=last.digest))


def _deployed_damaged(write: Callable[[Path], object]) -> Act:
    """What was deployed last cannot be read, so nobody knows what is older."""

    def act(site: AttackedSite) -> None:
        signed()(site)
        write(site.elsewhere / "deployed.json")

    return act


def _deployed_of_another_site(site: AttackedSite) -> None:
    signed()(site)
    release = replace(_next(site, _write(site, _output(site))), site="elm")
    _put(site, release, file=site.elsewhere / "deployed.json")


def _deployed_forged(site: AttackedSite) -> None:
    """A release nought, so to say, that makes everything newer."""
    _older(site)
    last = replace(_next(site, _write(site, _output(site))), signer="mallory")
    _put(site, last, MALLORY, file=site.elsewhere / "deployed.json")


# --- the output -----------------------------------------------------------------------------------


def _output_changed(change: Act, *, files: Given = _sound) -> Act:
    """A sound release, and an output that is not as it says."""

    def act(site: AttackedSite) -> None:
        signed(files=files)(site)
        change(site)

    return act


def _page_changed(site: AttackedSite) -> None:
    (site.out / PAGE).write_text(site.page(), "utf-8")


def _page_and_list_changed(site: AttackedSite) -> None:
    _write(site, _output(site))


def _page_linked(site: AttackedSite) -> None:
    (site.elsewhere / "page").write_text(site.page(), "utf-8")
    (site.out / PAGE).unlink()
    (site.out / PAGE).symlink_to(site.elsewhere / "page")


def _folder_linked(site: AttackedSite) -> None:
    folder = site.out / PAGE.rpartition("/")[0]
    folder.rename(site.elsewhere / "mine")
    (site.elsewhere / "mine/index.html").write_text(site.page(), "utf-8")
    folder.symlink_to(site.elsewhere / "mine")


def _page_added(path: str) -> Act:
    def act(site: AttackedSite) -> None:
        (site.out / path).parent.mkdir(parents=True, exist_ok=True)
        (site.out / path).write_text(site.page(), "utf-8")

    return act


def _swapped_while_copied(site: AttackedSite) -> None:
    signed(files=_sound)(site)
    site.between = lambda: _page_changed(site)


def _stolen_key(site: AttackedSite) -> None:
    """Whoever holds the deployer's key signs an output that no build made, list and all."""
    _named(site)
    state = load_site(site.root, now=site.now)
    files, manifest = examine(state, now=site.now)
    limits = state.policy.limits
    made = build(files, manifest, site.out, limits=limits, epoch=EPOCH, now=site.now)
    page = (site.out / "index.html").read_bytes() + site.page().encode()
    (site.out / "index.html").write_bytes(page)
    rows = tuple(
        replace(f, digest=digest_of(page), size=len(page)) if f.path == "index.html" else f
        for f in made.files
    )
    made = replace(made, files=rows)
    manifest_path(site.out).write_text(made.to_json(), "utf-8")
    _put(site, _next(site, made))


def _row(name: str, act: Act, said: str, threat: str = "T6", *, way: Way = deploy) -> Scenario:
    return Scenario(
        name=name,
        threat=threat,
        group=Group.RELEASE,
        act=act,
        said=said,
        way=way,
        not_plain=NO_RELEASE,
    )


ROWS: tuple[Scenario, ...] = (
    _row("a release without a signature", _unsigned, "carries no signature"),
    _row("no release at all", _none, "is missing"),
    _row("a release signed by a moderator", signed(MODERATOR), "may not sign releases", "T4"),
    _row("a release signed by a publisher", signed(PUBLISHER), "may not sign releases", "T3"),
    _row("a release signed by a stranger", signed(MALLORY), "is nobody on this site", "T3"),
    _row("a release with a stranger's key", _by_other_key, "no valid signature of d-1"),
    _row(
        "a release by a deployer who is suspended",
        _then_people(lambda trust: trust.suspended("d-1")),
        "d-1: is suspended",
    ),
    _row(
        "a release with a key that was retired",
        _then_people(lambda trust: trust.without_key("d-1", DEPLOYER.key.keyid, after=9)),
        "no valid signature of d-1",
    ),
    _row(
        "a release by somebody who deploys no more",
        _then_people(lambda trust: trust.with_person("d-1", frozenset({Role.AUDITOR}))),
        "may not sign releases",
    ),
    _row("a deployer who names another", _second_self, "is not signed by a head"),
    _row(
        "a release signed as an approval",
        _typed("application/vnd.in-toto+json"),
        "signed as something else than a release",
    ),
    _row("a release signed as an approval and relabelled", _relabelled, "no valid signature"),
    _row(
        "a release whose list was changed",
        _changed(lambda s, b: b.update(files=_list(s)), by=None),
        "no valid signature of d-1",
    ),
    _row(
        "a release to which a file was added",
        _changed(lambda s, b: b.update(files=[*_list(s), [FAIR, "0" * 64, 1]]), by=None),
        "no valid signature of d-1",
    ),
    _row(
        "a release of another site",
        _changed(lambda s, b: b.update(site="elm", files=_list(s))),
        "is a release of another site",
        "T19",
    ),
    _row(
        "a release of an unknown version",
        _changed(lambda s, b: b.update(_type=RELEASE_TYPE.replace("v1", "v2"), files=_list(s))),
        "update Schoolgate",
    ),
    _row(
        "a release with a field that nobody knows",
        _changed(lambda s, b: b.update(more=[], files=_list(s))),
        "holds a field that this version does not know",
    ),
    _row(
        "a release that leads out of the site",
        _changed(lambda s, b: b.update(files=[["../www/x.html", "0" * 64, 1]])),
        "names a file outside the site",
        "T9",
    ),
    _row(
        "a release with a name in two spellings",
        _changed(lambda s, b: b.update(files=sorted([*_list(s), ["Index.html", "0" * 64, 1]]))),
        "names a file twice",
        "T10",
    ),
    _row(
        "a release with a negative size",
        _changed(lambda s, b: b.update(files=[["index.html", "0" * 64, -1]])),
        "must be a whole number of at least 0",
    ),
    _row("a release that holds two lists", _twice, "holds the same key twice"),
    _row("a release that holds two payloads", _twice_around, "holds the same key twice"),
    _row("an older release", _older, "is release 1, and release 2 was deployed last", "T18"),
    _row("a release beside the one deployed", _forked, "is release 2, and release 2 was", "T18"),
    _row("a release that follows another", _beside, "does not follow the release", "T18"),
    _row(
        "a release of before a takedown",
        _since_taken_down,
        "was signed for another state of the log of decisions",
        "T18",
    ),
    _row(
        "a release of before the policy was tightened",
        _since(_policy),
        "was signed for another state of the policy",
    ),
    _row(
        "a release of before somebody was suspended",
        _since(_people),
        "was signed for another state of the people",
    ),
    _row(
        "a build of before a takedown",
        _built_before_takedown,
        "is on the built site, but was taken down",
        "T18",
    ),
    _row(
        "a release signed ten years ahead",
        _of_another_time(NOW.replace(year=2036)),
        "was signed in the future",
        "T21",
    ),
    _row("a clock before the last deployment", _clock_back, "set it right", "T21"),
    _row(
        "what was deployed last is gone",
        _deployed_damaged(lambda file: file.symlink_to("nowhere")),
        "deployed.json: is missing",
        "T18",
    ),
    _row(
        "what was deployed last is empty",
        _deployed_damaged(lambda file: file.write_text("")),
        "deployed.json",
        "T18",
    ),
    _row(
        "what was deployed last is another site's",
        _deployed_of_another_site,
        "of another site",
        "T18",
    ),
    _row(
        "what was deployed last was signed by a stranger",
        _deployed_forged,
        "is nobody on this site",
        "T18",
    ),
    _row(
        "a page changed after the release",
        _output_changed(_page_changed),
        "has changed since it was built",
    ),
    _row(
        "a page and the list beside it changed",
        _output_changed(_page_and_list_changed),
        "is not a release of what was built here",
    ),
    _row(
        "a page that became a link", _output_changed(_page_linked), "is not an ordinary file", "T8"
    ),
    _row(
        "a folder that became a link",
        _output_changed(_folder_linked),
        "mine/index.html: is missing",
        "T8",
    ),
    _row(
        "a page added after the release",
        _output_changed(_page_added("news/other/index.html")),
        "news/other/index.html stays behind",
    ),
    _row(
        "a hidden file added after the release",
        _output_changed(_page_added(".htaccess")),
        ".htaccess stays behind",
    ),
    _row("a page swapped while it is copied", _swapped_while_copied, "has changed since", "T17"),
    _row(
        "an output that no build made, signed with a stolen key",
        _stolen_key,
        "is a file of the output that differs in a second build",
        way=deploy_again,
    ),
)
