"""The command line: a table of contents, loaded a command at a time."""

from moderation.commands.lazy import LazyGroup

COMMANDS = {
    "init": "Start a new school's site.",
    "new": "Start a page from a scaffold.",
    "add": "Declare a photo or download on a page.",
    "import": "Make a page of a letter that a word processor wrote.",
    "hide": "Cover faces in a photo, for good.",
    "rights": "Show whose the files are, and declare it.",
    "check": "Check pages and files, and change nothing.",
    "submit": "Hand in a page with its files for approval.",
    "urgent": "Publish a page of text alone, until somebody else has looked.",
    "status": "Show where submissions stand.",
    "withdraw": "Take back a submission of your own.",
    "queue": "List what waits for a moderator.",
    "review": "Look at a submission and everything it would publish.",
    "ack": "Accept a finding, with a reason.",
    "approve": "Approve the exact bytes you were shown.",
    "return": "Send a submission back to be mended.",
    "reject": "Refuse a submission for good.",
    "takedown": "Take a published file off the site.",
    "build": "Build the site from approved files only.",
    "release": "Sign what was built, and copy exactly that.",
    "verify": "Prove that every file is approved and the built site is intact.",
    "rules": "List the rules, or write their pages.",
    "explain": "Explain a rule.",
    "policy": "Check or sign the school's settings.",
    "term": "Add, soften or allow a term of the school's own.",
    "people": "Say who may publish and who may approve.",
    "trust": "Say who may change that, and lock what the site is built with.",
    "keys": "Make and show signing keys.",
    "roll": "Keep the pupil roll, encrypted.",
    "consent": "Keep the consent register, encrypted.",
    "audit": "Verify the log of who did what, and look at every published photo.",
    "demo": "Run the main job on the worked example.",
}

cli = LazyGroup(
    "schoolgate",
    contents=COMMANDS,
    package=__name__,
    help="Check, review and publish a school's website.\n\n"
    "Nothing reaches the public site unless those exact bytes were checked and, where it matters, "
    "a second person signed them off.",
    epilog="Exit codes: 0 clean, 1 findings, 2 usage, 3 not allowed, 4 integrity, 5 not checked.",
)
