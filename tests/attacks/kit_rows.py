"""Rows about what shapes the site besides its content: settings, theme, programs, surroundings."""

import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from importlib.metadata import distribution
from pathlib import Path

from moderation.model import SchoolgateError
from moderation.policy import default_policy
from moderation.publish.site import kit_of
from tests.attacks.content_rows import READ_ONCE
from tests.attacks.scenario import Act, AttackedSite, Group, Outcome, Scenario, Way
from tests.attacks.ways import try_all
from tests.publish.school import CONFIG, TRUST

_NOT_HERE = "the plugin is not installed here; where it is, it runs"
_MORE = "needs more than the settings, which are what the row is about"
LOCKED = "since head locked it on 2026-11-19"


def _row(
    name: str,
    act: Act,
    said: str,
    *,
    threat: str = "T7",
    not_plain: str = "",
    way: Way | None = None,
    silent: str = "",
) -> Scenario:
    return Scenario(
        name=name,
        threat=threat,
        act=act,
        said=said,
        group=Group.KIT,
        not_plain=not_plain,
        way=way,
        silent=silent,
    )


def _settings(more: str = "", *, old: str = "", new: str = "") -> Act:
    """Change ``mkdocs.yml``; CANARY and FOLDER stand for the row's word and the attacker's own."""

    def act(site: AttackedSite) -> None:
        assert old in CONFIG
        text = CONFIG.replace(old, new) if old else CONFIG
        text += more
        site.school.put("mkdocs.yml", _filled(text, site))

    return act


def _filled(text: str, site: AttackedSite) -> str:
    return text.replace("CANARY", site.canary).replace("FOLDER", str(site.elsewhere))


def _file(path: str, text: str, then: Act | None = None) -> Act:
    """Write a file of the site, and change something more."""

    def act(site: AttackedSite) -> None:
        site.school.put(path, _filled(text, site))
        if then is not None:
            then(site)

    return act


def _own(path: str, text: str, then: Act) -> Act:
    """Write a file into the attacker's own folder, and change something more."""

    def act(site: AttackedSite) -> None:
        (site.elsewhere / path).parent.mkdir(parents=True, exist_ok=True)
        (site.elsewhere / path).write_text(_filled(text, site), "utf-8")
        then(site)

    return act


def _unlocked(then: Act) -> Act:
    """Let a head lock whatever stands there, without a look at it: the settings alone must hold."""

    def act(site: AttackedSite) -> None:
        then(site)
        try:
            kit = kit_of(site.root, default_policy().limits)
        except SchoolgateError:
            return  # it could not even be locked
        site.school.trust(replace(TRUST.with_lock(kit), issued=date(2026, 11, 19)))

    return act


def _built(then: Act) -> Act:
    """Build in any case."""

    def act(site: AttackedSite) -> None:
        then(site)
        site.forced = True

    return act


def _surrounded(*names: str, folder: str = "PYTHONPATH") -> Act:
    """Put programs of those names before Python's own, by a variable of the environment."""

    def act(site: AttackedSite) -> None:
        for name in names:
            (site.elsewhere / name).write_text(_program(site), "utf-8")
        site.environment = {folder: str(site.elsewhere)}
        site.forced = True

    return act


def _program(site: AttackedSite) -> str:
    """Return a program that puts a page with the canary where sites are built."""
    return (
        "import pathlib, sys\n"
        f"for place in ({str(site.out)!r}, {str(site.content)!r}):\n"
        f"    folder = pathlib.Path(place) / 'news'\n"
        "    folder.mkdir(parents=True, exist_ok=True)\n"
        f"    (folder / '{site.slug}.html').write_text('{site.canary}')\n"
    )


def _shadow(*names: str) -> Act:
    """Put programs with the names of MkDocs' own parts beside ``mkdocs.yml``."""

    def act(site: AttackedSite) -> None:
        for name in names:
            site.school.put(name, _program(site))
        site.environment = {"PYTHONSAFEPATH": ""}  # the folder itself is searched for programs
        site.forced = True

    return act


def upgraded(program: str) -> Way:
    """Return a way that tries the site where another version of a program is installed."""
    return _installed(program, lambda record: record, version="99.0")


