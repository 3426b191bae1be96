"""American spellings and the British ones: a small list of our own, whole words only.

Left out are words that are right in both, by their meaning: meter, program, license, practice.
So is sulfate, which British Approved Names of medicines spell with an f.
"""

from __future__ import annotations

import re

# A word as a pattern, and what replaces it. Add a line to add a family of words.
_FAMILIES = {
    r"(col|fav|lab|behavi|neighb|tum|hum|flav|od|hon|rum)or"
    r"(s|ed|ing|al|able|ful|less|hood)?": r"\1our\2",
    r"((?:milli|deci|micro)?lit|cent|fib|calib)er(s?)": r"\1re\2",
    r"(centr|cent)ered": "centred",
    r"(anal|paral|catal)yz(e|es|ed|ing|er|ers)": r"\1ys\2",
    r"(organ|recogn|hospital|random|minim|maxim|summar|standard|general|stabil|categor|critic|"
    r"emphas|priorit|util|visual|character)iz(e|es|ed|ing|ation|ations)": r"\1is\2",
    r"(\w*(?:magnes|calc|kal|glyc|natr|phosphat|isch|leuk|ur|an))emi(as?|c)": r"\1aemi\2",
    r"hem(oglobin|oly\w+|orrhag\w+|atolog\w+|odialysis)": r"haem\1",
    r"diarrhea": "diarrhoea",
    r"estrogen(s?)": r"oestrogen\1",
    r"(esophag|edema)(\w*)": r"o\1\2",
    r"(p|orthop)ediatric(s?|ians?)": r"\1aediatric\2",
    r"(orthop|encyclop)edic(s?)": r"\1aedic\2",
    r"gynecolog(\w+)": r"gynaecolog\1",
    r"anesthe(\w+)": r"anaesthe\1",
    r"(def|off)ense(s?)": r"\1ence\2",
    r"aluminum": "aluminium",
    r"skeptic(s|al|ism)?": r"sceptic\1",
    r"gray(s|ish)?": r"grey\1",
    r"aging": "ageing",
    r"catalog(s?)": r"catalogue\1",
    r"(label|travel|cancel|model|counsel)(ed|ing)": r"\1l\2",
}
BRITISH = re.compile(rf"\b(?:{'|'.join(_FAMILIES)})\b", re.IGNORECASE)
_EACH = [(re.compile(one, re.IGNORECASE), new) for one, new in _FAMILIES.items()]


def british(word: str) -> str:
    """Return an American spelling's British one, with its capital."""
    for pattern, new in _EACH:
        if found := pattern.fullmatch(word):
            spelt = found.expand(new)
            return spelt.capitalize() if word[0].isupper() else spelt
    return word
