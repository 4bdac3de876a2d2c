"""What ``mkdocs.yml`` may say, and how each refusal reads."""

import pytest

from moderation.model import PolicyError
from moderation.publish.settings import Settings, read_settings
from tests.publish.school import CONFIG


def read(more: str = "", *, config: str = CONFIG) -> Settings:
    return read_settings((config + more).encode())


def test_the_settings_of_a_site() -> None:
    found = read()
    assert (found.site_url, found.theme_dir, found.directory_urls, found.search) == (
        "https://oak.example/",
        "theme",
        True,
        True,
    )
    assert found.data == CONFIG.encode()


def test_a_site_needs_neither_theme_nor_search_nor_address() -> None:
    short = "site_name: Oak\ndocs_dir: content\nuse_directory_urls: false\n"
    found = read(config=short + "theme: {name: material, font: false}\nplugins: schoolgate\n")
    assert (found.site_url, found.theme_dir, found.directory_urls, found.search) == (
        "",
        "",
        False,
        False,
    )


def test_the_look_of_the_theme_may_be_set() -> None:
    look = "  font: false\n  language: en\n  favicon: assets/x.svg\n  palette: {scheme: oak}\n"
    look += "  features: [navigation.top]\n  icon: {logo: material/school}\n"
    assert read(config=CONFIG.replace("  font: false\n", look)).theme_dir == "theme"


def test_files_of_the_theme_may_be_named() -> None:
    script = "extra_javascript:\n  - path: assets/own.js\n    defer: true\n  - assets/two.js\n"
    assert read(f"extra_css: assets/own.css\n{script}extra: {{school: Oak}}\n").search


def test_a_byte_order_mark_is_not_part_of_a_name() -> None:
    assert read_settings(b"\xef\xbb\xbf" + CONFIG.encode()).theme_dir == "theme"


ADDED = {
    "hooks:\n  - evil.py\n": "hooks: runs programs during the build; remove it",
    "INHERIT: other.yml\n": "INHERIT: brings settings from another file; write them here",
    "exclude_docs: '*.md'\n": "exclude_docs: is decided by approval; take the page down instead",
    "draft_docs: x\n": "draft_docs: is decided by approval; leave the page unapproved instead",
    "repo_url: https://code.example/x\n": (
        "repo_url: makes every visitor's browser ask a third party; remove it"
    ),
    "edit_uri: x\n": "edit_uri: is not a setting of the gate; remove it",
    "remote_branch: x\n": "remote_branch: is not a setting of the gate; remove it",
    "extra_javascript:\n  - https://cdn.example/x.js\n": (
        "extra_javascript: must name files of the site's own theme only"
    ),
    "extra_javascript:\n  - //cdn.example/x.js\n": (
        "extra_javascript: must name files of the site's own theme only"
    ),
    "extra_javascript:\n  - path: https://cdn.example/x.js\n    defer: true\n": (
        "extra_javascript: must name files of the site's own theme only"
    ),
    "extra_css:\n  - HTTPS://cdn.example/x.css\n": (
        "extra_css: must name files of the site's own theme only"
    ),
    "extra_css:\n  - ../../x.css\n": "extra_css: must name files of the site's own theme only",
    "extra_css:\n  - [a]\n": "extra_css: must be a list of names, each on a line with a hyphen",
    "extra:\n  analytics: {provider: google}\n": "extra.analytics: asks a third party; remove it",
    "extra:\n  polyfills: [x]\n": "extra.polyfills: asks a third party; remove it",
    "extra: words\n": "extra: must be a table of settings",
    "use_directory_urls: perhaps\n": "use_directory_urls: must be true or false",
    "site_author: 3\n": "site_author: must be words in quotation marks",
}


@pytest.mark.parametrize(("more", "trouble"), ADDED.items(), ids=range(len(ADDED)))
def test_a_setting_that_is_refused(more: str, trouble: str) -> None:
    with pytest.raises(PolicyError) as error:
        read(more)
    assert str(error.value) == f"mkdocs.yml: {trouble}"