def rewritten(program: str) -> Way:
    """Return a way that tries the site where a program of the same version has other files."""
    return _installed(program, lambda record: record.replace("sha256=", "sha256=x"))


def meddled(program: str) -> Way:
    """Return a way that tries the site where a program lacks files that were installed."""
    return _installed(program, lambda record: record)


def _installed(program: str, change: Callable[[str], str], *, version: str = "") -> Way:
    def way(scenario: Scenario, site: AttackedSite) -> Outcome:
        real = distribution(program)
        said = version or real.version
        place = site.elsewhere / f"{program.replace('-', '_')}-{said}.dist-info"
        place.mkdir()
        metadata = f"Metadata-Version: 2.1\nName: {program}\nVersion: {said}\n"
        (place / "METADATA").write_text(metadata, "utf-8")
        (place / "RECORD").write_text(change(real.read_text("RECORD") or ""), "utf-8")
        return _with(place.parent, scenario, site)

    return way


def _with(folder: Path, scenario: Scenario, site: AttackedSite) -> Outcome:
    sys.path.insert(0, str(folder))
    try:
        site.forced = True
        outcome = try_all(scenario, site)
        built = (f"{site.out.name}/",) if site.out.exists() else ()
        return replace(outcome, through=(*outcome.through, *built))
    finally:
        sys.path.remove(str(folder))


def _nothing(site: AttackedSite) -> None:
    """Leave the site as it is: the programs are what changes."""


