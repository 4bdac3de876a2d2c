"""The gate of the school under test, and the site that it deploys."""

from dataclasses import dataclass, field

from moderation.attest.verify import verify_log
from moderation.model import Asset, AssetRef, digest_of
from moderation.publish.gate import permitted
from moderation.publish.grounds import (
    Grounds,
    require_current,
    require_newer,
    require_not_behind,
    rests_on,
)
from moderation.publish.manifest import Manifest, Origin, OutputFile, OutputManifest
from moderation.publish.release import Release
from moderation.publish.signed_release import read_deployed, read_release, sign_release
from moderation.review.signed_log import in_seconds
from tests.model_based.school import School


@dataclass
class DeployedSchool(School):
    """A school with a site; the release that was deployed last lies where nobody puts it back."""

    deployed: str = ""
    releases: list[str] = field(default_factory=list)

    def permitted(self) -> Manifest:
        """Ask the gate, from the log as it is on the disk."""
        trust = self.trust()
        return permitted(
            [Asset(path, data) for path, data in self.content.items()],
            verify_log(self.log.read(), trust),
            trust,
            self.policy,
            now=self.now,
            witness=self.witness(),
        )

    def grounds(self, decisions: int | None = None, versions: int | None = None) -> Grounds:
        """Return what the repository says, or said when it had so many decisions and versions."""
        return Grounds(
            trust=tuple(each.digest for each in self.versions[:versions]),
            approvals=tuple(digest_of(e.payload) for _, e in self.log.read()[:decisions]),
            terms=(),
            policy=self.policy.digest,
        )

    def release(self, who: str) -> str:
        """Build what the gate admits, sign it, and deploy it; return the signed release."""
        built = _built(self.permitted())
        grounds, before = self.grounds(), self.last_release()
        release = Release(
            site="alderbrook",
            number=before.number + 1 if before else 1,
            prev=before.digest if before else "",
            signer=who,
            issued_at=in_seconds(self.now),
            rests=rests_on(grounds, built),
            files=built.published,
        )
        text = sign_release(release, self.signer(who), self.trust())
        self.deploy(text, built, grounds)
        self.releases.append(text)
        return text

    def deploy(self, text: str, built: OutputManifest, grounds: Grounds) -> None:
        """Deploy a release as the last step of CI does."""
        release = read_release(text, self.trust(), source="release.json")
        require_current(release, grounds, built, source="release.json", now=self.now)
        self.follow(release, grounds)
        self.deployed = text

    def follow(self, release: Release, grounds: Grounds) -> None:
        """Refuse what is older than what was deployed last."""
        if before := self.last_release():
            require_newer(release, before, source="release.json")
            require_not_behind(grounds, before, now=self.now)

    def last_release(self) -> Release | None:
        """Return what was deployed last."""
        if not self.deployed:
            return None
        return read_deployed(self.deployed, self.trust(expired=True), source="release.json")


def _built(manifest: Manifest) -> OutputManifest:
    """Return what a build of the admitted files would list; each stands for what it becomes."""
    files = tuple(
        OutputFile(path=r.path, digest=r.digest, size=r.size, origin=Origin.ASSET, source=r.path)
        for r in manifest.admitted
    )
    kit = (AssetRef("mkdocs.yml", digest_of(b"locked"), 6),)
    return OutputManifest(files=files, content=manifest.admitted, kit=kit, epoch=0)
