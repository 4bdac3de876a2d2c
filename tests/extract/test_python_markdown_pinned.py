"""The reader follows Python-Markdown; a new version of it must not drift away unnoticed."""

import re

import markdown
import pytest
from markdown import blockprocessors, inlinepatterns, serializers, util
from markdown.extensions import admonition, attr_list, fenced_code, sane_lists, tables

from moderation.extract.markdown import (
    attributes,
    boxes,
    fences,
    lists,
    patterns,
    simple,
    stash,
    tree,
)
from moderation.extract.markdown import tables as our_tables
from moderation.policy.markdown import EXTENSIONS


@pytest.fixture(scope="module")
def configured() -> markdown.Markdown:
    return markdown.Markdown(extensions=list(EXTENSIONS))


def test_the_processors_run_in_the_order_the_reader_follows(
    configured: markdown.Markdown,
) -> None:
    names = [
        [type(each).__name__ for each in registry]
        for registry in (
            configured.preprocessors,
            configured.parser.blockprocessors,
            configured.inlinePatterns,
            configured.treeprocessors,
            configured.postprocessors,
        )
    ]
    assert names == [
        ["NormalizeWhitespace", "FencedBlockPreprocessor", "HtmlBlockPreprocessor"],
        [
            *("AdmonitionProcessor", "EmptyBlockProcessor", "ListIndentProcessor"),
            *("CodeBlockProcessor", "TableProcessor", "HashHeaderProcessor"),
            *("SetextHeaderProcessor", "HRProcessor", "SaneOListProcessor"),
            *("SaneUListProcessor", "BlockQuoteProcessor", "ReferenceProcessor"),
            "ParagraphProcessor",
        ],
        [
            *("BacktickInlineProcessor", "EscapeInlineProcessor", "ReferenceInlineProcessor"),
            *("LinkInlineProcessor", "ImageInlineProcessor", "ImageReferenceInlineProcessor"),
            *("ShortReferenceInlineProcessor", "ShortImageReferenceInlineProcessor"),
            *("AutolinkInlineProcessor", "AutomailInlineProcessor"),
            *("SubstituteTagInlineProcessor", "HtmlInlineProcessor", "HtmlInlineProcessor"),
            "DelimiterProcessor",
        ],
        [
            *("InlineProcessor", "PrettifyTreeprocessor", "AttrListTreeprocessor"),
            *("TocTreeprocessor", "UnescapeTreeprocessor"),
        ],
        ["RawHtmlPostprocessor", "AndSubstitutePostprocessor"],
    ]


def test_the_patterns_are_those_of_python_markdown(configured: markdown.Markdown) -> None:
    ordered = sane_lists.SaneOListProcessor(configured.parser)
    unordered = sane_lists.SaneUListProcessor(configured.parser)
    block = attr_list.AttrListTreeprocessor
    same: list[tuple[str, re.Pattern[str] | str]] = [
        (patterns.BACKTICK, inlinepatterns.BACKTICK_RE),
        (patterns.ESCAPE, inlinepatterns.ESCAPE_RE),
        (patterns.LINK, inlinepatterns.LINK_RE),
        (patterns.IMAGE, inlinepatterns.IMAGE_LINK_RE),
        (patterns.AUTOLINK, inlinepatterns.AUTOLINK_RE),
        (patterns.AUTOMAIL, inlinepatterns.AUTOMAIL_RE),
        (patterns.HTML, inlinepatterns.HTML_RE),
        (patterns.ENTITY, inlinepatterns.ENTITY_RE),
        (patterns.BREAK, inlinepatterns.LINE_BREAK_RE),
        (patterns.ESCAPABLE, "".join(configured.ESCAPED_CHARS)),
        (simple.HASH.pattern, blockprocessors.HashHeaderProcessor.RE),
        (simple.SETEXT.pattern, blockprocessors.SetextHeaderProcessor.RE),
        (simple.RULE.pattern, blockprocessors.HRProcessor.RE),
        (simple.QUOTE.pattern, blockprocessors.BlockQuoteProcessor.RE),
        (simple.REFERENCE.pattern, blockprocessors.ReferenceProcessor.RE),
        (lists.NUMBERED.pattern, ordered.RE),
        (lists.NUMBERED_ITEM.pattern, ordered.CHILD_RE),
        (lists.BULLETED.pattern, unordered.RE),
        (lists.BULLETED_ITEM.pattern, unordered.CHILD_RE),
        (lists.INDENTED_ITEM.pattern, ordered.INDENT_RE),
        (boxes.BOX.pattern, admonition.AdmonitionProcessor.RE),
        (our_tables.TICKS.pattern, tables.TableProcessor.RE_CODE_PIPES),
        (our_tables.BORDER.pattern, tables.TableProcessor.RE_END_BORDER),
        (attributes.HEADER.pattern, block.HEADER_RE),
        (attributes.BLOCK.pattern, block.BLOCK_RE),
        (attributes.INLINE.pattern, block.INLINE_RE),
        (stash.BARE.pattern.removesuffix("|[<>]"), serializers.RE_AMP),
    ]
    for ours, theirs in same:
        assert ours == (theirs if isinstance(theirs, str) else theirs.pattern)


def test_the_fences_are_those_of_python_markdown() -> None:
    theirs = fenced_code.FencedBlockPreprocessor.FENCED_BLOCK_RE
    assert fences.FENCED.pattern.split() == theirs.pattern.split()
    assert fences.FENCED.flags == theirs.flags


def test_the_names_are_those_of_python_markdown() -> None:
    assert frozenset(util.BLOCK_LEVEL_ELEMENTS) == tree.BLOCKS
    theirs = serializers.BOOLEAN_ATTRIBUTES  # type: ignore[attr-defined] # not in the stubs
    assert theirs["xhtml"] == attributes.BOOLEAN


def test_the_version_is_one_that_the_reader_was_compared_with() -> None:
    assert markdown.__version__.startswith("3.11.")
