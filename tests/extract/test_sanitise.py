"""What is left of an article, and that a second cleaning leaves it as it is."""

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.extract.sanitise import sanitised
from moderation.policy.markdown import EXTENSION_CONFIGS, EXTENSIONS
from moderation.policy.markup import ATTRIBUTES, ATTRIBUTES_OF, TAGS

EVERYTHING = """\
# A heading { .quiet #own }

Some *words*, `code`, **more**{: .loud title="T" lang=cy }, <kbd>Ctrl</kbd>,
<abbr title="A">a</abbr>, [a link](../b/ "B"), <office@oak.example>,
<https://council.example/?a=1&b=2>, &copy; &nbsp; "quoted".

!!! note "A box"

    1. one
    2. two

| A | B | C |
| :- | -: | :-: |
| 1 | 2 | 3 |

<details open><summary>More</summary>Words</details>

<figure><img src="photos/a.jpg" alt="A" width="3" height="2" loading="lazy">
<figcaption>A</figcaption></figure>

``` { .python title="x" }
if 1 < 2 & 3 > 1: pass
```

> a quotation

5. five
6. six

* * *
"""


def article(source: str) -> str:
    configs = {name: dict(values) for name, values in EXTENSION_CONFIGS.items()}
    return markdown.markdown(source, extensions=[*EXTENSIONS], extension_configs=configs)


def test_what_markdown_makes_comes_through_but_for_the_way_it_is_written() -> None:
    made = article(EVERYTHING)
    cleaned = sanitised(made)
    for old, new in (
        (" />", ">"),
        ("&quot;", '"'),
        ("&copy;", "©"),
        ("<hr>", "<hr>"),
        ("<details open>", '<details open="">'),
    ):
        made = made.replace(old, new)
    office = "".join(f"&#{ord(sign)};" for sign in "mailto:office@oak.example")
    plain = office.removeprefix("".join(f"&#{ord(sign)};" for sign in "mailto:"))
    made = made.replace(office, "mailto:office@oak.example").replace(plain, "office@oak.example")
    assert cleaned == made


def test_the_lists_by_tag_hold_the_same_attributes_as_the_one_for_all() -> None:
    assert frozenset().union(*ATTRIBUTES_OF.values()) == ATTRIBUTES
    assert ATTRIBUTES_OF.keys() - {"*"} <= TAGS


HARM = {
    "<script>harm()</script>words": "words",
    "<style>p{}</style>words": "words",
    '<p onclick="harm()">a</p>': "<p>a</p>",
    '<a href="javascript:harm()">a</a>': "<a>a</a>",
    '<a href=" jAva\tscript:harm()">a</a>': "<a>a</a>",
    '<a href="data:text/html,x">a</a>': "<a>a</a>",
    '<a href="//a.example/">a</a>': '<a href="//a.example/">a</a>',
    '<a href="?a:b">a</a>': '<a href="?a:b">a</a>',
    '<img src="https://a.example/x.png" alt="a">': '<img alt="a">',
    '<img src="//a.example/x.png" alt="a">': '<img alt="a">',
    '<img src="\\\\a.example/x.png" alt="a">': '<img alt="a">',
    '<img src="ht\ntps:/a.example/x.png" alt="a">': '<img alt="a">',
    '<img src="/\t/a.example/x.png" alt="a">': '<img alt="a">',
    '<img src="data:image/png;base64,x" alt="a">': '<img alt="a">',
    '<img src="../a.jpg" srcset="//a.example/x 2x" alt="a">': '<img src="../a.jpg" alt="a">',
    '<p style="position:fixed">a</p>': "<p>a</p>",
    '<p style="text-align: left;">a</p>': '<p style="text-align: left;">a</p>',
    '<p class="md-overlay">a</p>': "<p>a</p>",
    '<p class="note" id="__config" data-md-component="x">a</p>': '<p class="note">a</p>',
    '<p aria-label="b" role="note" width="3">a</p>': '<p aria-label="b" role="note">a</p>',
    "a<!-- words -->b": "ab",
    "<iframe srcdoc='<p>x</p>'></iframe>a": "a",
    "<form action=/x><input name=a><button>b</button></form>": "b",
    '<meta http-equiv="refresh" content="0;url=https://a.example"><base href="//a.example">a': "a",
    "<svg><a xlink:href='javascript:harm()'>x</a></svg>a": "a",
    "<math><mtext><table><mglyph><style><img src=x onerror=harm()>": "",
    '<noscript><p title="</noscript><img src=x onerror=harm()>">': '<img src="x">"&gt;',
    "<object data=x.swf>a</object><embed src=x>": "a",
    "<table><a>x</table>": "<a>x</a><table></table>",
    "<a><a>x</a></a>": "<a></a><a>x</a>",
    "<p><div>a</div></p>": "<p></p><div>a</div><p></p>",
}


@pytest.mark.parametrize(("given", "left"), HARM.items(), ids=HARM)
def test_what_could_do_harm_is_taken_out(given: str, left: str) -> None:
    assert sanitised(given) == left
    assert sanitised(left) == left


TRAPS = (
    *("<svg>", "<math>", "<mtext>", "<style>", "</style>", "<title>", "</title>", "<!--", "-->"),
    *("<template>", "<select>", "<form>", "<p title='", "'>", '"', "\n", "&lt;", "&", "words", " "),
    *("<noscript>", "</noscript>", "<plaintext>", "<textarea>", "<![CDATA[", "]]>", "</p>", "\0"),
)
MARKS = (f"<{slash}{tag}>" for tag in sorted(TAGS) for slash in ("", "/"))
PARTS = st.sampled_from([*MARKS, *TRAPS])


@given(st.lists(PARTS, max_size=25).map("".join))
def test_cleaning_twice_is_cleaning_once(html: str) -> None:
    cleaned = sanitised(html)
    assert sanitised(cleaned) == cleaned
