"""Word documents: changes are accepted, what pages do not show is gone, what they show stays."""

import io
import zipfile

import pytest

from moderation.analysis.cleaning.document import clean_document
from moderation.extract import extract
from moderation.model import Carrier, ExtractionError
from moderation.policy import default_policy
from tests.extract.planted.word import docx, paragraph

LIMITS = default_policy().limits


def said(body: str, *refers: tuple[str, str]) -> list[str]:
    """Return what each paragraph of the clean copy says, after the first that each file has."""
    clean = clean_document(docx(body, *refers), LIMITS).data
    document = extract("a.docx", clean, LIMITS)
    seen = (Carrier.BODY, Carrier.TABLE, Carrier.HEADING)
    return [document.text[p.start : p.end] for p in document.carried(*seen)][1:]


def main_part(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read("word/document.xml").decode()


def run(words: str, tag: str = "t") -> str:
    return f'<w:r><w:{tag} xml:space="preserve">{words}</w:{tag}></w:r>'


def test_what_was_added_stays_and_what_was_removed_goes() -> None:
    body = (
        f"<w:p>{run('We meet at ')}<w:ins w:author='a'>{run('nine')}</w:ins>"
        f"<w:del w:author='a'>{run('ten', 'delText')}</w:del>{run(' sharp.')}</w:p>"
    )
    assert said(body) == ["We meet at nine sharp."]


def test_the_end_of_a_paragraph_that_was_removed_joins_it_to_the_next() -> None:
    mark = "<w:pPr><w:rPr><w:del w:author='a'/></w:rPr></w:pPr>"
    body = f"<w:p>{mark}{run('Sports ')}</w:p><w:p>{run('day')}</w:p>"
    cleaned = main_part(clean_document(docx(body), LIMITS).data)
    assert cleaned.count("<w:p>") == 2
    assert said(body) == ["Sports day"]


def test_a_row_that_was_removed_goes() -> None:
    body = (
        f"<w:tbl><w:tr><w:trPr><w:del w:author='a'/></w:trPr><w:tc><w:p><w:del w:author='a'>"
        f"{run('Elm', 'delText')}</w:del></w:p></w:tc></w:tr>"
        f"<w:tr><w:tc>{paragraph('Oak')}</w:tc></w:tr></w:tbl>"
    )
    assert said(body) == ["Oak"]


def test_a_cell_whose_only_words_were_hidden_keeps_a_paragraph() -> None:
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>Elm</w:t></w:r>"
    body = f"<w:tbl><w:tr><w:tc><w:sdt><w:sdtContent><w:p>{hidden}</w:p></w:sdtContent></w:sdt></w:tc></w:tr></w:tbl>"  # noqa: E501
    cleaned = main_part(clean_document(docx(body), LIMITS).data)
    assert "<w:tc><w:p" in cleaned
    assert "Elm" not in cleaned


def test_page_numbers_stay_fields_and_other_fields_become_what_they_show() -> None:
    def field(code: str, shown: str) -> str:
        kinds = {each: f'<w:r><w:fldChar w:fldCharType="{each}"/></w:r>' for each in _TURNS}
        begin, separate, end = kinds.values()
        return f"<w:p>{begin}{run(code, 'instrText')}{separate}{run(shown)}{end}</w:p>"

    body = field(" PAGE ", "3") + field(' INCLUDETEXT "C:\\\\list.doc" ', "Oak class")
    cleaned = main_part(clean_document(docx(body.replace("INCLUDETEXT", "AUTHOR")), LIMITS).data)
    assert cleaned.count("fldChar ") == 3
    assert (" PAGE " in cleaned, "AUTHOR" in cleaned, "Oak class" in cleaned) == (True, False, True)


_TURNS = ("begin", "separate", "end")


def test_page_numbers_of_a_list_of_contents_stay() -> None:
    hidden = "<w:r><w:rPr><w:webHidden/></w:rPr><w:t>7</w:t></w:r>"
    assert said(f"<w:p>{run('Trips ')}{hidden}</w:p>") == ["Trips 7"]


def test_a_link_to_the_web_stays_and_one_to_a_file_keeps_its_words() -> None:
    body = (
        f'<w:p><w:hyperlink r:id="r1" w:tooltip="Ask the office">{run("web")}</w:hyperlink>'
        f'<w:hyperlink r:id="r2">{run(" file")}</w:hyperlink></w:p>'
    )
    targets = (("hyperlink", "https://example.org/"), ("hyperlink", "file:///C:/Heads/list.docx"))
    clean = clean_document(docx(body, *targets), LIMITS).data
    links = [link.target for link in extract("a.docx", clean, LIMITS).links]
    assert links == ["https://example.org/"]
    assert said(body, *targets) == ["web file"]
    assert "Ask" not in main_part(clean)


def test_a_bookmark_that_a_link_leads_to_gets_a_number_and_others_go() -> None:
    body = (
        '<w:bookmarkStart w:id="0" w:name="Jo_Reed"/><w:bookmarkEnd w:id="0"/>'
        '<w:bookmarkStart w:id="1" w:name="Ann_Lee"/><w:bookmarkEnd w:id="1"/>'
        f'<w:p><w:hyperlink w:anchor="Jo_Reed">{run("see")}</w:hyperlink></w:p>'
    )
    cleaned = main_part(clean_document(docx(body), LIMITS).data)
    assert cleaned.count("bookmarkStart") == cleaned.count("bookmarkEnd") == 1
    assert cleaned.count('"b1"') == 2
    assert ("Jo_Reed" in cleaned, "Ann_Lee" in cleaned) == (False, False)


def test_words_below_a_black_marker_are_refused_with_what_to_do() -> None:
    black = '<w:rPr><w:highlight w:val="black"/></w:rPr>'
    body = f"<w:p><w:r>{black}<w:t>Jo Reed</w:t></w:r></w:p>"
    with pytest.raises(ExtractionError) as caught:
        clean_document(docx(body), LIMITS)
    assert "paragraph 2 has text below black" in str(caught.value)
    assert "Reed" not in str(caught.value)


def test_what_was_done_is_said_without_the_words() -> None:
    body = f"<w:p><w:ins w:author='Jo Reed'>{run('nine')}</w:ins></w:p>"
    done = clean_document(docx(body), LIMITS).done
    assert done == ("accepted 1 tracked change by 1 person",)


def test_another_kind_of_file_is_refused() -> None:
    with pytest.raises(ExtractionError, match="no document that can be cleaned"):
        clean_document(b"\x89PNG\r\n\x1a\n", LIMITS)


def test_styles_with_names_of_somebodys_own_get_others_where_they_are_used() -> None:
    style = '<w:style w:styleId="JoReed"><w:name w:val="Jo Reed"/><w:aliases w:val="Jo"/></w:style>'
    hidden = '<w:style w:styleId="Hid"><w:name w:val="x"/><w:rPr><w:vanish/></w:rPr></w:style>'
    more = {"word/styles.xml": f"<w:styles {_SPACE}>{style}{hidden}</w:styles>"}
    body = (
        '<w:p><w:pPr><w:pStyle w:val="JoReed"/></w:pPr><w:r><w:t>Hello</w:t></w:r>'
        '<w:r><w:rPr><w:rStyle w:val="Hid"/></w:rPr><w:t>Ann Lee</w:t></w:r></w:p>'
    )
    data = docx(body, ("styles", "styles.xml"), more=more)
    with pytest.raises(ExtractionError, match="would not show the same"):
        clean_document(data, LIMITS)  # the reader takes words of a hidden style for seen ones
    plain = docx(body.partition("<w:r><w:rPr>")[0] + "</w:p>", ("styles", "styles.xml"), more=more)
    clean = clean_document(plain, LIMITS).data
    with zipfile.ZipFile(io.BytesIO(clean)) as archive:
        styles = archive.read("word/styles1.xml").decode()
    assert ('w:styleId="Style1"' in styles, "Reed" in styles, "aliases" in styles) == (
        True,
        False,
        False,
    )
    assert '<w:pStyle w:val="Style1"/>' in main_part(clean)


_SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def test_a_setting_that_is_not_about_looks_goes() -> None:
    said = '<w:defaultTabStop w:val="720"/><w:trackRevisions/><w:rsids/>'
    more = {"word/settings.xml": f"<w:settings {_SPACE}>{said}</w:settings>"}
    data = docx("", ("settings", "settings.xml"), more=more)
    with zipfile.ZipFile(io.BytesIO(clean_document(data, LIMITS).data)) as archive:
        settings = archive.read("word/settings1.xml").decode()
    assert ("defaultTabStop" in settings, "track" in settings, "rsid" in settings) == (
        True,
        False,
        False,
    )
