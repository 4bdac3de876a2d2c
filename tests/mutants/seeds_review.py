"""Seeded bugs in the acts of review: who may do what, and what is signed."""

from tests.mutants.mutant import seeded

REVIEW = (
    *seeded(
        "review.permission",
        "review/test_claim.py review/test_approve.py review/test_refuse.py",
        (
            "editor decides on their own work",
            "if actor.id in {*state.editors, state.publisher}:",
            "if actor.id == state.publisher:",
        ),
        (
            "claim by somebody else",
            'if holder not in ("", actor.id) and holder not in state.approved_by:',
            "if False:",
        ),
        ("decided twice", "if state.status not in OPEN:", "if False:"),
        ("anybody decides", "if not actor.has(*wanted):", "if False:"),
        ("no reason", "    if not text:", "    if False:"),
    ),
    *seeded(
        "review.weighing",
        "review/test_acknowledge.py review/test_submit.py review/test_approve.py",
        (
            "waiver for another finding",
            "waiver = waivers.get(fingerprint)",
            "waiver = next(iter(waivers.values()), None)",
        ),
        ("waiver of somebody who may not", " or not counts(waiver, rule):", ":"),
        ("no waiver needed", "if waiver is None or", "if waiver is not None and"),
        ("what nobody may accept", "    if mends:", "    if False:"),
        (
            "page other than the one handed in",
            "if page.path != state.page or (page.path, page.digest) not in {",
            "if page.path != state.page or () in {",
        ),
        ("check that failed", "    if verdict.errors:", "    if False:"),
    ),
    *seeded(
        "review.actions.approve",
        "review/test_approve.py",
        (
            "other bytes were shown",
            "if not state.digest.startswith(self.prefix.lower()):",
            "if False:",
        ),
        ("digest of one letter", "if len(self.prefix) < LEAST_PREFIX:", "if False:"),
        (
            "roles as the caller says",
            "person = trust.person(actor.id)",
            "person = actor",
        ),
        (
            "one of two is enough",
            "status=ReviewStatus.APPROVED if done else state.status",
            "status=ReviewStatus.APPROVED",
        ),
        (
            "approval that ran out is not renewed",
            "if says_the_same(each, statement) and self._persons(state, (each,))",
            "if says_the_same(each, statement)",
        ),
        (
            "lacking not signed",
            "lacking=outstanding(persons, evidence.kinds, self.policy)",
            "lacking=()",
        ),
        (
            "editor accepts a finding",
            "return waiver.by not in state.editors and person.has(",
            "return person.has(",
        ),
        ("name not announced before signing", "state = self._announce(state)", "pass"),
        (
            "role for the content not asked",
            "require_role(self.actor, fit,",
            "require_role(self.actor, DECIDERS,",
        ),
        ("consents not signed", "consents=evidence.consents.digest", 'consents=""'),
    ),
    *seeded(
        "review.holding",
        "review/test_approve.py",
        (
            "approval of another article counts",
            "same = approval.rendered == article and not",
            "same = not",
        ),
    ),
    *seeded(
        "review.signed_log",
        "review/test_approve.py review/test_refuse.py review/test_withdraw.py",
        (
            "approval that is about to be signed not revoked",
            "if not state.approved_by and not signed.standing(state):",
            "if not signed.standing(state):",
        ),
        (
            "key of another person",
            "if trust.person_of_key(signer.key.keyid).id != actor:",
            "if False:",
        ),
        (
            "log read without verifying",
            "statements = verify_log(entries, trust)",
            "statements = tuple(Statement.from_payload(e.payload, source=n) for n, e in entries)",
        ),
    ),
    *seeded(
        "review.quicker",
        "review/test_quicker.py",
        (
            "decided by two at the same moment",
            "    if state.status not in OPEN or not deciding or actor.id in {each.actor for each in"
            " standing}:",
            "    if True:",
        ),
        (
            "approval that the queue knows of decides again",
            "    if is_told(queue, APPROVED, str(last.seq)):",
            "    if False:",
        ),
        (
            "state read before the approval is decided on",
            "queue.load(state.id).revision != state.revision",
            "False",
        ),
        ("half an approval decides", "not (approval.lacking or ended", "not (ended"),
        ("approval that ran out decides", "approval.lacking or ended or", "approval.lacking or"),
        (
            "approval of somebody suspended decides",
            " or objection(approval, trust, now=now))",
            ")",
        ),
        (
            "version before stays approved beside it",
            "queue.save_all([*older, (settled,",
            "queue.save_all([(settled,",
        ),
        ("who published in a hurry approved", " if not each.urgent_until)", ")"),
        (
            "who signed and was not heard is held up",
            "return mine and not is_told(queue, APPROVED, str(deciding[-1].seq))",
            "return False",
        ),
        (
            "who was heard passes a claim",
            "return mine and not is_told(queue, APPROVED, str(deciding[-1].seq))",
            "return mine",
        ),
        ("anybody passes a claim", " and deciding[-1].actor == actor.id", ""),
        (
            "who signed half passes a claim",
            "[each for each in standing if not each.lacking]",
            "list(standing)",
        ),
    ),
    *seeded(
        "review.handing_in",
        "review/test_handing_in.py",
        (
            "what was decided since the hand-in is not asked",
            "    if number := Decided.by(statements).since(",
            "    if number := 0 and Decided.by(statements).since(",
        ),
    ),
    *seeded(
        "review.actions.submit",
        "review/test_submit.py review/test_handing_in.py",
        ("waivers outlive the bytes", "            waivers=(),\n", ""),
        (
            "editors forgotten",
            "editors = before.editors.union({self.actor.id}, *makers)",
            "editors = frozenset({self.actor.id})",
        ),
        ("approver becomes an editor", "if actor in known.approved_by and", "if False and"),
        ("rejected bytes come back", "if known.status is ReviewStatus.REJECTED:", "if False:"),
        (
            "publisher keeps a signature that is void",
            "handed_in=known.handed_in if good else self.signed,",
            "handed_in=known.handed_in,",
        ),
        ("state before its bytes", "        blobs.put(asset.data)", "        pass"),
        ("page not among its files", "if submission.page not in paths:", "if False:"),
    ),
    *seeded(
        "review.actions.takedown",
        "review/test_takedown.py",
        (
            "anybody takes down",
            "if not self.actor.has(*DECIDERS) and self.actor.id not in makers:",
            "if False:",
        ),
        (
            "what waits with the file is approved unaware",
            "return ReviewStatus.RETURNED if state.status in OPEN else None",
            "return None",
        ),
        (
            "takedown signed twice",
            "if history[-1].decision is Decision.TAKEDOWN:\n            statement, envelope",
            "if False:\n            statement, envelope",
        ),
    ),
    *seeded(
        "review.actions.withdraw",
        "review/test_withdraw.py",
        ("anybody withdraws", "    if actor.id not in own:", "    if False:"),
    ),
    *seeded(
        "review.actions.claim",
        "review/test_claim.py",
        ("claim takes over unasked", "if not take_over:", "if False:"),
    ),
    *seeded(
        "review.actions.acknowledge",
        "review/test_acknowledge.py",
        ("acknowledged what nobody may", "    if not rule.waivable:", "    if False:"),
        (
            "acknowledged without the role",
            "    require_role(actor, may_accept(rule), where=state.id, act=_ACT)\n",
            "",
        ),
    ),
)
