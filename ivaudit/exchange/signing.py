"""Ed25519 signatures and the pairs of keys of a copy."""

from ivaudit.exchange.bundle_lines import CONTEXT


def new_signing_key() -> bytes:
    """Return a new Ed25519 private key, 32 bytes."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import (  # noqa: PLC0415 - not needed to start
        Ed25519PrivateKey,
    )

    return Ed25519PrivateKey.generate().private_bytes_raw()


def new_reading_key() -> bytes:
    """Return a new X25519 private key, 32 bytes."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import (  # noqa: PLC0415 - not needed to start
        X25519PrivateKey,
    )

    return X25519PrivateKey.generate().private_bytes_raw()


def public_signing_key(private: bytes) -> bytes:
    """Return the public half of an Ed25519 key."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import (  # noqa: PLC0415 - not needed to start
        Ed25519PrivateKey,
    )

    return Ed25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def public_reading_key(private: bytes) -> bytes:
    """Return the public half of an X25519 key."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import (  # noqa: PLC0415 - not needed to start
        X25519PrivateKey,
    )

    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def sign(private: bytes, digest: bytes) -> bytes:
    """Return the signature of a bundle whose lines have this SHA-256."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import (  # noqa: PLC0415 - not needed to start
        Ed25519PrivateKey,
    )

    return Ed25519PrivateKey.from_private_bytes(private).sign(CONTEXT + digest)


def holds(public: bytes, signature: bytes, digest: bytes) -> bool:
    """Tell whether a signature is that of this key over a bundle whose lines have this SHA-256."""
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 - not needed to start
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey  # noqa: PLC0415 - idem

    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, CONTEXT + digest)
    except (InvalidSignature, ValueError):
        return False
    return True
