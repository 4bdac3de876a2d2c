"""Run axe-core in a page, in two steps so that several pages can be examined at once."""

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import BrowserContext, Page

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
OPTIONS = {
    "runOnly": {"type": "tag", "values": TAGS},
    "resultTypes": ["violations"],
    "preload": False,
}
BEGIN = """options => {
  const list = result => result.violations.flatMap(
    rule => rule.nodes.map(node => `${rule.id}: ${node.target.join(' ')}`))
  const frame = () => new Promise(resolve => requestAnimationFrame(resolve))
  const still = () => Promise.allSettled(document.getAnimations().map(each => each.finished))
  window.barriers = frame().then(frame).then(still)
    .then(() => axe.run(options)).then(list)
}"""


def bring_axe(context: BrowserContext) -> None:
    """Have axe ready on every page of *context*."""
    context.add_init_script(AXE_SCRIPT)


def begin(page: Page) -> None:
    """Begin to examine the page as it stands, once nothing moves or changes colour any more."""
    page.evaluate(BEGIN, OPTIONS)


def barriers(page: Page) -> list[str]:
    """Wait for that, and return each rule that is broken with the element that breaks it."""
    return [str(line) for line in page.evaluate("window.barriers")]


def examine(page: Page) -> list[str]:
    """Bring axe to the page as it stands, and return its barriers."""
    page.evaluate(AXE_SCRIPT)
    begin(page)
    return barriers(page)
