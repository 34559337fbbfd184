"""Small pages of our own: what stands in them for prose, and how what they demand is compared."""

import re
import tomllib
from pathlib import Path

DATA = Path(__file__).parents[1] / "data" / "pages"
PROSE = {
    subject: text.strip().splitlines()
    for subject, text in tomllib.loads((DATA / "prose.toml").read_text("utf-8")).items()
}
SUBJECTS = list(PROSE)


def filled(case):
    """The page with prose in it ({p3}: three paragraphs; {t}: the bare text of one), and what must be heard of it."""
    subject = case.get("topic", SUBJECTS[0])
    other = SUBJECTS[(SUBJECTS.index(subject) + 3) % len(SUBJECTS)]
    prose = iter((*PROSE[subject], *PROSE[other]))
    used = []

    def put(match):
        texts = [next(prose) for _ in range(int(match[2] or 1))]
        used.extend(texts)
        return "\n".join(texts if match[1] == "t" else [f"<p>{text}</p>" for text in texts])

    text = re.sub(r"\{([pt])(\d?)\}", put, case["html"])
    return text, [*used, *case.get("must", ())]


def words(text):
    return " ".join(re.findall(r"[^\W_]+|//", re.sub(r"['’]", "", text.casefold())))