_HOOK = 'def on_page_content(html, **_):\n    return html + "<p>CANARY</p>"\n'
_HOOKS = _settings("hooks:\n  - more.py\n")
_RUNS = 'extra:\n  more: !!python/object/apply:os.system ["echo CANARY > content/x.txt"]\n'
_THEME = '{% extends "base.html" %}\n{% block footer %}CANARY{% endblock %}\n'
_SNIPPETS = (
    "  - fenced_code\n  - pymdownx.snippets:\n      base_path: FOLDER\n      auto_append: [x.md]\n"
)
_BLOCK = '{% extends "base.html" %}{% block content %}{{ page.content }}CANARY{% endblock %}\n'
_BASE = '{% extends "base.html" %}'
_FETCH = _BASE + '{% block libs %}<script src="//e.example/CANARY"></script>{% endblock %}'
_INCLUDE = _BASE + '{% block footer %}{% include "../x.html" %}{% endblock %}'
_MAIN = "theme/main.html"
_MANY: tuple[tuple[str, Callable[[AttackedSite], object], str, str], ...] = (
    ("a hook of the build", _file("more.py", _HOOK, _HOOKS), "hooks: runs programs", ""),
    (
        "settings brought from another file",
        _own("base.yml", "copyright: CANARY\n", _settings("INHERIT: FOLDER/base.yml\n")),
        "INHERIT: brings settings from another file",
        "",
    ),
    (
        "a setting from the environment",
        _settings('copyright: !ENV [NOT_SET_ANYWHERE, "CANARY"]\n'),
        "tags such as !ENV are not allowed",
        "",
    ),
    (
        "a program in the settings",
        _settings(_RUNS),
        "tags such as",
        "",
    ),
    (
        "an object of Python in the settings",
        _settings("extra:\n  more: !!python/object/apply:os.getcwd []\ncopyright: CANARY\n"),
        "tags such as",
        "",
    ),
    (
        "another folder of pages",
        _file(
            "drafts/index.md",
            "# CANARY\n",
            _settings(old="docs_dir: content", new="docs_dir: drafts"),
        ),
        "docs_dir: must be content",
        "",
    ),
    (
        "a theme in another folder",
        _own("main.html", _THEME, _settings(old="custom_dir: theme", new="custom_dir: FOLDER")),
        "must be a folder of the site beside content",
        "",
    ),
    (
        "a theme from the content folder",
        _file(
            "content/main.html",
            _THEME,
            _settings(old="custom_dir: theme", new="custom_dir: content"),
        ),
        "must be a folder of the site beside content",
        "",
    ),
    (
        "a theme from a hidden folder",
        _file(
            ".more/main.html", _THEME, _settings(old="custom_dir: theme", new="custom_dir: .more")
        ),
        "must be a folder of the site beside content",
        "",
    ),
    ("a word in the template of every page", _file(_MAIN, _THEME), "theme/main.html changed", ""),
    ("a word around every article", _file(_MAIN, _BLOCK), "theme/main.html changed", ""),
    ("a program of another site in the template", _file(_MAIN, _FETCH), "main.html changed", ""),
    (
        "a new part of the theme",
        _file("theme/partials/footer.html", "<footer>CANARY</footer>"),
        "theme/partials/footer.html is new",
        "",
    ),
    ("a new text of the theme", _file("theme/more.txt", "CANARY"), "theme/more.txt is new", ""),
    (
        "a new program of the theme",
        _file("theme/js/more.js", "/* CANARY */"),
        "theme/js/more.js is new",
        "",
    ),
    (
        "a changed file of the theme",
        _file("theme/robots.txt", "CANARY"),
        "theme/robots.txt changed",
        "",
    ),
    (
        "a file of Material replaced by the theme",
        _file("theme/assets/images/favicon.png", "CANARY"),
        "theme/assets/images/favicon.png is new",
        "",
    ),
    (
        "a page of the theme that MkDocs fills in",
        _file(
            "theme/about.html",
            "CANARY",
            _settings(
                old="  font: false\n", new="  font: false\n  static_templates: [about.html]\n"
            ),
        ),
        "theme.static_templates: is not a setting of the gate",
        "",
    ),
    (
        "a program of the browser from another site",
        _settings("extra_javascript:\n  - https://evil.example/CANARY.js\n"),
        "must name files of the site's own theme only",
        "",
    ),
    (
        "a program of the browser from the content folder",
        _file(
            "content/js/more.js", "/* CANARY */", _settings("extra_javascript:\n  - js/more.js\n")
        ),
        "mkdocs.yml changed",
        "",
    ),
    (
        "a style from another site",
        _settings("extra_css:\n  - https://evil.example/CANARY.css\n"),
        "must name files of the site's own theme only",
        "",
    ),
    (
        "a style from another site without a scheme",
        _settings("extra_css:\n  - //evil.example/CANARY.css\n"),
        "must name files of the site's own theme only",
        "",
    ),
    ("another name of the school", _settings(old="Oak School", new="CANARY"), "mkdocs.yml ch", ""),
    ("a word of copyright", _settings("copyright: CANARY\n"), "mkdocs.yml changed", ""),
    ("a description of the site", _settings("site_description: CANARY\n"), "mkdocs.yml ch", ""),
    (
        "a title in the navigation",
        _settings(old="  - Home: index.md", new="  - CANARY: index.md"),
        "mkdocs.yml changed",
        "",
    ),
    (
        "a link in the navigation",
        _settings(old="https://council.example/\n", new="https://CANARY.example/\n"),
        "mkdocs.yml changed",
        "",
    ),
    (
        "a script address in the navigation",
        _unlocked(_settings(old="https://council.example/\n", new="javascript:CANARY()\n")),
        "must begin with https://",
        "",
    ),
    (
        "a counter of visitors",
        _settings("extra:\n  analytics:\n    provider: google\n    property: CANARY\n"),
        "extra.analytics: asks a third party",
        "",
    ),
    (
        "a repository that every browser asks",
        _settings("repo_url: https://github.example/CANARY\n"),
        "repo_url: makes every visitor's browser ask a third party",
        "",
    ),
    (
        "letters from another site",
        _settings(old="  font: false\n", new="  font:\n    text: CANARY\n"),
        "theme.font: must be false",
        "",
    ),
    (
        "a theme that asks other sites",
        _settings("copyright: CANARY\n", old="  name: material\n", new="  name: mkdocs\n"),
        "theme.name: must be material",
        "",
    ),
    (
        "a logo of another site",
        _settings(
            old="  font: false\n", new="  font: false\n  logo: https://evil.example/CANARY.png\n"
        ),
        "theme.logo: must name a file of the site's own theme",
        "",
    ),
    (
        "text put in from a file",
        _own("x.md", "CANARY\n", _settings(old="  - fenced_code\n", new=_SNIPPETS)),
        "pymdownx.snippets: is not one that the checks can read",
        "",
    ),
    (
        "an extension that reads HTML otherwise",
        _settings("copyright: CANARY\n", old="  - tables\n", new="  - tables\n  - md_in_html\n"),
        "md_in_html: is not one that the checks can read",
        "",
    ),
    (
        "an extension of the site's own",
        _file(
            "more.py",
            _HOOK,
            _settings("copyright: CANARY\n", old="  - tables\n", new="  - tables\n  - more\n"),
        ),
        "more: is not one that the checks can read",
        _MORE,
    ),
    (
        "macros",
        _settings(old="  - search\n", new="  - search\n  - macros\n"),
        "plugins.macros: remove it",
        _NOT_HERE,
    ),
    (
        "a map of redirects",
        _settings(
            old="  - search\n",
            new="  - search\n  - redirects:\n      redirect_maps:\n        a.md: https://CANARY.example/\n",
        ),
        "plugins.redirects: remove it",
        _NOT_HERE,
    ),
    (
        "a plugin that lists tags",
        _file(
            "content/t.md",
            "---\ntags: [CANARY]\n---\n\n# T\n",
            _settings(old="  - search\n", new="  - search\n  - tags\n"),
        ),
        "plugins.tags: remove it",
        "",
    ),
    (
        "settings with a key twice",
        _settings("copyright: Oak\ncopyright: CANARY\n"),
        "this key stands here twice",
        "",
    ),
    (
        "settings with an alias",
        _settings("copyright: &word CANARY\nextra:\n  more: *word\n"),
        "anchors and aliases are not allowed",
        "",
    ),
    (
        "a setting nobody knows",
        _settings("watch:\n  - FOLDER\ncopyright: CANARY\n"),
        "watch: is not a setting of the gate",
        "",
    ),
    (
        "pages that are left out of the gate by the settings",
        _settings("draft_docs: '*'\ncopyright: CANARY\n"),
        "draft_docs: is decided by approval",
        "",
    ),
    (
        "a template of the theme that reads a file",
        _own("x.html", "CANARY", _built(_unlocked(_file(_MAIN, _INCLUDE)))),
        "failed at line",
        "the template engine lets no file outside of its folders in either",
    ),
    (
        "a script of the theme that a head did not look at",
        _unlocked(_file("theme/main.html", _FETCH)),
        "asks another site for a file",
        "",
    ),
    (
        "a program for a server in the theme",
        _unlocked(_file("theme/more.php", "<?php echo 'CANARY';")),
        "is no file that a theme is made of",
        "",
    ),
    (
        "a drawing with a script in the theme",
        _unlocked(
            _file(
                "theme/images/more.svg",
                '<svg xmlns="http://www.w3.org/2000/svg"><script>CANARY()</script></svg>',
            )
        ),
        "runs a program or changes by itself",
        "",
    ),
    (
        "a style of the theme that asks another site",
        _unlocked(_file("theme/more.css", "a{background:url(//evil.example/CANARY)}")),
        "asks another site for a file",
        "",
    ),
    (
        "a theme that leaves the article out",
        _unlocked(
            _file(_MAIN, '{% extends "base.html" %}{% block content %}CANARY{% endblock %}\n')
        ),
        "the theme changes or leaves out the text",
        "",
    ),
)


