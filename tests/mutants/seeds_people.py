"""Seeded bugs in who is trusted: keys, persons, the trust file and the chain of its versions."""

from tests.mutants.mutant import seeded

PEOPLE = (
    *seeded(
        "attest.trust",
        "attest/test_trust_chain.py attest/test_trust_file.py",
        (
            "count keys, not persons",
            "trust.threshold - len(self.signers(trust))",
            "trust.threshold - len(self.envelope.signatures)",
        ),
        (
            "whoever signs leads",
            "payload_type=PAYLOAD_TYPE) & set(trust.leading)",
            "payload_type=PAYLOAD_TYPE)",
        ),
        ("expired people still count", "if trust.expires < today:", "if False:"),
        (
            "people may last for ever",
            "if trust.expires > today + timedelta(days=MOST_DAYS):",
            "if False:",
        ),
        ("people in two spellings", "if payload_of(trust) != envelope.payload:", "if False:"),
        (
            "anybody writes the trust file",
            "if person is None or not person.leads or signer.key not in person.keys:",
            "if person is None:",
        ),
    ),
    *seeded(
        "attest.trust_chain",
        "attest/test_trust_chain.py",
        (
            "trust threshold of the old version only",
            "require(new, new.trust, source=new.source)",
            "require(new, old.trust, source=new.source)",
        ),
        (
            "trust threshold of the new version only",
            "require(new, old.trust, source=new.source, whose=whose)",
            "require(new, new.trust, source=new.source, whose=whose)",
        ),
        ("version before not compared", "if new.previous != old.digest:", "if False:"),
        (
            "a version may be left out, or another site's",
            "if (new.site, new.version) != (before.site, before.version + 1):",
            "if new.version <= before.version:",
        ),
        (
            "person may be taken out of the trust file",
            "after = new.persons.get(person.id)",
            "after = new.persons.get(person.id, person)",
        ),
        (
            "retired key may be revived",
            "if any(ends.get(each.key, each.after + 1) > each.after for each in person.retired):",
            "if False:",
        ),
        ("people may forget the log", "if new.log[0] < before.log[0]:", "if False:"),
        ("older people put back", "    if beyond:", "    if False:"),
        ("first version may be any", "if first.trust.previous:", "if False:"),
        (
            "anchor ignored",
            "if anchor not in {version.digest for version in chain.versions}:",
            "if False:",
        ),
    ),
    *seeded(
        "attest.people",
        "attest/test_people.py attest/test_verify_approvals.py attest/test_trust_chain.py",
        ("one key for two persons", "if key.keyid in holders:", "if False:"),
        (
            "retired key signs on",
            "for each in self.retired if seq <= each.after)",
            "for each in self.retired)",
        ),
        (
            "retired key ends one decision early",
            "for each in self.retired if seq <= each.after)",
            "for each in self.retired if seq < each.after)",
        ),
        (
            "suspended person counts",
            "return not self.suspended or seq < self.since",
            "return True",
        ),
        (
            "suspension begins a decision late",
            "return not self.suspended or seq < self.since",
            "return not self.suspended or seq <= self.since",
        ),
        (
            "suspended head leads",
            "return self.named and bool(self.keys) and not self.suspended",
            "return self.named and bool(self.keys)",
        ),
        ("suspended person acts", "if known.suspended:", "if False:"),
        (
            "two ids that differ in capitals",
            "if len({key.casefold() for key in trust.persons}) < len(trust.persons):",
            "if False:",
        ),
        (
            "one of many changes everything alone",
            "return FEWEST if _leading(persons) >= MANY else 1",
            "return 1",
        ),
    ),
    *seeded(
        "attest.public_key",
        "attest/test_envelopes.py",
        (
            "key id not derived from the key",
            "if self.keyid != hashlib.sha256(self.public).hexdigest():",
            "if False:",
        ),
        (
            "key of small order accepted",
            " or self.public[:31] + _unsigned(self.public[31:]) in _WEAK:",
            ":",
        ),
    ),
    *seeded(
        "attest.keys",
        "attest/test_key_files.py",
        (
            "key file weakened",
            "if not floor <= file.cost <= _MOST_COST:",
            "if file.cost > _MOST_COST:",
        ),
        ("key file shows another key", "if signer.key != file.key:", "if False:"),
        ("short passphrase", "if len(passphrase) < SHORTEST:", "if False:"),
    ),
)
