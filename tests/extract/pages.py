"""Strategies that write pages: every construct of the grammar, nested, and a few broken ones."""

from hypothesis import strategies as st

WORDS = st.sampled_from(
    ["harvest", "Oak", "class", "a", "snake_case", "42", "café", "don't", "e.g.", "x*y", "_", "ok"]
)
_WRAPPED = st.sampled_from(
    [
        "*{}*",
        "**{}**",
        "_{}_",
        "__{}__",
        "***{}***",
        "`{}`",
        "`` {} ` ``",
        "[{}](page.md)",
        '[{}](page.md "A title")',
        "[{}][far]",
        "[{}]",
        "![{}](photo.jpg)",
        "![{}](photo.jpg 'By {}')",
        "![{}][far]",
        "<b>{}</b>",
        '<span title="a {}">{}</span>',
        "{}<!-- {} -->",
        "<http://a.example/{}>",
        "<{}@a.example>",
        "\\*{}\\*",
        "{} &amp; {}",
        "&copy;{}&#33;",
        "{}<br>",
        "{}  \n",
        "{}{{ .big title='T' }}",
        "mo*ro*n{}",
        "{} & < > {}",
        "({}",
        "{}]",
        "**{}",
        "{}*",
        "`{}",
    ]
)


def _wrapped(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(lambda form, text: form.replace("{}", text), _WRAPPED, inner)


INLINE = st.recursive(
    WORDS,
    lambda inner: st.one_of(
        _wrapped(inner),
        st.lists(inner, min_size=2, max_size=3).map(" ".join),
        st.lists(inner, min_size=2, max_size=2).map("".join),
        st.lists(inner, min_size=2, max_size=2).map("\n".join),
    ),
    max_leaves=5,
)
_LINE = INLINE.map(lambda text: " ".join(text.split()))
_LEAF = st.one_of(
    INLINE,
    INLINE,
    st.builds("{} {}".format, st.sampled_from(["#", "##", "###### "]), _LINE),
    _LINE.map("#{}".format),
    _LINE.map("## {} ## {{ #id .c }}".format),
    st.builds("{}\n{}".format, _LINE, st.sampled_from(["===", "---", "-"])),
    st.sampled_from(["***", "- - -", "___"]),
    st.builds("```{}\n{}\n```".format, st.sampled_from(["", "python", " { .py }"]), INLINE),
    INLINE.map("~~~\n{}".format),
    _LINE.map("    {}".format),
    st.builds("| {} | b |\n|---|:-:|\n| {} | c | d |\n| e".format, _LINE, _LINE),
    st.builds("{} | {}\n--|--\n{} | `x|y` \\|".format, _LINE, _LINE, _LINE),
    _LINE.map('<div class="c" title="T">{} &lt;</div>'.format),
    INLINE.map("<div>\n\n{}\n\n</div>".format),
    _LINE.map("<!-- {} -->".format),
    _LINE.map("<p>{}".format),
    _LINE.map("<script>{}</script>".format),
    st.just('[far]: http://far.example/ "Far title"'),
    _LINE.map("{}\n{{: .c title='T'}}".format),
)


def _indented(text: str, first: str, rest: str) -> str:
    return first + text.replace("\n", f"\n{rest}")


_FIRSTS = st.sampled_from(
    [
        ("- ", "    "),
        ("- ", "  "),
        ("* ", ""),
        ("+ ", "    "),
        ("1. ", "    "),
        ("7. ", "   "),
        ("> ", "> "),
        (">", ""),
        ("    ", "    "),
        ('!!! note "T *t*"\n    ', "    "),
        ("!!! warning\n    ", "    "),
        ("??? tip\n    ", "    "),
        ("<details><summary>S</summary>\n", ""),
    ]
)
BLOCKS = st.recursive(
    _LEAF,
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=4).map("\n\n".join),
        st.lists(inner, min_size=2, max_size=3).map("\n".join),
        st.builds(lambda text, each: _indented(text, *each), inner, _FIRSTS),
    ),
    max_leaves=6,
)


@st.composite
def _damaged(draw: st.DrawFn) -> str:
    """Take a character out of a page, or put one in."""
    page: str = draw(BLOCKS)
    at = draw(st.integers(0, len(page)))
    extra: str = draw(st.sampled_from([*"*_`[]()<>!#|\\&{}\"'\t \n", "  \n", "\n\n", "    ", ""]))
    return page[:at] + extra + page[at + draw(st.integers(0, 1)) :]


_TOKENS = st.sampled_from(
    [
        *("a", "word", " ", "  ", "    ", "\n", "\n\n", "\t", "*", "**", "_", "__", "`", "``"),
        *("```\n", "~~~\n", "[", "]", "(", ")", "![", "](", "](x.md)", "](y 'T')", "][far]"),
        *('[far]: http://e "R"\n', "<", ">", "\n> ", "\n- ", "\n    - ", "\n1. ", "\n# ", "\n==="),
        *("\n---\n", "\\", "\\*", "&amp;", "&", "!!! note\n    ", "|", "\n|---|---|\n", "{ .c }"),
        *("\n{: title='x' }", "<b>", "</b>", "\n<div>\n", "\n</div>\n", "<!-- c -->", "<br>"),
        *("<p>", "</p>", "<hr>", "<http://x.y>", "<m@x.y>", "'", '"', "é", "<i", "</", "/>"),
    ]
)
SOUP = st.lists(_TOKENS, max_size=25).map("".join)
PAGES = st.one_of(BLOCKS, _damaged(), SOUP)
