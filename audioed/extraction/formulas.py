"""Formulas as a line of text that can be said: MathML and LaTeX in the letters and signs of Unicode."""

import re
from collections.abc import Sequence

from audioed.extraction.tree import Element

RAISED = str.maketrans("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ")
LOWERED = str.maketrans("0123456789+-−=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ")
COMMANDS: dict[str, str] = dict(
    pair.split("=", 1)
    for pair in re.findall(
        r"\S+",
        "alpha=α beta=β gamma=γ delta=δ epsilon=ε varepsilon=ε zeta=ζ eta=η theta=θ vartheta=θ iota=ι kappa=κ lambda=λ "
        "mu=μ nu=ν xi=ξ pi=π rho=ρ sigma=σ tau=τ upsilon=υ phi=φ varphi=φ chi=χ psi=ψ omega=ω Gamma=Γ Delta=Δ Theta=Θ "
        "Lambda=Λ Xi=Ξ Pi=Π Sigma=Σ Phi=Φ Psi=Ψ Omega=Ω ell=l hbar=ħ partial=∂ nabla=∇ times=× cdot=· div=÷ pm=± mp=∓ "
        "ast=* circ=∘ degree=° le=≤ leq=≤ ge=≥ geq=≥ ne=≠ neq=≠ approx=≈ sim=∼ equiv=≡ lt=< gt=> infty=∞ sum=∑ prod=∏ "
        "int=∫ in=∈ notin=∉ subset=⊂ cup=∪ cap=∩ to=→ rightarrow=→ leftarrow=← Rightarrow=⇒ implies=⇒ iff=⇔ mapsto=→ "
        "forall=∀ exists=∃ ldots=… dots=… cdots=… propto=∝ prime=′",
    )
)
"""What these commands of LaTeX draw; the names of functions, such as sin, are said as they stand."""
SILENT = frozenset(
    re.findall(
        r"\S+",
        "left right big Big bigg Bigg displaystyle textstyle mathrm mathbf mathit mathcal mathbb mathsf text textbf "
        "textit operatorname boldsymbol bar hat tilde vec dot ddot overline underline limits nolimits quad qquad label "
        "nonumber mbox rm bf it",
    )
)
"""What only shapes the drawing: its argument stays."""
TOKEN = re.compile(r"\\([a-zA-Z]+)\*?|\\(.)|([{}^_&~])|(\s+)|(.)", re.DOTALL)
LONGEST = 2_000
"""Characters of a formula; what is longer is a page of them."""
DEEPEST = 20
"""Fractions in each other; nobody can hear more."""
LATEX = re.compile(
    r"\\\((?P<round>(?:(?!\\\().){1,2000}?)\\\)|\\\[(?P<square>(?:(?!\\\[).){1,2000}?)\\\]|\$\$(?P<twice>[^$]{1,2000})\$\$"
    r"|(?<![\w$\\])\$(?P<once>(?=[^$\n]*[\\^_=])[^\s$](?:[^$\n]{0,300}[^\s$\\])?)\$(?![\w$])",
    re.DOTALL,
)
"""LaTeX in a text, as MathJax, KaTeX and Pandoc find it; between single dollars only what is no price."""


def raised(text: str) -> str:
    """The text as an exponent: in the raised signs of Unicode, or with "^" before it."""
    made = text.translate(RAISED)
    return made if not re.search(r"[^⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ]", made) else f"^{text}" if len(text) == 1 else f"^({text})"


def lowered(text: str) -> str:
    """The text as an index: in the lowered signs of Unicode, or behind a space."""
    made = text.translate(LOWERED)
    return f" {text}" if re.search(r"[^₀-₎ₐ-ₜᵢᵣᵤᵥⱼ]", made) else made


def said(text: str) -> str:
    """A text whose formulas in LaTeX stand as they can be said."""
    if "$" not in text and "\\" not in text:
        return text
    return LATEX.sub(lambda found: latex(next(filter(None, found.groups()), "")), text)


