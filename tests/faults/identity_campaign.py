"""Types a thousand identities, then harmless texts, into every free-text field, and prints what is caught.

    python tests/faults/identity_campaign.py [identities] [harmless]

Ends with 1 when fewer than 98 in 100 matricules are caught, or more than 1 in 100 harmless texts alarm.
"""

import sys
import tempfile
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from support.bench import Bench
from support.identities import Variant, harmless, published, variants
from support.typed_fields import Desk, Typing, may_name

from ivaudit.app import audits, facilities, workspaces
from ivaudit.app.privacy import IdentityFound
from ivaudit.domain.errors import KnownError
from ivaudit.domain.identity import IdentityKind
from ivaudit.store.keys import FLOOR

_GRID = "rniv-1-principes-communs"


def typed(into: Typing, text: str) -> str:
    """Type a text; return «caught», «kept», or «refused» where the field cannot hold it otherwise."""
    try:
        into(text)
    except IdentityFound:
        return "caught"
    except KnownError:
        return "refused"
    return "kept"


def caught(desk: Desk, each: list[Variant]) -> tuple[Counter[IdentityKind], Counter[IdentityKind], list[str]]:
    """Return how many identities were typed by kind, how many of them caught, and those that were kept."""
    asked: Counter[IdentityKind] = Counter()
    found: Counter[IdentityKind] = Counter()
    missed = []
    for name, into in desk.typings():
        for variant in each:
            if variant.kind is IdentityKind.NAME and may_name(name):
                continue
            outcome = typed(into, variant.text)
            asked[variant.kind] += outcome != "refused"
            found[variant.kind] += outcome == "caught"
            if outcome == "kept":
                missed.append(f"{name}: {variant.text}")
    return asked, found, missed


def alarmed(desk: Desk, texts: list[str]) -> tuple[int, list[str]]:
    """Return how many harmless texts were typed, and those that were taken for an identity."""
    asked, wrong = 0, []
    for name, into in desk.typings():
        for text in texts:
            outcome = typed(into, text)
            asked += outcome != "refused"
            if outcome == "caught":
                wrong.append(f"{name}: {text}")
    return asked, wrong


def bench(folder: Path) -> Bench:
    """Return a fresh workspace with a facility and an audit."""
    session, _ = workspaces.create(
        folder / "dossier", "sept mots pour la campagne des identités", "Cellule", cost=FLOOR
    )
    facility = facilities.create(session, {"name": "EHPAD Les Tilleuls"})[1]
    return Bench(session, facility, audits.create(session, facility, "externe", [_GRID], "2026-11-21")[1])


def main() -> int:
    """Run the campaign and print its two figures."""
    many, plain = (int(each) for each in (*sys.argv[1:], *("1000", "200")[len(sys.argv) - 1 :]))
    with tempfile.TemporaryDirectory() as place:
        opened = bench(Path(place))
        desk = Desk(opened)
        fields = len(list(desk.typings()))
        asked, found, missed = caught(desk, list(variants(many)))
        shipped = [text for text in published() if 20 < len(text) < 250]
        texts = [*harmless(plain), *shipped[:: max(1, len(shipped) // plain)]]
        typed_in, wrong = alarmed(desk, texts)
        opened.session.close()
    print(f"{fields} free-text fields, {many} identities each")
    for kind in IdentityKind:
        rate = found[kind] / max(asked[kind], 1)
        print(f"  {kind:<20} {found[kind]:>7} caught of {asked[kind]:>7}  ({rate:.2%})")
    share = len(wrong) / max(typed_in, 1)
    print(f"{typed_in} harmless texts typed, {len(wrong)} alarms ({share:.2%})")
    for title, lines in (("missed", missed), ("alarm", wrong)):
        for text, count in Counter(each.partition(": ")[2] for each in lines).most_common():
            where = next(each for each in lines if each.endswith(text)).partition(":")[0]
            print(f"    {title} in {count} fields ({where}…): {text}")
    good = found[IdentityKind.MATRICULE] >= 0.98 * asked[IdentityKind.MATRICULE] and share <= 0.01
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
