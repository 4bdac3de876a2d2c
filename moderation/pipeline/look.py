"""Read a file and look at what it shows, as far as a rule that runs wants to know."""

from moderation.analysis import vision
from moderation.checks.base import Context
from moderation.extract import extract, needs_care
from moderation.extract.refusal import naming
from moderation.model import Asset, Document
from moderation.pipeline.confined import call
from moderation.pipeline.copies import shown_in_text, wanted_photos
from moderation.pipeline.plan import Plan

_FAMILY = "images"


def read_and_look(asset: Asset, context: Context, plan: Plan) -> Document:
    """Read a file, with the people seen in it and the known photos that it shows.

    What is more than text is read and looked at in a process of its own. Without a detector on
    this machine nobody is looked for, which a rule reports; a video is refused then.

    Args:
        asset: the file
        context: the most that is read, and the register of photos
        plan: the rules that run

    Raises:
        ExtractionError: the file cannot be read, or the picture not be looked at

    """
    path, data, limits = asset.path, asset.data, context.policy.limits
    photos = wanted_photos(context, plan)
    if not needs_care(path, data, limits):
        document = extract(path, data, limits)
        return shown_in_text(document, data, photos) if photos else document
    from moderation.pipeline.confined import tasks

    with naming(path):
        wanted = any(plan.known[rule].family == _FAMILY for rule in plan.rules)
        looking = wanted and vision.is_available()
        document = call(tasks.read, path, data, limits, looking, photos)
        if wanted and document.media_type.startswith("video/"):
            from moderation.pipeline.watch import watch  # it starts programs, and few films come

            return watch(document, data)
        return document
