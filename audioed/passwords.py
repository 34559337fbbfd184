"""What only a target or a source may know: from the environment or the keyring, and nowhere else."""

import os

from audioed.config import secret_variable

SERVICE = "audioed"
"""Under which the keyring has it; the user is its name: `keyring set audioed NAME`."""


def password(name: str) -> str:
    """The password of this target, or nothing."""
    return secret(name)


def secret(name: str, kind: str = "PASSWORD") -> str:
    """What the environment has as `AUDIOED_NAME_PASSWORD`, or another kind in its place, or the keyring; or nothing."""
    if found := os.environ.get(secret_variable(name, kind)):
        return found.strip("\r\n")
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        return ""
    try:
        return keyring.get_password(SERVICE, name if kind == "PASSWORD" else f"{name} {kind.lower()}") or ""
    except KeyringError:  # a machine without one, or one that stays locked
        return ""


def remedy(name: str, kind: str = "PASSWORD") -> str:
    """What to do where it is missing, or wrong."""
    known = name if kind == "PASSWORD" else f"'{name} {kind.lower()}'"
    return f"put it into the environment as {secret_variable(name, kind)}, or run `keyring set audioed {known}`"
