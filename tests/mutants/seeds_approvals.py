"""Seeded bugs in signed approvals: envelope, statement, log, who counts and what stands."""

from tests.mutants.mutant import seeded

APPROVALS = (
    *seeded(
        "attest.envelope",
        "attest/test_envelopes.py",
        ("skip payload type", "if envelope.payload_type != payload_type:", "if False:"),
        (
            "one key id signs twice",
            "if len({each.keyid for each in signatures}) < len(signatures):",
            "if False:",
        ),
        (
            "signature not verified",
            "frozenset(key.keyid for key in keys if _verifies(signed, key))",
            "frozenset(key.keyid for key in keys if key.keyid in signatures)",
        ),
    ),
    *seeded(
        "attest.canonical",
        "attest/test_canonical.py attest/test_statements.py",
        ("the same field twice", "if len(found) != len(pairs):", "if False:"),
        ("unknown fields ignored", "if not self._table().keys() <= set(keys):", "if False:"),
        (
            "a pattern fits the beginning",
            "pattern.fullmatch(self.value)",
            "pattern.match(self.value)",
        ),
    ),
    *seeded(
        "attest.statement",
        "attest/test_statements.py::test_a_payload_is_read_strictly",
        ("statement in two spellings", "if statement.to_payload() != payload:", "if False:"),
    ),
    *seeded(
        "attest.statement_flaws",
        "attest/test_statements.py::test_a_statement_that_says_nothing_usable_cannot_be_made"
        " attest/test_statements_and_consents.py",
        (
            "path may leave the site",
            "if not all(_PATH.fullmatch(path) for path in (statement.page, *paths)):",
            "if False:",
        ),
        ("a file named twice", "if len(set(paths)) < len(paths):", "if False:"),
        (
            "consents may end without a digest",
            "statement.consents, DIGEST, statement.consents_end is not None)",
            "statement.consents, DIGEST, False)",
        ),
    ),
    *seeded(
        "attest.hand_in",
        "attest/test_hand_in.py",
        ("hand-in of other bytes counts", '"digest": ref.digest, ', ""),
        ("hand-in of another page counts", '                "page": self.page,\n', ""),
        ("hand-in at another school counts", '                "site": self.site,\n', ""),
    ),
    *seeded(
        "attest.verify",
        "attest/test_verify_approvals.py attest/test_urgent_statements.py"
        " attest/test_trust_chain.py attest/test_hand_in.py",
        (
            "key of anybody signs for everybody",
            "verified_keys(envelope, actor.keys_at(statement.seq),",
            "verified_keys(envelope, [k for p in trust.persons.values() for k in p.keys],",
        ),
        (
            "ignore editors",
            "for maker in (*statement.editors, statement.publisher)}",
            "for maker in (statement.publisher,)}",
        ),
        (
            "publisher may approve",
            "for maker in (*statement.editors, statement.publisher)}",
            "for maker in set(statement.editors) - {statement.publisher}}",
        ),
        (
            "editor who is nobody",
            "if not makers <= trust.persons.keys() or",
            "if",
        ),
        (
            "role not asked",
            "if not (takes_away and _own_work(statement)) and not actor.roles & fit:",
            "if False:",
        ),
        ("approval of another site", "if statement.site != trust.origin:", "if False:"),
        (
            "hand-in of before a takedown counts",
            "    if number := decided.since(",
            "    if number := 0 and decided.since(",
        ),
        ("hand-in not asked", "if not (signed and handed.signed_with(keys, signed)):", "if False:"),
        (
            "hand-in key of anybody",
            "keys, signed = trust.persons[statement.publisher].keys_at(statement.seq), ",
            "keys, signed = [k for p in trust.persons.values() for k in p.keys], ",
        ),
        (
            "a key in a machine hands in",
            "if adds and trust.persons[statement.publisher].roles == _PROGRAMS:",
            "if False:",
        ),
        (
            "any moderator publishes urgently",
            "fit = URGENT if statement.urgent_until else DECIDERS",
            "fit = DECIDERS",
        ),
        ("approval from the future", "if statement.issued_at > now + SKEW:", "if False:"),
        (
            "chain link not compared",
            "if (statement.seq, statement.prev) != (seq, prev):",
            "if statement.seq != seq:",
        ),
        (
            "log may be cut off",
            "if number >= len(digests) or digests[number] != digest:",
            "if number < len(digests) and digests[number] != digest:",
        ),
        (
            "log may be written anew",
            "if number >= len(digests) or digests[number] != digest:",
            "if number >= len(digests):",
        ),
    ),
    *seeded(
        "attest.quorum",
        "attest/test_quorum.py attest/test_statements_and_consents.py"
        " attest/test_statements_and_rules.py",
        (
            "policy tightened is ignored",
            "if stricter := tightened(policy, approval.rules):",
            "if not (stricter := ('',)):",
        ),
        (
            "count approvals, not persons",
            "persons.setdefault(actor, Person(",
            "persons.setdefault(str(approval.seq), Person(",
        ),
        ("expired approval counts", "return now < ends", "return True"),
        (
            "days of the policy ignored",
            "ends = min(ends, approval.expires_at)",
            "ends = approval.expires_at",
        ),
        (
            "consent ended and the approval did not",
            "if approval.consents_end and policy.day(now) > approval.consents_end:",
            "if False:",
        ),
        (
            "consent ends a day early",
            "policy.day(now) > approval.consents_end:",
            "policy.day(now) >= approval.consents_end:",
        ),
        (
            "role that the content needs not asked",
            "sum(person.has(*policy.approval[kind].roles) for person in persons)",
            "len(persons)",
        ),
        (
            "one kind of content is enough",
            "for kind in sorted(kinds)",
            "for kind in sorted(kinds)[:1]",
        ),
        (
            "editors of an approval ignored",
            "for maker in (a.publisher, *a.editors))",
            "for maker in (a.publisher,))",
        ),
        (
            "entry of the list that ended still counts",
            " or listed.objection(approval.terms)",
            "",
        ),
    ),
    *seeded(
        "attest.standing",
        "attest/test_standing.py",
        (
            "take first decision instead of last",
            "sorted(statements, key=_order)",
            "sorted(statements, key=_order, reverse=True)",
        ),
        (
            "takedown of the page only",
            "frozenset({statement.page, *(ref.path for ref in statement.subjects)})",
            "frozenset({statement.page})",
        ),
        ("older version stays approved", "self._end(each, statement)", "continue"),
        (
            "half an approval ends a whole one",
            "elif not _stays(before, statement):",
            "else:",
        ),
        (
            "rejection forgotten",
            "index, words = self.submissions, frozenset({statement.submission})",
            "return",
        ),
    ),
    *seeded(
        "attest.terms",
        "attest/test_school_terms.py",
        ("entry of the list by anybody", "    if not signed:", "    if False:"),
        (
            "place in the list not compared",
            "if (step.statement.seq, step.statement.prev) != (seq, prev):",
            "if step.statement.seq != seq:",
        ),
        (
            "entry that ended",
            "if term.until is not None and term.until < standing.now.date():",
            "if False:",
        ),
        (
            "role that decides the rule not asked",
            "if not actor.roles & rule.deciders:",
            "if False:",
        ),
        ("retired key opens the gate", "if not step.current:", "if False:"),
    ),
    *seeded(
        "attest.checkpoint",
        "attest/test_checkpoint.py",
        (
            "log written anew since the checkpoint",
            "if seen.number and rows[seen.number - 1] != seen.digest:",
            "if False:",
        ),
        ("checkpoint of another site", "if checkpoint.site != site:", "if False:"),
        ("slip in copying a checkpoint", "    if slip or not", "    if not"),
    ),
    *seeded(
        "attest.chain",
        "attest/test_event_chain.py",
        ("row before not sealed", "row = [prev, at,", 'row = ["", at,'),
        ("who did it not sealed", "event.actor, event.act,", '"", event.act,'),
        ("event not compared", "if chain(prev, event) != digest:", "if False:"),
    ),
)