def _linked_theme(site: AttackedSite) -> None:
    """Put a link in the place of the theme's folder."""
    (site.root / "theme").rename(site.root / "theme-before")
    (site.elsewhere / "main.html").write_text(_filled(_THEME, site), "utf-8")
    (site.root / "theme").symlink_to(site.elsewhere, target_is_directory=True)


def _linked_template(site: AttackedSite) -> None:
    (site.elsewhere / "main.html").write_text(_filled(_THEME, site), "utf-8")
    (site.root / _MAIN).unlink()
    (site.root / _MAIN).symlink_to(site.elsewhere / "main.html")


def _linked_settings(site: AttackedSite) -> None:
    (site.elsewhere / "mkdocs.yml").write_text(f"{CONFIG}copyright: {site.canary}\n", "utf-8")
    (site.root / "mkdocs.yml").unlink()
    (site.root / "mkdocs.yml").symlink_to(site.elsewhere / "mkdocs.yml")


def _other_settings(site: AttackedSite) -> None:
    """Put settings beside the settings, under the name that MkDocs looks for next."""
    site.school.put("mkdocs.yaml", f"{CONFIG}copyright: {site.canary}\n")
    site.forced = True


def _swapped_theme(site: AttackedSite) -> None:
    site.between = lambda: site.school.put(_MAIN, _filled(_THEME, site))


