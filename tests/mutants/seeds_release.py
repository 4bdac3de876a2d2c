"""Seeded bugs in releases: who signs one, which may be deployed, and what is copied."""

from tests.mutants.mutant import seeded

DEPLOYING = "publish/test_deploying.py::test_"

RELEASE = (
    *seeded(
        "publish.grounds",
        f"{DEPLOYING}an_older_release_is_refused {DEPLOYING}a_forked_release_is_refused"
        f" {DEPLOYING}the_last_takedown_cannot_be_deleted"
        f" {DEPLOYING}the_last_takedown_cannot_be_replaced"
        f" {DEPLOYING}people_of_an_older_version_are_refused"
        f" {DEPLOYING}a_clock_behind_the_last_deployment_is_refused"
        f" {DEPLOYING}a_release_signed_in_the_future_is_refused"
        f" {DEPLOYING}a_release_of_another_build_is_refused",
        ("accept older release", "if release.number <= deployed.number:", "if False:"),
        ("release before not compared", " and release.prev != deployed.digest:", " and False:"),
        (
            "deleted takedown not noticed",
            "(len(entries) < seen.seq or entries[seen.seq - 1] != seen.digest)",
            "(len(entries) >= seen.seq and entries[seen.seq - 1] != seen.digest)",
        ),
        (
            "replaced takedown not noticed",
            "(len(entries) < seen.seq or entries[seen.seq - 1] != seen.digest)",
            "(len(entries) < seen.seq)",
        ),
        (
            "older people deploy",
            "if len(grounds.trust) < seen.seq or grounds.trust[seen.seq - 1] != seen.digest:",
            "if False:",
        ),
        ("clock behind the last deployment", "if now + SKEW < deployed.issued_at:", "if False:"),
        ("release from the future", "if release.issued_at > now + SKEW:", "if False:"),
        (
            "files of the release not compared",
            "if then != today or release.files != built.published:",
            "if then != today:",
        ),
        (
            "what it was built from not compared",
            "if then != today or release.files != built.published:",
            "if release.files != built.published:",
        ),
    ),
    *seeded(
        "publish.signed_release",
        "publish/test_releases.py",
        ("release of another site", "if release.site != trust.site:", "if False:"),
        ("anybody signs releases", "if not known.roles & SIGNERS:", "if False:"),
        ("suspended person deploys", "if known.suspended:", "if False:"),
        (
            "retired key deploys",
            "keys = known.every_key if retired else known.keys",
            "keys = known.every_key",
        ),
    ),
    *seeded(
        "publish.release",
        "publish/test_releases.py",
        ("release in two spellings", "if release.to_payload() != payload:", "if False:"),
        (
            "a path in two spellings",
            "if len({same_name(each.path) for each in release.files}) < len(release.files):",
            "if False:",
        ),
        (
            "a path of the release leaves the site",
            'or {"", ".", ".."} & set(each.path.split("/")):',
            "or False:",
        ),
    ),
    *seeded(
        "publish.deploy",
        f"{DEPLOYING}a_copy_replaces_no_folder_that_no_release_made"
        f" {DEPLOYING}the_files_of_a_release_are_copied_and_nothing_else"
        f" {DEPLOYING}an_older_release_is_refused",
        ("copy without asking what is there", "    check_place(target, now=now, kept=kept)\n", ""),
        (
            "whatever stands there is deployed",
            "files = take(out, release.files)",
            "files = {path: (out / path).read_bytes() for path, _ in walk(out)}",
        ),
        (
            "forgotten releases not asked",
            "for last in require_unforgotten(site, deployed, now=now):",
            "for last in ():",
        ),
    ),
    *seeded(
        "publish.verify",
        "publish/test_output_folder.py::test_every_difference_is_named"
        " publish/test_output_folder.py::test_a_site_that_shows_what_may_not_be_built_any_more_is"
        "_outdated",
        (
            "bytes on the site not hashed",
            "right = hashlib.sha256(data).hexdigest() == digest",
            "right = True",
        ),
        (
            "output manifest: extra files ignored",
            'found.append(Refusal(path, "was not built; remove it"))',
            "continue",
        ),
        (
            "output manifest: missing files ignored",
            'found += [Refusal(path, "is missing; build again") for path in wanted]',
            "found += []",
        ),
        (
            "site that shows what was taken down",
            "        if ref not in admitted\n",
            "        if False\n",
        ),
    ),
    *seeded(
        "publish.recheck",
        "publish/test_second_build.py::test_every_difference_of_two_builds_is_named"
        " publish/test_second_build.py::test_a_second_build_from_the_repository_is_the_same_and"
        "_finds_a_changed_list",
        ("second build not compared", "elif first[path] != second[path]:", "elif False:"),
        (
            "second build compared with itself",
            "return disagreements(made, again)",
            "return disagreements(again, again)",
        ),
    ),
    *seeded(
        "publish.folder",
        "publish/test_output_folder.py",
        (
            "folder that no build made is replaced",
            "if not ordinary or path not in listed:",
            "if False:",
        ),
        (
            "failed swap loses the site",
            "        (aside / _KEPT).rename(out)\n        raise\n",
            "        raise\n",
        ),
        (
            "killed build loses the site",
            "if not out.exists() and (aside / _KEPT).is_dir():",
            "if False:",
        ),
        (
            "folder of the school is replaced",
            "if place[: len(folder)] == folder or folder[: len(place)] == place:",
            "if False:",
        ),
    ),
    *seeded(
        "publish.unchanged",
        "publish/test_unchanged.py",
        (
            "theme is no input",
            "for name in (CONTENT, STATE, *([theme] if theme else ())):",
            "for name in (CONTENT, STATE):",
        ),
        (
            "site stands after an approval ended",
            "or (built.until and now.timestamp() >= built.until):",
            "or False:",
        ),
        ("changed site stands", "return not differences(out, manifest)", "return True"),
    ),
)
