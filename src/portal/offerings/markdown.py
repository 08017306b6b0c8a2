"""Pages written in Markdown, as HTML that can do no harm."""

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

TAGS = frozenset({
    "a", "abbr", "b", "blockquote", "br", "code", "dd", "del", "dl", "dt", "em", "h2", "h3", "h4", "h5",
    "hr", "i", "ins", "li", "ol", "p", "pre", "s", "strong", "sub", "sup", "table", "tbody", "td", "th",
    "thead", "tr", "ul",
})  # fmt: skip
ATTRIBUTES = {"a": {"href", "title"}, "th": {"scope"}, "ol": {"start"}}
READER = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable(["table", "strikethrough"])


def html_of(text: str) -> SafeString:
    """Return a page as HTML: headings begin at the second level, links tell nobody where they come from."""
    written = READER.render(text)
    for level in range(5, 0, -1):
        written = written.replace(f"<h{level}>", f"<h{min(level + 1, 5)}>")
        written = written.replace(f"</h{level}>", f"</h{min(level + 1, 5)}>")
    clean = nh3.clean(
        written,
        tags=set(TAGS),
        attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer",
    )
    framed = clean.replace("<table>", '<div class="scroll" tabindex="0"><table>')
    return mark_safe(framed.replace("</table>", "</table></div>"))  # noqa: S308 - nh3 has cleaned it