def _path_file(site: AttackedSite) -> None:
    """Write a file that Python runs where it is among its packages."""
    site.school.put("more.pth", f"import pathlib; pathlib.Path('{site.slug}').touch()\n")
    (site.elsewhere / "more.pth").write_text(f"import sys; print('{site.canary}')\n", "utf-8")
    site.environment = {"PYTHONPATH": str(site.elsewhere)}
    site.forced = True


def _variables(site: AttackedSite) -> None:
    """Set what MkDocs, git and Python look at."""
    settings = site.elsewhere / "mkdocs.yml"
    settings.write_text(f"{CONFIG}copyright: {site.canary}\n", "utf-8")
    site.environment = {
        "MKDOCS_CONFIG_FILE": str(settings),
        "MKDOCS_CONFIG": str(settings),
        "SITE_NAME": site.canary,
        "GIT_DIR": str(site.elsewhere),
    }
    site.forced = True


_CLOSED = "the build starts Python in a world of its own, where none of it is looked for"
_NOT_SET = "MkDocs itself looks at none of these variables"
ROWS: tuple[Scenario, ...] = (
    *(_row(name, act, said, not_plain=why) for name, act, said, why in _MANY),
    _row("a theme that is a link", _linked_theme, "theme is not a folder"),
    _row("a template that is a link", _linked_template, "is or lies behind a link"),
    _row("settings that are a link", _linked_settings, "is or lies behind a link"),
    _row(
        "settings under another name",
        _other_settings,
        "",
        silent="nothing reads it: the site has its settings in mkdocs.yml",
        not_plain="MkDocs takes mkdocs.yml where both are there",
    ),
    _row("a template swapped after the gate", _swapped_theme, "", threat="T17", silent=READ_ONCE),
    _row(
        "a program that Python runs first, by its path",
        _surrounded("sitecustomize.py", "usercustomize.py"),
        "",
        threat="T32",
        silent=_CLOSED,
    ),
    _row(
        "programs in the place of MkDocs' own, by its path",
        _surrounded("yaml.py", "markdown.py", "jinja2.py", "mkdocs.py"),
        "",
        threat="T32",
        silent=_CLOSED,
    ),
    _row(
        "a program that Python runs at a prompt",
        _surrounded("startup.py", folder="PYTHONSTARTUP"),
        "",
        threat="T32",
        silent=_CLOSED,
        not_plain="Python runs it at a prompt only",
    ),
    _row(
        "programs in the place of MkDocs' own, beside the settings",
        _shadow("yaml.py", "markdown.py", "sitecustomize.py"),
        "",
        threat="T32",
        silent=_CLOSED,
    ),
    _row(
        "a line that Python runs, beside the settings",
        _path_file,
        "",
        threat="T32",
        silent=_CLOSED,
        not_plain="Python reads such files only where packages are installed",
    ),
    _row(
        "variables of the environment",
        _variables,
        "",
        threat="T32",
        silent=_CLOSED,
        not_plain=_NOT_SET,
    ),
    *(
        _row(
            f"another version of {program}",
            _nothing,
            f"{program} 99.0 is new",
            threat="T29",
            way=upgraded(program),
            not_plain="the row changes the record of what is installed, and no page",
        )
        for program in ("mkdocs", "mkdocs-material", "markdown", "jinja2", "markupsafe")
    ),
    *(
        _row(
            f"files of {program} changed after it was installed",
            _nothing,
            "is not as it was installed; install Schoolgate again",
            threat="T6",
            way=meddled(program),
            not_plain="the row changes where the program is looked for, and no page",
        )
        for program in ("mkdocs", "mkdocs-material", "markdown", "jinja2", "markupsafe")
    ),
    *(
        _row(
            f"other files of {program} under the same version",
            _nothing,
            LOCKED,
            threat="T32",
            way=rewritten(program),
            not_plain="the row changes the record of what is installed, and no page",
        )
        for program in ("mkdocs", "mkdocs-material", "markdown", "jinja2")
    ),
)
