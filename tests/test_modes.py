"""Each test's text is its input: how a deed was done, and what it was about."""

import functools

import pytest

from onrecord import language
from onrecord.events.codebook import all_contexts, all_modes, event_type, modes
from onrecord.events.modes import contexts_of, mode_of

Case = tuple[str, str, str, str | None, tuple[str, ...]]

BEFORE: list[Case] = [
    ("Kenya's president visited Uganda on Monday.", "CONSULT", "visited", "visit", ()),
    ("Peru hosted Chile's foreign minister in Lima.", "CONSULT", "hosted", "host", ()),
    ("Norway's premier spoke by phone with Sweden's king.", "CONSULT", "spoke", "phone", ()),
    ("The ministers held a video call on trade.", "CONSULT", "call", "phone", ("economic",)),
    ("Armenia and Azerbaijan held talks hosted by Georgia.", "CONSULT", "talks", "third-party", ()),
    ("Qatar-mediated talks between Chad and Sudan resumed.", "CONSULT", "talks", "third-party", ()),
    ("The two leaders met on the sidelines of the G20 summit.", "CONSULT", "met", "multilateral", ()),
    ("Peru met with Chile to discuss tariffs.", "CONSULT", "met", None, ("economic",)),
    ("Norway asked Sweden for military help.", "REQUEST", "asked", "assist", ("military",)),
    ("Ukraine urged Germany to send tanks.", "REQUEST", "urged", "assist", ("military",)),
    ("Japan demanded that China release the fishermen.", "REQUEST", "demanded", "yield", ()),
    ("Iran called on Britain to lift the sanctions.", "REQUEST", "called", "yield", ()),
    ("Egypt urged Ethiopia to return to the talks.", "REQUEST", "urged", "meet", ()),
    ("Canada asked Cuba to hold free elections.", "REQUEST", "asked", "change", ("election",)),
    ("Russia called for a ceasefire in Syria.", "REQUEST", "called", "yield", ("military",)),
    ("Sudan rejected Ethiopia's offer of talks.", "REJECT", "rejected", "meet", ()),
    ("Hungary refused to send weapons to Ukraine.", "REJECT", "refused", "assist", ("military",)),
    ("Israel refused to withdraw its troops from Lebanon.", "REJECT", "refused", "yield", ("military",)),
    ("Belarus refused to free the prisoners.", "REJECT", "refused", "yield", ()),
    ("Kenya condemned the coup in Niger.", "ACCUSE", "condemned", "disapprove", ("political_institutions",)),
    ("Peru accused Chile of espionage.", "ACCUSE", "accused", "disapprove", ("intelligence",)),
    ("Finland opened an investigation into the Chinese ship.", "ACCUSE", "investigation", "investigate", ()),
    ("Georgia sued Russia at an international court.", "ACCUSE", "sued", "disapprove", ("legal",)),
    ("Turkey accused Greece of violating human rights.", "ACCUSE", "accused", "disapprove", ("human_rights",)),
    ("China threatened to impose tariffs on Canada.", "THREATEN", "threatened", "restrict", ("economic",)),
    ("Peru threatened to cut diplomatic ties with Chile.", "THREATEN", "threatened", "relations", ("diplomatic",)),
    ("Mali threatened to expel the peacekeepers.", "THREATEN", "threatened", "expel", ("peacekeeping",)),
    ("North Korea threatened to attack Japan.", "THREATEN", "threatened", "violence", ()),
    ("Venezuela threatened to annex the region.", "THREATEN", "threatened", "territory", ()),
    ("Russia threatened Poland with nuclear strikes.", "THREATEN", "threatened", "violence", ("cbrn",)),
    ("India threatened to ban Chinese companies.", "THREATEN", "threatened", "ban", ()),
    ("Iraqis demonstrated against Turkey.", "PROTEST", "demonstrated", "demo", ()),
    ("Rioters stormed the Danish embassy.", "PROTEST", "stormed", "riot", ("diplomatic",)),
    ("Polish farmers blocked the border crossing with Ukraine.", "PROTEST", "blocked", "obstruct", ()),
    ("Tibetans went on a hunger strike.", "PROTEST", "strike", "hunger", ()),
    ("Peru expelled two Chilean diplomats.", "SANCTION", "expelled", "expel", ("diplomatic",)),
    ("Kenya recalled its ambassador from Somalia.", "SANCTION", "recalled", "withdraw", ("diplomatic",)),
    ("Canada suspended aid to Belarus.", "SANCTION", "suspended", "discontinue", ()),
    ("Turkey broke off relations with Israel.", "SANCTION", "broke", "withdraw", ()),
    ("The United States halted arms deliveries to Yemen.", "SANCTION", "halted", "discontinue", ("military",)),
    ("Russia cancelled the summit with Japan.", "SANCTION", "cancelled", "cancel", ()),
    ("Canada imposed sanctions on Belarus.", "COERCE", "sanctions", "restrict", ()),
    ("Azerbaijan blockaded the road to Armenia.", "COERCE", "blockaded", "restrict", ("military",)),
    ("Iran seized a Greek tanker.", "COERCE", "seized", "confiscate", ()),
    ("Georgia arrested three Russian citizens.", "COERCE", "arrested", "arrest", ()),
    ("Pakistan deported thousands of Afghan migrants.", "COERCE", "deported", "deport", ("migration",)),
    ("India banned dozens of Chinese apps.", "COERCE", "banned", "ban", ()),
    ("Russian hackers broke into German servers.", "COERCE", "broke", "cyber", ("cyber",)),
]  # fmt: skip
"""Written, like those of `ALSO`, before any output was seen."""

