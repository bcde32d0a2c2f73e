"""Secrets of links and tokens, and passphrases: how they are made, what is kept of them, how they are compared."""

import hashlib
import hmac
import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError, VerifyMismatchError

BYTES = 32
# A secret as `new_secret` writes it: 256 bits in 43 letters that need no escaping in an address.
LENGTH = 43
_HASHER = PasswordHasher()


def new_secret() -> str:
    """256 random bits, to be shown once and never kept."""
    return secrets.token_urlsafe(BYTES)


def digest(secret: str) -> str:
    """What is kept of a secret: its SHA-256 in hexadecimal. A secret this long needs no salt."""
    return hashlib.sha256(secret.encode("utf-8")).hexdigest()


def is_secret_of(kept: str, secret: str) -> bool:
    """Whether `kept` is the digest of this secret, in the same time whatever the answer."""
    return hmac.compare_digest(kept, digest(secret))


def hash_passphrase(passphrase: str) -> str:
    """What is kept of a passphrase: a slow, salted hash (Argon2id)."""
    return _HASHER.hash(passphrase)


def is_passphrase_of(kept: str, passphrase: str) -> bool:
    """Whether `kept` is the hash of this passphrase; slow on purpose."""
    try:
        return _HASHER.verify(kept, passphrase)
    except (VerifyMismatchError, VerificationError, InvalidHashError):
        return False
