"""Events that the press counts anniversaries from, to tell when an article was written.

A short table on purpose: events whose day nobody disputes and that texts refer to without giving the year.
Each names where its day can be checked.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Final

_START = r"(?:outbreak|start|beginning|onset|eruption)"
_ATTACK = r"(?:(?:full[- ]scale|all[- ]out|brutal|military|renewed|unprovoked|illegal|large[- ]scale) )*"


@dataclass(frozen=True, slots=True)
class Landmark:
    """An event of one day: `words` match how texts refer to it, `source` says where to check the day."""

    day: dt.date
    name: str
    words: re.Pattern[str]
    source: str


def _landmark(day: str, name: str, words: str, source: str) -> Landmark:
    return Landmark(dt.date.fromisoformat(day), name, re.compile(words, re.IGNORECASE), source)


LANDMARKS: Final = (
    _landmark(
        "2022-02-24",
        "Russia's full-scale invasion of Ukraine",
        rf"(?:ukraine|russia[n’']*s?-ukraine|russo-ukrainian|ukrainian)(?:[’']s)? war|war (?:in|on"
        rf"|against|over) ukraine"
        rf"|{_ATTACK}(?:invasion|assault) (?:of|on) ukraine|inva(?:ded|ding|des?) ukraine"
        rf"|(?:russia|moscow|kremlin|putin)(?:[’']s|n)? {_ATTACK}"
        r"(?:invasion(?: of ukraine)?|war (?:in|on|against) ukraine)",
        "UN General Assembly resolution ES-11/1 (2022), preamble",
    ),
    _landmark(
        "2014-03-18",
        "Russia's annexation of Crimea",
        r"annex(?:ation of|ed|ing) (?:ukraine[’']s )?(?:the )?crimea",
        "treaty of accession of 18 March 2014; UN General Assembly resolution 68/262",
    ),
    _landmark(
        "2014-07-17",
        "the downing of flight MH17",
        r"down(?:ing|ed) (?:of )?(?:[\w ]{0,30})?(?:flight )?MH17",
        "UN Security Council resolution 2166 (2014)",
    ),
    _landmark(
        "2023-10-07",
        "the Hamas-led attack on Israel",
        r"hamas(?:[’']s?|-led)? (?:\w+[- ]){0,4}attacks?|(?:october 7(?:th)?|7 october"
        r"|oct\.? 7) (?:\w+ ){0,2}attacks?"
        rf"|{_START} of the (?:gaza war|war in gaza|israel-hamas war)|(?:war in gaza|gaza war"
        rf"|israel-hamas war) (?:began|started)",
        "UN Human Rights Council document A/HRC/56/26 (2024)",
    ),
    _landmark(
        "2001-09-11",
        "the attacks of 11 September 2001",
        r"(?:9/11|sept(?:ember|\.)? 11(?:th)?|11 september)(?: \w+){0,2} attacks?"
        r"|attacks? (?:of|on) (?:9/11|11 september|sept(?:ember|\.)? 11)"
        r"|\b9/11\b",
        "The 9/11 Commission Report (2004), chapter 1",
    ),
    _landmark(
        "2003-03-20",
        "the invasion of Iraq led by the United States",
        rf"(?:us|u\.s\.|american)?(?:[- ]led)? ?{_ATTACK}invasion of iraq|inva(?:ded|ding) iraq",
        "UN Security Council documents S/2003/350 to 352",
    ),
    _landmark(
        "1990-08-02",
        "Iraq's invasion of Kuwait",
        r"invasion of kuwait|inva(?:ded|ding) kuwait",
        "UN Security Council resolution 660 (1990)",
    ),
    _landmark(
        "1989-11-09",
        "the fall of the Berlin Wall",
        r"fall of the berlin wall|berlin wall(?:[’']s)? (?:fell|fall|came down|collapse)",
        "Chronik der Mauer, Federal Agency for Civic Education of Germany, entry of 9 November 1989",
    ),
    _landmark(
        "1991-12-26",
        "the end of the Soviet Union",
        r"(?:collapse|dissolution|break-?up|fall|end) of the (?:soviet union|ussr)"
        r"|soviet union(?:[’']s)? (?:collapsed?|dissolution)",
        "declaration 142-N of the Soviet of the Republics, 26 December 1991",
    ),
    _landmark(
        "2021-08-15",
        "the fall of Kabul to the Taliban",
        r"fall of kabul|kabul fell|taliban(?:[’']s)? (?:\w+ ){0,2}(?:takeover|seizure|return to power"
        r"|seized power|took (?:power|kabul))"
        r"|taliban (?:swept|returned) (?:back )?(?:in)?to power",
        "SIGAR, Why the Afghan Government Collapsed (2022)",
    ),
    _landmark(
        "2021-02-01",
        "the coup in Myanmar",
        r"(?:myanmar|burma)(?:[’']s)? (?:\w+ ){0,2}coup|coup in (?:myanmar|burma)",
        "UN General Assembly resolution 75/287 (2021)",
    ),
    _landmark(
        "2023-04-15",
        "the outbreak of war in Sudan",
        rf"{_START} of (?:the )?(?:\w+ )?(?:war|fighting|conflict) in sudan|sudan(?:[’']s"
        rf"|ese)? (?:civil )?war",
        "statement of the UN Secretary-General on Sudan, 15 April 2023",
    ),
    _landmark(
        "2015-07-14",
        "the conclusion of the nuclear agreement with Iran",
        r"(?:signing|conclusion|adoption) of the (?:\w+ ){0,3}(?:jcpoa|iran (?:nuclear )?deal"
        r"|nuclear (?:deal|agreement) with iran)",
        "UN Security Council resolution 2231 (2015)",
    ),
    _landmark(
        "2018-05-08",
        "the withdrawal of the United States from the nuclear agreement with Iran",
        r"(?:withdr[ae]wal|withdrew|pull(?:ed|out|ing out)) (?:\w+ ){0,4}from the (?:\w+ ){0,3}(?:jcpoa"
        r"|iran (?:nuclear )?deal|nuclear (?:deal|agreement))",
        "presidential memorandum of 8 May 2018, Federal Register 83, page 24909 onwards",
    ),
    _landmark(
        "2020-01-03",
        "the killing of Qassem Soleimani",
        r"(?:killing|assassination|death) of (?:\w+[. ]+){0,4}(?:soleimani|suleimani|sulaimani)",
        "letter of the United States to the UN Security Council, S/2020/20",
    ),
    _landmark(
        "1979-11-04",
        "the seizure of the US embassy in Tehran",
        r"(?:seizure|takeover|storming) of the (?:us|u\.s\.|american) embassy in (?:tehran|iran)",
        "International Court of Justice, United States v. Iran, judgment of 24 May 1980",
    ),
    _landmark(
        "1979-02-11",
        "the Islamic revolution in Iran",
        r"(?:iran(?:ian|[’']s)? )?islamic revolution\b|iranian revolution",
        "Encyclopaedia Britannica, Iranian Revolution",
    ),
    _landmark(
        "1953-07-27",
        "the Korean armistice",
        r"korean (?:war )?armistice|armistice (?:that )?end(?:ed|ing) the (?:\d{4}-\d{2,4} )?korean war",
        "Korean Armistice Agreement, 27 July 1953",
    ),
    _landmark(
        "1950-06-25",
        "the outbreak of the Korean War",
        rf"{_START} of the korean war|korean war (?:began|broke out)",
        "UN Security Council resolution 82 (1950)",
    ),
    _landmark(
        "1994-04-07",
        "the genocide in Rwanda",
        r"(?:rwandan? genocide|genocide in rwanda)",
        "UN General Assembly resolution 58/234 (2003)",
    ),
    _landmark(
        "1995-07-11",
        "the genocide in Srebrenica",
        r"srebrenica (?:massacre|genocide)|(?:massacre|genocide) (?:in|at) srebrenica",
        "UN General Assembly resolution 78/282 (2024)",
    ),
    _landmark(
        "2016-07-15",
        "the attempted coup in Turkey",
        r"(?:failed|attempted|abortive) coup (?:attempt )?in turkey|turkey(?:[’']s)? (?:failed"
        r"|attempted) coup",
        "Council of Europe, Venice Commission, opinion 865/2016",
    ),
    _landmark(
        "2016-06-23",
        "the Brexit referendum",
        r"brexit (?:referendum|vote)|referendum (?:vote )?(?:on|to leave) (?:leaving )?the (?:eu"
        r"|european union)",
        "The Electoral Commission of the United Kingdom, results of 23 June 2016",
    ),
    _landmark(
        "2018-10-02",
        "the killing of Jamal Khashoggi",
        r"(?:killing|murder|assassination|death) of (?:[\w-]+ ){0,4}khashoggi"
        r"|khashoggi(?:[’']s)? (?:killing|murder|death)",
        "UN Human Rights Council document A/HRC/41/CRP.1 (2019)",
    ),
)


def find_landmarks(sentence: str) -> tuple[tuple[Landmark, tuple[int, int]], ...]:
    """Give the landmarks that a sentence refers to, with where it does."""
    found = ((landmark, landmark.words.search(sentence)) for landmark in LANDMARKS)
    return tuple((landmark, match.span()) for landmark, match in found if match)
