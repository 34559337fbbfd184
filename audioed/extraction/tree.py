"""What the tree of a page is made of; lxml, which makes it, is imported only where a page is read."""

from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    Element: TypeAlias = HtmlElement
else:
    Element = Any
