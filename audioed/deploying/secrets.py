"""The password of a target: from the environment or the keyring, and nowhere else."""

import os

from audioed.config import password_variable

SERVICE = "audioed"
"""Under which the keyring has it; the user is the name of the target: `keyring set audioed NAME`."""


def password(target: str) -> str:
    """The password of this target, or nothing."""
    if found := os.environ.get(password_variable(target)):
        return found
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        return ""
    try:
        return keyring.get_password(SERVICE, target) or ""
    except KeyringError:  # a machine without one, or one that stays locked
        return ""