CHANGED = {
    ("site_name: Oak School\n", ""): "site_name: is missing; write the name of the school",
    ("https://oak.example/", "javascript:alert()"): "site_url: must begin with https://",
    ("docs_dir: content", "docs_dir: ."): "docs_dir: must be content, where the gate reads",
    ("docs_dir: content\n", ""): "docs_dir: must be content, where the gate reads",
    ("strict: true", "strict: false"): "strict: must be true; every warning stops the build",
    ("name: material", "name: mkdocs"): (
        "theme.name: must be material; others ask third parties for files"
    ),
    ("  font: false\n", ""): (
        "theme.font: must be false, or every visitor's browser asks a third party"
    ),
    ("  font: false\n", "  font: false\n  static_templates: [x.html]\n"): (
        "theme.static_templates: is not a setting of the gate; remove it"
    ),
    ("  font: false\n", "  font: false\n  locale: en\n"): (
        "theme.locale: is not a setting of the gate; remove it"
    ),
    ("  font: false\n", "  font: false\n  logo: //a.example/x.png\n"): (
        "theme.logo: must name a file of the site's own theme"
    ),
    ("  font: false\n", "  font: false\n  favicon: ../x.png\n"): (
        "theme.favicon: must name a file of the site's own theme"
    ),
    ("  font: false\n", "  font: false\n  favicon: [x]\n"): (
        "theme.favicon: must name a file of the site's own theme"
    ),
    ("custom_dir: theme", "custom_dir: ../theme"): (
        "theme.custom_dir: must be a folder of the site beside content"
    ),
    ("custom_dir: theme", "custom_dir: /etc"): (
        "theme.custom_dir: must be a folder of the site beside content"
    ),
    ("custom_dir: theme", "custom_dir: content/theme"): (
        "theme.custom_dir: must be a folder of the site beside content"
    ),
    ("custom_dir: theme", "custom_dir: .schoolgate"): (
        "theme.custom_dir: must be a folder of the site beside content"
    ),
    ("custom_dir: theme", "custom_dir: 'C:\\theme'"): (
        "theme.custom_dir: must be a folder of the site beside content"
    ),
    ("custom_dir: theme", "custom_dir: 3"): "theme.custom_dir: must be the name of a folder",
    ("  - search\n", "  - macros\n"): "plugins.macros: remove it; use search and schoolgate only",
    ("  - search\n", "  - blog: {enabled: true}\n"): (
        "plugins.blog: remove it; use search and schoolgate only"
    ),
    ("  - search\n", "  - search: {lang: en, jieba_dict: /etc/hosts}\n"): (
        "plugins.search.jieba_dict: remove it; the gate sets it"
    ),
    ("  - schoolgate\n", "  - schoolgate: {quiet: true}\n"): (
        "plugins.schoolgate.quiet: remove it; the gate sets it"
    ),
    ("  - tables\n", "  - pymdownx.snippets\n"): (
        "markdown_extensions.pymdownx.snippets: is not one that the checks can read; use "
        "admonition, attr_list, tables, sane_lists, toc, fenced_code"
    ),
    ("permalink: false", "permalink: true"): (
        "markdown_extensions.toc: must not be set otherwise; remove what stands below it"
    ),
    (
        "  - Home: index.md\n  - News:\n      - news/fair.md\n  - Gone: news/old.md\n  - Council: https://council.example/\n",
        " x\n",
    ): ("nav: must be a list of pages"),
}


@pytest.mark.parametrize(("change", "trouble"), CHANGED.items(), ids=range(len(CHANGED)))
def test_a_value_that_is_refused(change: tuple[str, str], trouble: str) -> None:
    assert change[0] in CONFIG
    with pytest.raises(PolicyError) as error:
        read(config=CONFIG.replace(*change))
    assert str(error.value) == f"mkdocs.yml: {trouble}"


YAML = {
    "a: !!python/object/apply:os.system [id]\n": (
        "1: tags such as !ENV are not allowed; write the value itself"
    ),
    "a: 1\nb: !ENV HOME\n": "2: tags such as !ENV are not allowed; write the value itself",
    "a: &x 1\nb: *x\n": "1: anchors and aliases are not allowed; write it out",
    "a: 1\na: 2\n": "2: this key stands here twice; remove one",
    "a: {b: 1, b: 2}\n": "1: this key stands here twice; remove one",
    "1: a\n": "1: a key must be a word; write it in quotes",
    "? [a]\n: b\n": "1: a key must be a word; write it in quotes",
    "a: " + "[" * 20 + "]" * 20 + "\n": "1: is nested more than 12 deep; make it flatter",
    "a: [\n": "2: is not valid YAML (expected the node content, but found '<stream end>')",
    "a: 1\n---\nb: 2\n": "2: is not valid YAML (but found another document)",
    "<<: {a: 1}\n": "1: is not plain text, a number, true or false; write it in quotes",
}


@pytest.mark.parametrize(("text", "trouble"), YAML.items(), ids=range(len(YAML)))
def test_yaml_that_is_more_than_data(text: str, trouble: str) -> None:
    with pytest.raises(PolicyError) as error:
        read_settings(text.encode())
    assert str(error.value) == f"mkdocs.yml:{trouble}"


WHOLE = {
    b"": "must be a table of settings, such as site_name: Oak",
    b"- a\n": "must be a table of settings, such as site_name: Oak",
    b"a: \xff\n": "byte 4 is not UTF-8; save the file as UTF-8",
    b"a: \x07\n": "is not valid YAML",
    b"#" * 300_000: "is larger than 262144 bytes; make it smaller",
}


@pytest.mark.parametrize(("data", "trouble"), WHOLE.items(), ids=range(len(WHOLE)))
def test_a_file_that_cannot_be_read(data: bytes, trouble: str) -> None:
    with pytest.raises(PolicyError) as error:
        read_settings(data)
    assert str(error.value) == f"mkdocs.yml: {trouble}"


def test_a_date_in_the_settings_stays_a_word() -> None:
    assert read("copyright: 2026-11-21\n").values["copyright"] == "2026-11-21"
