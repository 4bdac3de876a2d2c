"""Manifests on disk: one way to write them, strict to read."""

import json

import pytest

from moderation.model import AssetRef, IntegrityError, digest_of
from moderation.publish.manifest import Manifest, Origin, OutputFile, OutputManifest, Refusal

DIGEST = digest_of(b"x")
GATE = Manifest(
    admitted=(AssetRef("index.md", DIGEST, 1),),
    refused=(Refusal("news/a.md", "was never approved; hand it in"),),
)
OUTPUT = OutputManifest(
    files=(
        OutputFile(path="index.html", digest=DIGEST, size=1, origin=Origin.PAGE, source="index.md"),
        OutputFile(path="sitemap.xml", digest=DIGEST, size=1, origin=Origin.GENERATED),
    ),
    content=GATE.admitted,
    kit=(AssetRef("mkdocs 1.6.1", DIGEST, 9),),
    epoch=1_700_000_000,
    left_out=(Refusal("news/b.md", "a script is not the theme's own"),),
)


def test_manifests_are_read_as_they_were_written() -> None:
    assert OutputManifest.from_json(OUTPUT.to_json(), source="out.json") == OUTPUT


def test_more_refusals_stand_in_order() -> None:
    more = Refusal("a.md", "is a link")
    assert GATE.refusing([more]).refused == (more, *GATE.refused)
    assert str(more) == "a.md: is a link"


FLAWS = {
    '{"version":2}': "version: is not 1; update Schoolgate",
    '{"version":1,"x":1}': ("holds a field that this version does not know; update Schoolgate"),
    '{"version":1}': "files: is missing; restore the file from a copy",
}


@pytest.mark.parametrize(("text", "trouble"), FLAWS.items(), ids=range(len(FLAWS)))
def test_a_manifest_of_another_form_is_refused(text: str, trouble: str) -> None:
    with pytest.raises(IntegrityError) as error:
        OutputManifest.from_json(text, source="out.json")
    assert str(error.value) == f"out.json: {trouble}"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("path", "a\nb"),
        ("path", ""),
        ("digest", "00"),
        ("size", -1),
        ("origin", "x"),
        ("source", 1),
    ],
)
def test_a_field_of_another_form_is_refused(field: str, value: object) -> None:
    body = json.loads(OUTPUT.to_json())
    body["files"][0][field] = value
    with pytest.raises(IntegrityError) as error:
        OutputManifest.from_json(json.dumps(body), source="out.json")
    assert str(error.value).startswith(f"out.json: files 1.{field}: ")