ALSO: list[Case] = [
    ("Russia cut off gas supplies to Moldova.", "COERCE", "cut", "withhold", ("resource", "human_security")),
    ("Turkey blocked Kurdish websites.", "COERCE", "blocked", "censor", ()),
    ("Japan deployed troops to Kenya.", "MOBILIZE", "deployed", "troops", ("military",)),
    ("China moved missiles to the coast near Taiwan.", "MOBILIZE", "moved", "weapons", ("military",)),
    ("Serbia sent riot police to the border with Kosovo.", "MOBILIZE", "sent", "police", ()),
    ("Ethiopia mobilised militias against Eritrea.", "MOBILIZE", "mobilised", "militia", ()),
    ("Russia withdrew its troops from Kherson.", "RETREAT", "withdrew", "withdraw", ("military",)),
    ("Iran released two British prisoners.", "RETREAT", "released", "release", ()),
    ("Egypt lifted its embargo on Qatar.", "RETREAT", "lifted", "ease", ("economic",)),
    ("Germany returned the bronzes to Nigeria.", "RETREAT", "returned", "return", ()),
    ("Syria let inspectors into the chemical weapons site.", "RETREAT", "let", "access", ("cbrn",)),
    ("Armenia and Azerbaijan observed a ceasefire.", "RETREAT", "ceasefire", "ceasefire", ("military",)),
    ("Libya destroyed its stockpile of chemical weapons.", "RETREAT", "destroyed", "disarm", ("cbrn",)),
    ("Israel carried out an air strike on Syria.", "ASSAULT", "strike", "aerial", ("military",)),
    ("Iranian drones struck a base in Iraq.", "ASSAULT", "struck", "drone", ()),
    ("Russia fired missiles at Kyiv.", "ASSAULT", "fired", "heavy-weapons", ("military",)),
    ("Israel attacked a drone factory in Iran.", "ASSAULT", "attacked", None, ()),
    ("Armenia shelled Azerbaijani villages.", "ASSAULT", "shelled", "heavy-weapons", ()),
    ("A suicide bomber attacked the Russian embassy.", "ASSAULT", "attacked", "suicide-attack", ("diplomatic",)),
    ("Iranian agents assassinated an Israeli scientist.", "ASSAULT", "assassinated", "assassinate", ()),
    ("Gunmen kidnapped two Turkish engineers.", "ASSAULT", "kidnapped", "abduct", ()),
    ("Saboteurs blew up the pipeline to Germany.", "ASSAULT", "blew", "explosives", ()),
    ("Syrian forces attacked the town with sarin.", "ASSAULT", "attacked", "unconventional", ("cbrn",)),
    ("Armenia attacked Georgia on Sunday.", "ASSAULT", "attacked", None, ()),
    ("Norway gave Ukraine $5 million in humanitarian aid.", "AID", "gave", None, ("humanitarian",)),
    ("Peru and Chile signed a free trade agreement.", "SUPPORT", "signed", None, ("economic",)),
    ("India and France held joint naval exercises.", "COOPERATE", "exercises", None, ("military",)),
    ("Israel and Jordan shared intelligence on the militants.", "COOPERATE", "shared", None, ("intelligence",)),
    ("China executed a Canadian smuggler.", "ASSAULT", "executed", "execute", ()),
    ("Mexico extradited a drug lord to the United States.", "COOPERATE", "extradited", None, ("legal", "crime_drugs")),
]  # fmt: skip


@functools.cache
def told(text: str, event: str, word: str) -> tuple[str | None, tuple[str, ...]]:
    doc = language.annotate(text)
    act = next(t for t in doc if t.text == word)
    kind = event_type(event)
    return mode_of(kind, act, act.sent), contexts_of(kind, act, act.sent)


@pytest.mark.parametrize(("text", "event", "word", "mode", "contexts"), [*BEFORE, *ALSO])
def test_how_and_about_what(
    text: str, event: str, word: str, mode: str | None, contexts: tuple[str, ...]
) -> None:
    assert told(text, event, word) == (mode, contexts)
