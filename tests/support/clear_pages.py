"""What stands on the pages of an encrypted database, free ones and leftovers included.

SQLCipher's own tools show the rows there are; whether an erased one is gone shows on the pages only.
"""

from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

PAGE, RESERVED, VECTOR = 4096, 80, 16
LOG_HEADER, FRAME_HEADER = 32, 24
FILE_SALT = 16


def clear_pages(database: Path, key: bytes) -> bytes:
    """Return every page of a database and of its write-ahead log, deciphered, one after the other."""
    raw = database.read_bytes()
    pages = [raw[start : start + PAGE] for start in range(0, len(raw), PAGE)]
    log = database.with_name(f"{database.name}-wal")
    if log.exists():
        frames, step = log.read_bytes(), FRAME_HEADER + PAGE
        starts = range(LOG_HEADER, len(frames) - step + 1, step)
        pages += [frames[start + FRAME_HEADER : start + step] for start in starts]
    return b"".join(_clear(page, key) for page in pages)


def _clear(page: bytes, key: bytes) -> bytes:
    end = PAGE - RESERVED
    vector = page[end : end + VECTOR]
    # The first page begins with the salt of the file: read both ways, one of them is right.
    return b"".join(_deciphered(page[start:end], key, vector) for start in (0, FILE_SALT))


def _deciphered(text: bytes, key: bytes, vector: bytes) -> bytes:
    cipher = Cipher(algorithms.AES(key), modes.CBC(vector)).decryptor()
    return cipher.update(text) + cipher.finalize()