def latex(source: str) -> str:
    r"""A formula in LaTeX as a line of text: `\frac{a}{b^2}` is a/b²."""
    tokens = [token for token in TOKEN.findall(source[:LONGEST]) if not token[3]]
    return _spaced("".join(_group(tokens, [0], 0)))


def _group(tokens: Sequence[tuple[str, ...]], at: list[int], depth: int) -> list[str]:
    """What stands up to the end of a group; `at` is the place in the tokens, moved on."""
    made: list[str] = []
    while at[0] < len(tokens) and tokens[at[0]][2] != "}":
        made.append(_piece(tokens, at, depth))
    at[0] += 1
    return made


def _piece(tokens: Sequence[tuple[str, ...]], at: list[int], depth: int) -> str:
    """The next sign, command or group."""
    if at[0] >= len(tokens) or depth > DEEPEST:
        at[0] = len(tokens)
        return ""
    command, escaped, sign, _, letter = tokens[at[0]]
    at[0] += 1
    if command:
        return _drawn(command, tokens, at, depth + 1)
    if sign == "{":
        return "".join(_group(tokens, at, depth + 1))
    if sign in {"^", "_"}:
        inner = _piece(tokens, at, depth + 1).strip()
        return (raised(inner) if sign == "^" else lowered(inner)) if inner else ""
    if escaped:
        return escaped if escaped in "%$#&_" else ", " if escaped == "\\" else " "
    return "" if sign else letter


def _drawn(command: str, tokens: Sequence[tuple[str, ...]], at: list[int], depth: int) -> str:
    """What a command draws, with its arguments where it has them."""
    if command in {"frac", "dfrac", "tfrac"}:
        return _fraction(_piece(tokens, at, depth), _piece(tokens, at, depth))
    if command == "sqrt":
        return f"√{_bracketed(_piece(tokens, at, depth).strip())}"
    if command in {"begin", "end"}:
        _piece(tokens, at, depth)
        return ""
    return COMMANDS.get(command, "" if command in SILENT else f" {command} ")


def mathml(element: Element) -> str:
    """A formula in MathML as a line of text; empty where it holds none."""
    return _spaced(_told(element, 0))


def _told(element: Element, depth: int) -> str:
    tag = element.tag.rpartition("}")[2].rpartition(":")[2] if isinstance(element.tag, str) else ""
    if not tag or tag in {"annotation", "annotation-xml", "mspace", "mphantom"} or depth > 10 * DEEPEST:
        return ""
    inside = [_told(child, depth + 1) for child in element]
    base, *marks = inside or [""]
    shift = {"msup": [raised], "msub": [lowered], "msubsup": [lowered, raised]}.get(tag, [])
    if shift and len(marks) == len(shift):
        marks = [each(mark.strip()) if mark.strip() else "" for each, mark in zip(shift, marks, strict=True)]
        return base + "".join(marks)
    if tag == "mfrac" and len(marks) == 1:
        return _fraction(base, marks[0])
    if tag == "msqrt":
        return f"√{_bracketed(''.join(inside))}"
    return (element.text or "" if tag == "mtext" else "".join((element.text or "").split())) + "".join(inside)


def _fraction(above: str, below: str) -> str:
    """One over the other; numbers apart from what stands beside them, for "1/2mv²" would be half of nothing."""
    above, below = above.strip(), below.strip()
    made = f"{_bracketed(above)}/{_bracketed(below)}"
    return f" {made} " if above.isdecimal() and below.isdecimal() else made


def _bracketed(text: str) -> str:
    return f"({text})" if re.search(r"[+\-−=×·/ ]", text) else text


def _spaced(text: str) -> str:
    """The signs of relations and sums apart from what they join, invisible ones left out."""
    text = re.sub("[\u2061-\u2064]|(?<=[(\\[]) +| +(?=[)\\]])", "", text)
    return " ".join(re.sub(r"\s*([=≤≥≠≈≡<>→⇒⇔+−×∈]|(?<=[\w)²³ ])-)\s*", r" \1 ", text).split())
