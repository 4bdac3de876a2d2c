"""Seeded bugs in the gate, in the state it reads, and in the check of what MkDocs made."""

from tests.mutants.mutant import seeded

GATE = (
    *seeded(
        "publish.gate",
        "publish/test_gate.py publish/test_gate_dates.py",
        (
            "digest without path",
            "min(answers.get(ref) or",
            "min(next((a for r, a in answers.items() if r.digest == ref.digest), None) or",
        ),
        (
            "path without digest",
            "min(answers.get(ref) or",
            "min(next((a for r, a in answers.items() if r.path == ref.path), None) or",
        ),
        ("changed picture of an approved page", "if asset.digest != ref.digest:", "if False:"),
        ("embargo ignored", "if days.covers(self.today):", "if True:"),
        ("consents ignored", "if self.witness is None or not approval.consents:", "if True:"),
        ("path rules not asked", "check_path(ref.path, endings)", "pass"),
        (
            "page that MkDocs reads otherwise",
            "return not page or decode(",
            "return True or decode(",
        ),
        (
            "pictures are no content",
            "{r.path: self._document(r) for r in unit.subjects if r.path != unit.page}",
            "{}",
        ),
        ("nobody is lacking", "        if not lacking:", "        if found.persons:"),
    ),
    *seeded(
        "publish.site",
        "publish/test_site.py::test_a_policy_other_than_the_signed_one_is_refused_also_where_it_is"
        "_stricter publish/test_site.py::test_a_state_that_is_refused"
        " publish/test_gate_dates.py::test_a_clock_behind_the_newest_approval_builds_nothing"
        " publish/test_gate_and_school_terms.py::test_the_list_cannot_be_cut_shorter_than_an"
        "_approval_saw_it publish/test_locked_kit.py::test_what_is_not_locked_builds_nothing"
        " publish/test_locked_kit.py::test_an_anchor_that_did_not_lead_here_refuses_the_site",
        ("policy digest not compared", "if trust.policy == policy.digest:", "if trust.policy:"),
        ("looser policy that nobody signed", "    if loose:", "    if False:"),
        ("lock ignored", "if not lock.refs:", "if True:"),
        ("clock not checked", "if newest <= now + SKEW:", "if True:"),
        (
            "terms cut accepted",
            'if not {each.terms_head for each in statements} - {""} <= terms.signed:',
            "if False:",
        ),
        (
            "anchor not passed on",
            "today=now.date(), anchor=anchor)",
            'today=now.date(), anchor="")',
        ),
    ),
    *seeded(
        "publish.output",
        "publish/test_output.py",
        ("file that nobody approved", ': is in the output, and nobody approved it"]', '"][:0]'),
        ("changed file on the site", "same = data == expected.assets[source].data", "same = True"),
        ("changed file of the theme", "[] if known == data else", "[] if True else"),
        (
            "search index holds anything",
            "if not all(_is_told(part, allowed[path], everywhere) for part in told):",
            "if False:",
        ),
        ("sitemap names anything", "        if path not in pages:", "        if False:"),
        ("missing file not noticed", "        if place not in files\n", "        if False\n"),
        (
            "security policy not asked for",
            "if policy != security_policy(page, expected.kit):",
            "if False:",
        ),
        ("page without its text", "if bare(shown) and shown not in page:", "if False:"),
    ),
    *seeded(
        "publish.article",
        "publish/test_markup_and_chrome.py publish/test_output.py",
        (
            "text that was not checked",
            'if bare("".join(markup.text)) != bare(document.visible_text):',
            "if False:",
        ),
        (
            "link that was not checked",
            "if value is not None and not _leads_home(place, value, targets, prefix):",
            "if False:",
        ),
        ("any tag in an article", "if tag.name not in TAGS:", "if False:"),
        (
            "picture of another site",
            "if address is not None and is_external(address):",
            "if False:",
        ),
    ),
    *seeded(
        "publish.chrome",
        "publish/test_markup_and_chrome.py",
        ("attribute that runs a script", 'if name.startswith("on"):', "if False:"),
        (
            "script that is not the theme's",
            "elif not kit.wrote(body) or _ANY_ADDRESS.search(body):",
            "elif False:",
        ),
        (
            "address that runs a script",
            "elif name in _ADDRESSES and not _is_sound(value):",
            "elif False:",
        ),
    ),
    *seeded(
        "publish.layout",
        "publish/test_layout_and_links.py",
        ("two pages in one place", "if place in places:", "if False:"),
    ),
    *seeded(
        "publish.build",
        "publish/test_build.py::test_a_file_that_changed_after_the_gate_is_not_built",
        (
            "bytes swapped after the gate",
            "if _ref(asset) in allowed}",
            "if asset.path in {ref.path for ref in allowed}}",
        ),
    ),
)
