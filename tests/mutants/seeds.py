"""Every seeded bug."""

from tests.mutants.seeds_approvals import APPROVALS
from tests.mutants.seeds_gate import GATE
from tests.mutants.seeds_people import PEOPLE
from tests.mutants.seeds_release import RELEASE
from tests.mutants.seeds_review import REVIEW
from tests.mutants.seeds_store import STORE
from tests.mutants.seeds_urgent import URGENT

ROOMS = {
    "people": PEOPLE,
    "approvals": APPROVALS,
    "gate": GATE,
    "release": RELEASE,
    "review": REVIEW,
    "urgent": URGENT,
    "store": STORE,
}
"""The seeded bugs by what they are in."""

MUTANTS = tuple(mutant for room in ROOMS.values() for mutant in room)
