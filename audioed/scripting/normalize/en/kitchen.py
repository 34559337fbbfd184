"""What recipes measure in."""

import re

from audioed.scripting.normalize.rules import rule

INGREDIENT = re.compile(
    r" (?:(?:fresh|ground|dried|chopped|sea|black|white|brown|red|unsalted|salted|vanilla|baking|olive|minced|grated) )"
    r"?(?:butter|pepper|salt|sugar|flour|milk|cream|water|oil|cinnamon|nutmeg|cumin|paprika|yeast|soda|powder|vanilla|"
    r"extract|garlic|honey|beef|chicken|pork|lamb|bacon|cheese|rice|pasta|tomatoes|potatoes|onions?|"
    r"mushrooms|chocolate)\b"
)
RULES = (
    rule(
        "p",
        r"(?P<number>(?<![\w.,])1 |\d )pts?\b\.?(?= (?:of |whole |double |heavy |single )?"
        r"(?:milk|cream|beer|ale|stout|cider|lager|water|stock|blood|blueberries|strawberries|ice)\b)",
        lambda m: f"{m['number']}{'pint' if m['number'] == '1 ' else 'pints'}",
    ),
    rule("c", r"(?<=\d/\d )c\.?(?= (?:of )?[a-z]{3})(?! (?:and|the|was|in)\b)", "cup"),
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
