"""Events that the press counts anniversaries from, to tell when an article was written.

A short table on purpose: events of one day that texts refer to without giving the year. Every source was
retrieved and read in November 2026 (the passage that states the day, in a stored copy of the page at the
address given); an event for which none could be retrieved is not in the table.

Some events have a second day in use: 19 March 2003 for Iraq (in Washington it was still the 19th),
25 December 1991 for the Soviet Union, 6 April 1994 for Rwanda. The table has one day each, and a text that
counts from the other gives a bound that is a day out.
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
    """An event of one day: `words` match how texts refer to it, `source` is what states the day."""

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
        "National Herald (India), timeline of 500 days of the war, 8 July 2023 "
        "(nationalheraldindia.com/international/500-days-of-russia-ukraine-war-a-timeline)",
    ),
    _landmark(
        "2014-03-18",
        "Russia's annexation of Crimea",
        r"annex(?:ation of|ed|ing) (?:ukraine[’']s )?(?:the )?crimea",
        "Reuters, “Putin signs treaty on making Crimea part of Russia”, 18 March 2014 "
        "(reuters.com/article/us-ukraine-crisis-putin-treaty-idUSBREA2H0WE20140318)",
    ),
    _landmark(
        "2014-07-17",
        "the downing of flight MH17",
        r"down(?:ing|ed) (?:of )?(?:[\w ]{0,30})?(?:flight )?MH17",
        "UN Security Council resolution 2166, text in AustralianPolitics.com, “United Nations Security "
        "Council Adopts Australian-Led Resolution 2166 On Flight MH17”, 22 July 2014 "
        "(australianpolitics.com/2014/07/22/security-council-resolution-2166-on-mh17.html)",
    ),
    _landmark(
        "2023-10-07",
        "the Hamas-led attack on Israel",
        r"hamas(?:[’']s?|-led)? (?:\w+[- ]){0,4}attacks?|(?:october 7(?:th)?|7 october"
        r"|oct\.? 7) (?:\w+ ){0,2}attacks?"
        rf"|{_START} of the (?:gaza war|war in gaza|israel-hamas war)|(?:war in gaza|gaza war"
        rf"|israel-hamas war) (?:began|started)",
        "UN Human Rights Council, report of the Commission of Inquiry on the Occupied Palestinian "
        "Territory and Israel, 27 May 2024, text in Informed Comment "
        "(juancole.com/2024/05/independent-international-humanitarian.html)",
    ),
    _landmark(
        "2001-09-11",
        "the attacks of 11 September 2001",
        r"(?:9/11|sept(?:ember|\.)? 11(?:th)?|11 september)(?: \w+){0,2} attacks?"
        r"|attacks? (?:of|on) (?:9/11|11 september|sept(?:ember|\.)? 11)"
        r"|\b9/11\b",
        "National Law Enforcement Officers Memorial Fund, “The 9/11 Commission’s Public Report” "
        "(nleomf.org/the-9-11-commissions-public-report)",
    ),
    _landmark(
        "2003-03-20",
        "the invasion of Iraq led by the United States",
        rf"(?:us|u\.s\.|american)?(?:[- ]led)? ?{_ATTACK}invasion of iraq|inva(?:ded|ding) iraq",
        "Air Force Magazine, This Day in Airpower, “March 19, 2003”, with the local time "
        "(airforcemag.com/this-day-in-airpower/march-19-2003)",
    ),
    _landmark(
        "1990-08-02",
        "Iraq's invasion of Kuwait",
        r"invasion of kuwait|inva(?:ded|ding) kuwait",
        "UN Security Council resolution 660 (1990), text in MidEastWeb (mideastweb.org/660.htm)",
    ),
    _landmark(
        "1989-11-09",
        "the fall of the Berlin Wall",
        r"fall of the berlin wall|berlin wall(?:[’']s)? (?:fell|fall|came down|collapse)",
        "Konrad-Adenauer-Stiftung, report of an event on 25 years since the fall of the wall "
        "(kas.de/es/web/parteien-lateinamerika/veranstaltungsberichte/detail/-/content/-25-jahre-"
        "mauerfall-9.-november-1989--v1)",
    ),
    _landmark(
        "1991-12-26",
        "the end of the Soviet Union",
        r"(?:collapse|dissolution|break-?up|fall|end) of the (?:soviet union|ussr)"
        r"|soviet union(?:[’']s)? (?:collapsed?|dissolution)",
        "The Times, on 30 years since the collapse of the Soviet Union, 26 December 2021 "
        "(thetimes.co.uk/article/from-our-correspondent-collapse-of-the-soviet-union-comes-back-to-haunt-"
        "putins-russia-f9t0nkqv7)",
    ),
    _landmark(
        "2021-08-15",
        "the fall of Kabul to the Taliban",
        r"fall of kabul|kabul fell|taliban(?:[’']s)? (?:\w+ ){0,2}(?:takeover|seizure|return to power"
        r"|seized power|took (?:power|kabul))"
        r"|taliban (?:swept|returned) (?:back )?(?:in)?to power",
        "UN Secretary-General, report of 2021 on the situation in Afghanistan, paragraph 3 "
        "(reliefweb.int/report/afghanistan/situation-afghanistan-and-its-implications-international-peace-"
        "and-security-65)",
    ),
    _landmark(
        "2021-02-01",
        "the coup in Myanmar",
        r"(?:myanmar|burma)(?:[’']s)? (?:\w+ ){0,2}coup|coup in (?:myanmar|burma)",
        "UN High Commissioner for Human Rights, written updates on Myanmar, A/HRC/48/67 (2021), paragraph "
        "2 (m.reliefweb.int/report/3774823)",
    ),
    _landmark(
        "2023-04-15",
        "the outbreak of war in Sudan",
        rf"{_START} of (?:the )?(?:\w+ )?(?:war|fighting|conflict) in sudan|sudan(?:[’']s"
        rf"|ese)? (?:civil )?war",
        "UN Human Rights Council, report of the Fact-Finding Mission for the Sudan, A/HRC/57/23 (2024), "
        "paragraph 1 (reliefweb.int/report/sudan/report-independent-international-fact-finding-mission-"
        "sudan-advance-unedited-version-ahrc5723)",
    ),
    _landmark(
        "2015-07-14",
        "the conclusion of the nuclear agreement with Iran",
        r"(?:signing|conclusion|adoption) of the (?:\w+ ){0,3}(?:jcpoa|iran (?:nuclear )?deal"
        r"|nuclear (?:deal|agreement) with iran)",
        "European External Action Service, on the procurement channel of the agreement "
        "(eeas.europa.eu/delegations/iran/8711/jcpoa-procurement-channel_en)",
    ),
    _landmark(
        "2018-05-08",
        "the withdrawal of the United States from the nuclear agreement with Iran",
        r"(?:withdr[ae]wal|withdrew|pull(?:ed|out|ing out)) (?:\w+ ){0,4}from the (?:\w+ ){0,3}(?:jcpoa"
        r"|iran (?:nuclear )?deal|nuclear (?:deal|agreement))",
        "PolitiFact, “Trump announces U.S. exit from Iran nuclear deal” "
        "(politifact.com/truth-o-meter/promises/trumpometer/promise/1368/renegotiate-iran-deal/article/"
        "2534)",
    ),
    _landmark(
        "2020-01-03",
        "the killing of Qassem Soleimani",
        r"(?:killing|assassination|death) of (?:\w+[. ]+){0,4}(?:soleimani|suleimani|sulaimani)",
        "Egypt Today, “Top Iran commander Qasem Soleimani killed in Baghdad”, 3 January 2020 "
        "(egypttoday.com/Article/2/79281/Top-Iran-commander-Qasem-Soleimani-killed-in-Baghdad)",
    ),
    _landmark(
        "1979-11-04",
        "the seizure of the US embassy in Tehran",
        r"(?:seizure|takeover|storming) of the (?:us|u\.s\.|american) embassy in (?:tehran|iran)",
        "Radio Free Europe/Radio Liberty, on the hostage crisis 40 years ago, 1 November 2019 "
        "(rferl.org/a/united-states-iran-hostage-crisis-40-years-ago-anniversary/30245844.html)",
    ),
    _landmark(
        "1979-02-11",
        "the Islamic revolution in Iran",
        r"(?:iran(?:ian|[’']s)? )?islamic revolution\b|iranian revolution",
        "Associated Press in the Toronto Star, “Iranians mark anniversary of victory day in 1979 "
        "revolution”, 11 February 2019 "
        "(thestar.com/news/world/middleeast/2019/02/11/iranians-mark-anniversary-of-victory-day-in-1979-"
        "revolution.html)",
    ),
    _landmark(
        "1953-07-27",
        "the Korean armistice",
        r"korean (?:war )?armistice|armistice (?:that )?end(?:ed|ing) the (?:\d{4}-\d{2,4} )?korean war",
        "US National Archives, Prologue Magazine, “Korean War Armistice Agreement, 1953”, summer 2003 "
        "(archives.gov/publications/prologue/2003/summer/korean-war-armistice)",
    ),
    _landmark(
        "1950-06-25",
        "the outbreak of the Korean War",
        rf"{_START} of the korean war|korean war (?:began|broke out)",
        "US National Archives, Digital Vaults, “Korea, 1950” (digitalvaults.org/record/56.html)",
    ),
    _landmark(
        "1994-04-07",
        "the genocide in Rwanda",
        r"(?:rwandan? genocide|genocide in rwanda)",
        "Connexions Calendar, “Day of Remembrance of the Victims of the Rwanda Genocide”, 7 April 2015 "
        "(connexions.org/Calendar/events/10193.html)",
    ),
    _landmark(
        "1995-07-11",
        "the genocide in Srebrenica",
        r"srebrenica (?:massacre|genocide)|(?:massacre|genocide) (?:in|at) srebrenica",
        "Report News Agency (Azerbaijan) after AFP, “UN creates Srebrenica genocide memorial day”: the day "
        "the town was taken (report.az/en/amp/foreign-politics/un-creates-srebrenica-genocide-memorial-day)",
    ),
    _landmark(
        "2016-07-15",
        "the attempted coup in Turkey",
        r"(?:failed|attempted|abortive) coup (?:attempt )?in turkey|turkey(?:[’']s)? (?:failed"
        r"|attempted) coup",
        "TRT World, “Recap of Turkey's failed coup on July 15”, 14 July 2017 "
        "(trt.global/world/article/13092976)",
    ),
    _landmark(
        "2016-06-23",
        "the Brexit referendum",
        r"brexit (?:referendum|vote)|referendum (?:vote )?(?:on|to leave) (?:leaving )?the (?:eu"
        r"|european union)",
        "Harborough District Council, “EU Referendum” "
        "(harborough.gov.uk/info/20019/voting_and_elections/186/eu_referendum)",
    ),
    _landmark(
        "2018-10-02",
        "the killing of Jamal Khashoggi",
        r"(?:killing|murder|assassination|death) of (?:[\w-]+ ){0,4}khashoggi"
        r"|khashoggi(?:[’']s)? (?:killing|murder|death)",
        "Mehr News Agency after Daily Sabah, “Murdered Saudi journalist Jamal Khashoggi remembered in "
        "Istanbul”, 2 October 2019 (en.mehrnews.com/news/150769/Murdered-Saudi-journalist-Jamal-Khashoggi-"
        "remembered-in-Istanbul)",
    ),
)


def find_landmarks(sentence: str) -> tuple[tuple[Landmark, tuple[int, int]], ...]:
    """Give the landmarks that a sentence refers to, with where it does."""
    found = ((landmark, landmark.words.search(sentence)) for landmark in LANDMARKS)
    return tuple((landmark, match.span()) for landmark, match in found if match)
