"""What must stand in a text for a finder to find anything there, quickly looked for.

Each gate is an RE2 pattern over the text in one byte a character, whatever the case; ``?`` stands
for any character outside ASCII. A gate lets through more than its finder finds, never less.
"""

from typing import NamedTuple

from moderation.analysis.identifiers.lists import listed

_DIGIT_WORD = (
    r"(?:zero|oh|o|nought|naught|nil|one|two|three|four|five|six|seven|eight|nine|double|treble"
    r"|triple|[0-9]{1,5})"
)
_CAPITALISED = r"(?-i:(?:St\.?\s|The\s)?[A-Z])"
_MARK = (
    r"[A-Z]{2}[ -]?[0-9OIoi]{2}[ .\n-]{0,2}[A-Z]{3}|[A-Z] ?[0-9]{1,3}[ .-]{0,2}[A-Z]{3}"
    r"|[A-Z]{3}[ .-]{0,2}[0-9]{1,3}[A-Z]"
)
_STREETS = "|".join(listed("streets", "kinds").split())
_NUMBER = r"[-+]?[0-9]{1,3}[.,][0-9]"


class Gate(NamedTuple):
    """A pattern, and the module and function that look closer where it matches."""

    pattern: str
    module: str
    finder: str


GATES = (
    Gate(r"[0-9](?:[ ./_\n-]?[0-9O]){9}", "numbers", "find_pupil_numbers"),
    Gate(
        r"[0-9]{2}[ -]?[0-9]{2}[ -]?[0-9]{2}[^0-9]{1,45}[0-9]{4}"
        r"|[0-9]{8}[^0-9]{1,45}[0-9]{2}[ -]?[0-9]{2}"
        r"|\b(?:account|a/c|acct?)\b[^0-9]{0,20}[0-9]{4}"
        r"|[A-Z]{2}[0-9]{2}(?:[ -]?[A-Z0-9]){11}|[0-9](?:[ \n-]?[0-9]){12}",
        "money",
        "find_bank_details",
    ),
    Gate(
        r"[A-Z]{2}[ .\n/-]{0,2}[0-9O](?:[ .\n/-]{0,2}[0-9O]){5}",
        "numbers",
        "find_insurance_numbers",
    ),
    Gate(r"[0-9](?:[ .\n-]{0,2}[0-9]){9}", "numbers", "find_nhs_numbers"),
    Gate(
        r"@|%40|[\[({<]\s?at\s?[\])}>]|[-_.]at[-_.]"
        r"|\sat\s{1,2}[a-z0-9-]{1,63}(?:\s{0,2}[\[({<]?\s?dot\b|[.][a-z]|[-_]dot)",
        "mail",
        "find_emails",
    ),
    Gate(
        rf"{_NUMBER}[0-9]*[^0-9A-Z]{{1,4}}{_NUMBER}|\b(?:lat|lon|lng)[a-z]{{0,6}}\b[^0-9]{{0,8}}[0-9]"
        r"|!3d|geo:|[0-9][-+][0-9]{3}[.]|[0-9.'\"?\s]{4}(?:[NS]|north|south)[\s,;/]{0,3}(?:and\s)?[-+]?[0-9]"
        r"|\b[NS]\s?[0-9]{1,3}[^A-Z]{1,24}[EW]\s?[0-9]|[0-9A-Z]{4}(?:\+|%2B)[0-9A-Z]{2}",
        "places",
        "find_coordinates",
    ),
    Gate(r"(?:map|earth|osm)\S{0,80}[0-9][.][0-9]", "places", "find_map_links"),
    Gate(r"///\s?[a-z]|w3w|what3words", "places", "find_three_words"),
    Gate(
        r"birth|\bborn\b|\bd\s?[./]?\s?o\s?[./]?\s?b\b|\bb[.]"
        r"|\b(?:turn[a-z]{0,3}|is|was|be|becomes)\s[a-z0-9]{1,9}\s(?:years\sold\s)?(?:today,?\s|tomorrow,?\s)?on\b",
        "dates",
        "find_births",
    ),
    Gate(r"[0-9O](?:[ .\n/()-]{0,4}[0-9O]){5}", "phones", "find_phones"),
    Gate(rf"\b(?:{_DIGIT_WORD}[\s,.-]{{1,3}}){{4}}", "phones", "find_spoken_phones"),
    Gate(
        r"[A-Z][0-9][0-9A-Z]?[ \n.-]{0,2}[0-9][A-Z]{2}\b"
        rf"|[0-9][A-Z]?,?\s{{1,2}}(?-i:The\s[A-Z]|(?:[A-Z][A-Za-z'.-]{{1,20}}\s){{1,3}}(?:{_STREETS})\b)"
        r"|\b(?:address|postcode|post\scode|home|at|near)\b[^0-9A-Z]{0,8}(?:(?:flat|apt)[^,]{0,8},?\s)?"
        rf"[0-9]{{1,4}}[A-Z]?,?\s{{1,2}}(?:[a-z'.-]{{2,20}}\s){{1,3}}(?:{_STREETS})\b"
        r"|(?-i:\b(?:Cottage|Farm|Farmhouse|Barn|Bungalow|Villa|Lodge|House|Rectory|Vicarage|Manor|Grange"
        r"|Croft|Court|Mill|Park),\s[A-Z0-9])"
        r"|\b(?:liv|resid|stay|home|mov)[a-z]{0,3}\s(?:is\s)?(?:in|on|at|near|to|down|up)\s(?-i:[A-Z])",
        "homes",
        "find_addresses",
    ),
    Gate(
        rf"(?-i:\b(?:{_MARK}|{_MARK.replace('A-Z', 'a-z')})\b)"
        r"|\b(?:reg|registration|mark|plates?|licen[cs]e|numberplate|vr[mn]|car|vehicle|van)\b[^0-9]{0,30}[0-9]",
        "plates",
        "find_registrations",
    ),
    Gate(
        r"@|insta|\big\b|snap|tik\s?tok|twitter|discord|roblox|minecraft|fortnite|x\s?box|psn|playstation"
        r"|gamer\s?tag|steam|twitch|youtube|facebook|\bfb\b|telegram|whats\s?app|vsco|threads|blue\s?sky"
        r"|mastodon|bereal|\bkik\b|signal|pinterest|reddit|tumblr|linkedin|spotify|nintendo|switch"
        r"|\bepic\b|yubo|omegle|wechat|viber|\bign\b|\bu/|\bt\.me|\bx\.com|fb\.com|bsky|github\.com"
        r"|\bm\.me|linktr|soundcloud|ask\.fm|bere\.al|onlyfans",
        "handles",
        "find_handles",
    ),
)
