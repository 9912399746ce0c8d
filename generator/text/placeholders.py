"""What stands in an author list and is no name: "and others" as people write it, and placeholders for an author."""

import re

_AL = r"et\.? ?al{1,2}i{0,2}a?\.?"
# A name of two letters such as "He" is none of them.
_OTHERS = re.compile(
    r"(?:and |& |et |plus )?(?:the |many |several |[0-9]+ )*(?:more )?others?(?: (?:authors?|contributors))?|"
    r"(?:and |& |plus )?(?:many |several |[0-9]+ )+(?:more|others?)(?: (?:authors?|contributors|names?))?|"
    rf"(?:and |& )?{_AL}|et cetera|etc\.?|u\. ?(?:v\. ?)?a\.(?: ?m\.)?|(?:et |les )?autres|(?:y |e )?otros|"
    r"(?:e )?outros|(?:e |ed )?altri|(?:und |sowie )?(?:viele |[0-9]+ )*(?:andere|weitere)(?: \w{5,12})?|en anderen|"
    r"a kol\.|i inni|и др\.?|и другие|m\. ?fl\.|e\. ?a\.|og andre|och andra|\.\.\.|…|等人?|他|ほか|외",
    re.IGNORECASE,
)
_PLACEHOLDER = re.compile(
    r"\[?(?:anonym(?:ous)?(?: (?:authors?(?:\(s\))?|submission))?[0-9]*|anon\.?|unknown(?: authors?)?|authors? unknown|"
    r"no authors?(?: listed)?|authors?(?: names?)?|author names? withheld|(?:first|second|last|corresponding) author|"
    r"(?:your|author|first|family|full) name|first ?name last ?name|paper under double-blind review|"
    r"n/?a|n\. ?n\.|none|null|nan|tbd|tba|todo|xxx+)\]?",
    re.IGNORECASE,
)
_AT_END = re.compile(
    rf"(?<![\s,;])[\s,;]+(?:{_AL}|and others|(?:und|sowie) (?:andere|weitere)|et autres|y otros|e outros|ed? altri|"
    r"en anderen|og andre|och andra|u\. ?a\.|m\. ?fl\.|и др\.?|等人?)$",
    re.IGNORECASE,
)


def is_others(name: str) -> bool:
    """Whether ``name`` says that more people belong to the list: ``others``, ``et al.``, ``45 more authors``."""
    return bool(_OTHERS.fullmatch(name))


def is_placeholder(name: str) -> bool:
    """Whether ``name`` stands where a name is missing: ``Anonymous``, ``First Author``, ``N.N.``."""
    return bool(_PLACEHOLDER.fullmatch(name))


def without_others(name: str) -> str:
    """A name without the ``et al.`` at its end."""
    return _AT_END.sub("", name)
