"""What tests of use cases start from."""

from dataclasses import dataclass

from ivaudit.app.session import Session


@dataclass(frozen=True)
class Bench:
    """An open workspace with one facility and one audit of the shipped grid."""

    session: Session
    facility: str
    audit: str
