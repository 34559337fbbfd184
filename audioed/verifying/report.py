"""What verifying found: every rule with what was measured, and what is wrong by it."""

from dataclasses import dataclass

from audioed.characters import clipped


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One thing that a published episode has to fulfil."""

    name: str
    told: str
    """What was measured."""
    wrong: tuple[str, ...] = ()
    """Where it is not fulfilled; empty where it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """An episode, rule by rule."""

    rules: tuple[Rule, ...]

    @property
    def findings(self) -> tuple[Rule, ...]:
        """The rules that are not fulfilled."""
        return tuple(rule for rule in self.rules if rule.wrong)


def short(text: str, most: int = 60) -> str:
    """The text in quotation marks, cut where it is long."""
    return f"“{clipped(text, most)}”"
