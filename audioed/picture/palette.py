"""
The colours, by day and by night; ground, ink and what lies between them are those of all pages (templates/look.css).

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
    "section": "title",
    "title": "title",
    "body": "body",
    "headlines": "headlines",
    "promo": "promo",
    "round": "headlines",
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
    "ground": "#fbfaf7",
    "lane": "#f3f1ec",
    "ink": "#1b1a17",
    "muted": "#5f5b53",
    "faint": "#e4e0d8",
    "target": "#3b78e7",
    "short": "#1b1a17",
    "momentary": "#878f9d",
    "frame": "#878f9d",
    "title": "#141a24",
    "body": "#3b78e7",
    "headlines": "#0b5d4e",
    "promo": "#e06100",
}
NIGHT = {
    "ground": "#141412",
    "lane": "#1d1d1a",
    "ink": "#eceae4",
    "muted": "#a9a59b",
    "faint": "#34332e",
    "target": "#5f9dff",
    "short": "#eceae4",
    "momentary": "#667081",
    "frame": "#667081",
    "title": "#ffffff",
    "body": "#5f9dff",
    "headlines": "#3ccfa6",
    "promo": "#ff8a3c",
}
