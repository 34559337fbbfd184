"""What a setting is, as its dataclass tells it: its annotation, what stands below it, the words to choose from."""

import ast
import inspect
from functools import cache
from typing import Any, Literal, get_args, get_origin


@cache
def annotations(kind: type) -> dict[str, str]:
    """What each field is, as it is written."""
    return {each.target.id: ast.unparse(each.annotation) for each in _body(kind) if _is_field(each)}  # type: ignore[attr-defined]


@cache
def docstrings(kind: type) -> dict[str, str]:
    """What is written below each field."""
    body = _body(kind)
    pairs = zip(body, [*body[1:], None], strict=True)
    return {
        each.target.id: inspect.cleandoc(str(below.value.value))  # type: ignore[attr-defined]
        for each, below in pairs
        if _is_field(each) and isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant)
    }


def _body(kind: type) -> list[ast.stmt]:
    tree = ast.parse(inspect.getsource(kind))
    return tree.body[0].body  # type: ignore[attr-defined, no-any-return]


def _is_field(each: ast.stmt) -> bool:
    return isinstance(each, ast.AnnAssign) and isinstance(each.target, ast.Name)


def choices(kind: Any) -> list[Any]:
    """The values of a Literal, or of one inside."""
    if get_origin(kind) is Literal:
        return list(get_args(kind))
    return [choice for each in get_args(kind) for choice in choices(each)]
