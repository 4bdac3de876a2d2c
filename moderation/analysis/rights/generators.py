"""Whether a picture says itself that a program made it up.

By IPTC *Digital Source Type* NewsCodes, and by what the generators write: the settings of Stable
Diffusion's programs, names of programs, the claims of content credentials.
"""

import re

from moderation.model import Carrier, Document, Piece

_TYPES = re.compile(r"trained\s*algorithmic\s*media|compositeSynthetic", re.IGNORECASE)
_NAMES = re.compile(
    r"stable[\s_-]?diffusion|midjourney|\bdall[\W_]{0,2}e\b(?![\s-]*jones)|adobe[\s_]firefly"
    r"|\bnovelai\b|\binvokeai\b|\bcomfyui\b|\bautomatic1111\b|\bdreamstudio\b|\bstability\.?ai\b"
    r"|\bleonardo\.ai\b|\bideogram\b|\bcraiyon\b|\bnightcafe\b|\bplayground\s?ai\b|\bcivitai\b"
    r"|\bopenai\b|\bchatgpt\b|\bgpt-?4o\b|\bgpt-image\b|\bmade with google ai\b|\bgoogle gemini\b"
    r"|\bmicrosoft (?:designer|responsible ai)\b|\bbing image creator\b|\bgenerative (?:ai|fill)\b"
    r"|\bai[\s-]generated\b|\bgenerated (?:by|with|using) (?:an? )?(?:ai|artificial)\b|\bwombo\b"
    r"|\bsdxl\b|\bcanva magic media\b|\bimagen[\s-]?[234]\b|\bflux\.?1\b|\brecraft\b",
    re.IGNORECASE,
)
_SOFTWARE = re.compile(
    r"\b(?:firefly|imagen|gemini|grok|aurora|flux|sora|dream|magic media|fooocus|easydiffusion)\b",
    re.IGNORECASE,
)
_PROGRAM_FIELD = re.compile(
    r"(?:Software|CreatorTool|ProcessingSoftware|softwareAgent|Originating Program"
    r"|claim_generator.*|name)$",
    re.IGNORECASE,
)
_SETTINGS_FIELD = re.compile(
    r"(?:^| )(?:parameters|sd-metadata|invokeai_\w+|generation_data|dream|fooocus_scheme)$",
    re.IGNORECASE,
)
_STEPS = re.compile(
    r"\b(?:steps|sampler|cfg scale|seed|negative prompt|denoising strength|model hash)\s*:",
    re.IGNORECASE,
)
_NODES = re.compile(r"\"class_type\"\s*:\s*\"|\"KSampler")
_JOB = re.compile(r"\bJob ID: [0-9a-f]{8}-|\s--(?:ar|v|stylize|niji|chaos)\s[\d:.]+")
_ENOUGH = 3
_HIDDEN = (Carrier.EXIF, Carrier.IPTC, Carrier.XMP, Carrier.PROPERTY, Carrier.COMMENT)


def made_by_program(document: Document) -> Piece | None:
    """Return the field of a picture that says a program made it up, or None.

    Args:
        document: a picture

    """
    for piece in document.carried(*_HIDDEN):
        value = document.text[piece.start : piece.end]
        if _says_so(piece.field, value):
            return piece
    return None


def _says_so(field: str, value: str) -> bool:
    if "sourcetype" in field.lower():
        return bool(_TYPES.search(value))
    if _SETTINGS_FIELD.search(field) or _NODES.search(value) or _JOB.search(value):
        return True
    if len({word.lower() for word in _STEPS.findall(value)}) >= _ENOUGH:
        return True
    if _PROGRAM_FIELD.search(field) and _SOFTWARE.search(value):
        return True
    return bool(_NAMES.search(value) or _TYPES.search(value))
