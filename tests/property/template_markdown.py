"""Markdown as the page templates write it, for property tests: each construct of theme/pages around any texts."""

from hypothesis import strategies as st

from generator.text.escape import for_html, for_link, for_markdown
from generator.text.markup import line_html_in_markdown, line_markdown, prose_html

Text = st.SearchStrategy[str]

_MARKS = [
    "*", "_", "**", "[", "]", "`", "#", "<", ">", "&", "&amp;", "{ .x }", "|", "~", "\\", '"', "'", "- ", "1. ", "(",
    ")", "://", "$x_1$", "$\\alpha^2$", "{{ x }}", "<b>", "</li>", "<!--", "–", "é", "ß", "数",
]  # fmt: skip
_LETTERS = st.text(st.sampled_from("abcXYZ019 .,:;!?-éß"), min_size=1, max_size=10)
_START = st.sampled_from(["A ", "Über", "数", "x", "The ", "2 ", "$x$ ", "*", "[", "<"])


def _line(start: Text, *parts: Text) -> Text:
    drawn = st.lists(st.one_of(*parts), min_size=1, max_size=5)
    return st.builds(lambda first, rest: " ".join("".join([first, *rest]).split()), start, drawn)


LINE = _line(_START, _LETTERS, st.sampled_from(_MARKS))
"""A line that an entry may hold."""

WORD = _line(st.sampled_from(["By", "Seit", "See "]), _LETTERS)
"""What the site itself says."""

_PROSE = st.lists(LINE, min_size=1, max_size=3).map("\n\n".join)
_PLACES = st.sampled_from(["../../index.md", "index.md", "../b/index.md", "../../authors/c/index.md"])
_OUT = st.sampled_from(["https://x.example/", "https://x.example/a?b=c&d=e#f", "http://y.example/(z)_*"]).map(for_link)
_CLASS = st.sampled_from(["card", "paper-more", "paper-side", "columns"])
_BRACES = st.sampled_from(
    ['{ rel="nofollow noopener" }', "{ .badge .badge-venue }", '{ hreflang="de" }', '{ .x rel="noopener" }']
)


def _formatted(template: str, **parts: Text) -> Text:
    """A template with ``<<name>>`` replaced by what is drawn for it."""

    def filled(values: dict[str, str]) -> str:
        text = template
        for name, value in values.items():
            text = text.replace(f"<<{name}>>", value)
        return text

    return st.fixed_dictionaries(dict(parts)).map(filled)


def _several(part: Text, between: str, most: int = 4) -> Text:
    return st.lists(part, min_size=1, max_size=most).map(between.join)


_ENCODED = LINE.map(for_markdown).filter(bool)
_RICH = LINE.map(line_markdown).filter(bool)
_LINK = (
    _formatted("[<<text>>](<<to>>)", text=_ENCODED | _RICH, to=_PLACES)
    | _formatted("[<<text>>](<<to>>)<<braces>>", text=_ENCODED, to=_OUT, braces=_BRACES | st.just(""))
    | _formatted('[ORCID](<<to>> "0000-0001"){ rel="nofollow noopener" }', to=_OUT)
)
_COUNTED = _formatted('[<<text>>](<<to>>) <span class="count">7</span>', text=_ENCODED, to=_PLACES)
_INLINE = (
    _ENCODED | _RICH | _LINK | _COUNTED
    | _formatted('<span class="badge badge-track"><<text>></span>', text=_ENCODED)
    | _formatted("<strong><<text>></strong>", text=_ENCODED)
    | _formatted('<strong aria-current="page"><<text>></strong>', text=_ENCODED)
)  # fmt: skip
_RUN = st.tuples(WORD, _several(_INLINE, " · ")).map(": ".join)
_NAME = st.from_regex(r"[a-z][a-z0-9-]{0,5}", fullmatch=True)

