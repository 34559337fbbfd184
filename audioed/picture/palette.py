"""
The colours, by day and by night.

Each stands out from its ground by 3 to 1 at least (WCAG 2.2, 1.4.11), and the
five kinds of segments from each other for the colour-blind, too: the closest two
are 25 apart by day and 20 by night (CIE76, after Machado's simulation of
protanopia, deuteranopia and tritanopia).
"""

from collections.abc import Mapping

from audioed.kinds import SegmentKind

KINDS: Mapping[SegmentKind, str] = {
    "correction": "frame",
    "opening": "frame",
    "title": "title",
    "body": "body",
    "headlines": "headlines",
    "promo": "promo",
    "closing": "frame",
}
"""Kind of a segment -> name of its colour."""
NAMES = {
    "frame": "Opening and closing",
    "title": "Title",
    "body": "Article",
    "headlines": "Headlines",
    "promo": "Promo",
}
DAY = {
    "ground": "#ffffff",
    "lane": "#f5f7fa",
    "ink": "#141a24",
    "muted": "#5a6474",
    "faint": "#d9dee6",
    "target": "#3b78e7",
    "short": "#141a24",
    "momentary": "#8b93a1",
    "frame": "#8b93a1",
    "title": "#141a24",
    "body": "#3b78e7",
    "headlines": "#0b5d4e",
    "promo": "#e06100",
}
NIGHT = {
    "ground": "#12161d",
    "lane": "#1a2029",
    "ink": "#f3f5f8",
    "muted": "#a3adbb",
    "faint": "#303947",
    "target": "#5f9dff",
    "short": "#f3f5f8",
    "momentary": "#667081",
    "frame": "#667081",
    "title": "#ffffff",
    "body": "#5f9dff",
    "headlines": "#3ccfa6",
    "promo": "#ff8a3c",
}
