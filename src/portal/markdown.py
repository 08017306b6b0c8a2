"""Pages written in Markdown, as HTML that can do no harm."""

import re

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

TAGS = frozenset({
    "a", "abbr", "b", "blockquote", "br", "code", "dd", "del", "dl", "dt", "em", "h2", "h3", "h4", "h5",
    "hr", "i", "ins", "li", "ol", "p", "pre", "s", "strong", "sub", "sup", "table", "tbody", "td", "th",
    "thead", "tr", "ul",
})  # fmt: skip
ATTRIBUTES = {"a": {"href", "title"}, "th": {"scope"}, "ol": {"start"}}
HEADING = re.compile(r"<(/?)h([1-6])>")
READER = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable(["table", "strikethrough"])


def html_of(text: str) -> SafeString:
    """Return a page as HTML: headings begin at the second level, links tell nobody where they come from."""
    clean = nh3.clean(
        _below_the_title(READER.render(text)),
        tags=set(TAGS),
        attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer",
    )
    framed = clean.replace("<table>", '<div class="scroll" tabindex="0"><table>')
    return mark_safe(framed.replace("</table>", "</table></div>"))  # noqa: S308 - nh3 has cleaned it


def _below_the_title(written: str) -> str:
    """Let the highest heading in use stand at the second level and the others below it without a gap."""
    levels = sorted({level for _, level in HEADING.findall(written)})
    return HEADING.sub(lambda found: f"<{found[1]}h{min(levels.index(found[2]) + 2, 5)}>", written)