_HEADING = _formatted("<<level>> <<text>>", level=st.sampled_from(["#", "##", "###"]), text=_RICH | _ENCODED | _LINK)
_NAMED_HEADING = _formatted("## <<text>> { #<<id>> }", text=_ENCODED, id=_NAME)
_PARAGRAPH = _RUN | _formatted("<<run>>\n{ .lead }", run=_RUN) | _formatted("<<a>>\n<<b>>", a=_RUN, b=_RUN)
_LIST = _several(_formatted("- <<item>>", item=_LINK | _COUNTED | _RUN), "\n")
_CRUMBS = _formatted(
    '<nav class="crumbs" aria-label="Breadcrumbs" markdown>\n<<links>>\n\n</nav>', links=_several(_LINK, " › ")
)
_PROSE_PART = _formatted('<div class="prose" lang="en">\n<<prose>>\n</div>', prose=_PROSE.map(prose_html).filter(bool))
_CITE = _formatted(
    '<div class="cite">\n<dl>\n<dt><<a>></dt>\n<dd data-copy=""><<b>></dd>\n</dl>\n<details>\n<summary>BibTeX'
    '</summary>\n<pre data-copy=""><<b>></pre>\n</details>\n<p class="cite-files"><a href="cite.bib" download="x.bib">'
    "BibTeX</a></p>\n</div>",
    a=LINE.map(for_html), b=LINE.map(for_html),
)  # fmt: skip
_CHART = _formatted(
    '<figure class="chart">\n<table class="chart-rows">\n<caption><<a>></caption>\n<tbody>\n'
    '<tr><th scope="row"><a href="../b/"><<b>></a></th> <td>7</td></tr>\n</tbody>\n</table>\n</figure>',
    a=LINE.map(for_html), b=LINE.map(for_html),
)  # fmt: skip
_RELATED = _formatted(
    '<ul class="related" markdown>\n<<items>>\n</ul>',
    items=_several(
        _formatted(
            '<li markdown>[<<a>>](<<to>>) <span class="count"><<b>></span>\n'
            '<span class="why">both on <<b>></span></li>', a=_RICH, b=_ENCODED, to=_PLACES,
        ),
        "\n",
    ),
)  # fmt: skip
_CARD = _formatted(
    '<article class="card" markdown>\n\n<h3 class="card-title" id="p-b">\n<a href="../b/"><<title>></a><<status>>'
    "\n</h3>\n\n"
    "<<authors>>\n"
    "{ .card-authors }\n\n<<tldr>>\n{ .card-tldr }\n\n[<<venue>>](<<to>>){ .badge .badge-venue }\n"
    "{ .card-badges }\n\n</article>",
    title=LINE.map(line_html_in_markdown), to=_PLACES,
    status=st.sampled_from(["", ' <strong class="status">retracted</strong>']),
    authors=_several(_LINK, ", "), tldr=_RICH, venue=_ENCODED,
)  # fmt: skip
_NEIGHBOURS = _formatted(
    '<nav class="neighbors" aria-label="Previous" markdown>\n<span class="neighbor"><<name>>: <<link>></span>\n\n'
    "</nav>",
    name=WORD, link=_LINK,
)  # fmt: skip
_BLOCK = _HEADING | _NAMED_HEADING | _PARAGRAPH | _LIST | _CRUMBS | _PROSE_PART | _CITE | _RELATED | _CARD | _NEIGHBOURS


def _wrapped(inside: Text) -> Text:
    div = _formatted(
        '<div class="<<class>>" markdown>\n\n<<blocks>>\n\n</div>', blocks=_several(inside, "\n\n"), **{"class": _CLASS}
    )
    aside = _formatted('<aside class="notice" markdown>\n<<blocks>>\n\n</aside>', blocks=_several(inside, "\n\n", 2))
    section = _formatted(
        '<section class="translation" lang="de" markdown>\n\n<<blocks>>\n\n</section>',
        blocks=_several(inside, "\n\n", 3),
    )
    return div | aside | section


PAGE = _several(st.recursive(_BLOCK, _wrapped, max_leaves=6) | _CHART, "\n\n", 8).map(lambda text: f"{text}\n")
"""The Markdown of a page."""
