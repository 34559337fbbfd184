"""What recipes measure in."""

import re

from audioed.scripting.normalize.rules import rule

INGREDIENT = re.compile(
    r" (?:(?:fresh|ground|dried|chopped|sea|black|white|brown|red|unsalted|salted|vanilla|baking|olive|minced|grated) )"
    r"?(?:butter|pepper|salt|sugar|flour|milk|cream|water|oil|cinnamon|nutmeg|cumin|paprika|yeast|soda|powder|vanilla|"
    r"extract|garlic|honey|beef|chicken|pork|lamb|bacon|cheese|rice|pasta|tomatoes|potatoes|onions?|"
    r"mushrooms|chocolate)\b"
)
_PROPER = r"(?:\d{1,3} )?(?:1/[2-9]|2/[35]|3/[4578]|4/[57]|5/[678]|7/8|\d{1,2}/(?:16|32))(?![\w/])"
"""A fraction as a kitchen or a workshop has it; other numbers at a slash may be days."""
RULES = (
    rule("/", rf"(?<![\w/.-])(?P<low>{_PROPER}) ?[-–] ?(?={_PROPER}|(?<=\d/\d[-–])\d{{1,2}} [a-z])", r"\g<low> to "),
    rule(
        "p",
        r"(?P<number>(?<![\w.,])1 |\d )pts?\b\.?(?= (?:of |whole |double |heavy |single )?"
        r"(?:milk|cream|beer|ale|stout|cider|lager|water|stock|blood|blueberries|strawberries|ice)\b)",
        lambda m: f"{m['number']}{'pint' if m['number'] == '1 ' else 'pints'}",
    ),
    rule("c", r"(?<=\d \d/\d )c\.?(?= (?:of )?[a-z]{3}| \(\d)(?! (?:and|the|was|in)\b)", "cups"),
    rule("c", r"(?<=\d/\d )c\.?(?= (?:of )?[a-z]{3})(?! (?:and|the|was|in)\b)", "cup"),
    rule(
        "c",
        r"(?P<many>(?<![\w.,/])(?:1 (?=c)|\d{1,2} ))c\.(?= \(\d| (?:of )?[a-z]{3})(?! (?:and|the|was|in)\b)",
        lambda m: f"{m['many']}{'cup' if m['many'] == '1 ' else 'cups'}",
    ),
    rule(("c.)",), r"(?<=\(1 )c\.(?=\))", "cup"),
    rule(
        "c",
        r"(?<=\b1 )c\.?(?= (?:of )?(?:flour|sugar|milk|water|butter|rice|oil|cream|stock|broth|cheese|oats)\b)",
        "cup",
    ),
    rule(
        "c",
        r"(?<=\d )c\.?(?= (?:of )?(?:flour|sugar|milk|water|butter|rice|oil|cream|stock|broth|cheese|oats)\b)",
        "cups",
    ),
    rule(
        "tT",
        rf"(?<=\d )(?P<spoon>[tT])\.?(?={INGREDIENT.pattern})",
        lambda m: "tsp." if m["spoon"] == "t" else "Tbsp.",
    ),
)
