"""Each line is a type, the word of the act, its mode, its contexts, and the text that is the input."""

import functools

import pytest
from spacy.tokens import Doc

from onrecord import language
from onrecord.events.codebook import all_contexts, categories, event_type, modes
from onrecord.events.modes import contexts_of, mode_of

FIRST = """
CONSULT visited visit -: Kenya's president visited Uganda on Monday.
CONSULT hosted host -: Peru hosted Chile's foreign minister in Lima.
CONSULT spoke phone -: Norway's premier spoke by phone with Sweden's king.
CONSULT call phone economic: The ministers held a video call on trade.
CONSULT talks third-party -: Armenia and Azerbaijan held talks hosted by Georgia.
CONSULT talks third-party diplomatic: Qatar-mediated talks between Chad and Sudan resumed.
CONSULT met multilateral -: The two leaders met on the sidelines of the G20 summit.
CONSULT met - economic: Peru met with Chile to discuss tariffs.
REQUEST asked assist military: Norway asked Sweden for military help.
REQUEST urged assist military: Ukraine urged Germany to send tanks.
REQUEST demanded yield -: Japan demanded that China release the fishermen.
REQUEST called yield -: Iran called on Britain to lift the sanctions.
REQUEST urged meet -: Egypt urged Ethiopia to return to the talks.
REQUEST asked change election: Canada asked Cuba to hold free elections.
REQUEST called yield military: Russia called for a ceasefire in Syria.
REJECT rejected meet -: Sudan rejected Ethiopia's offer of talks.
REJECT refused assist military: Hungary refused to send weapons to Ukraine.
REJECT refused yield military: Israel refused to withdraw its troops from Lebanon.
REJECT refused yield -: Belarus refused to free the prisoners.
ACCUSE condemned disapprove political_institutions: Kenya condemned the coup in Niger.
ACCUSE accused disapprove intelligence: Peru accused Chile of espionage.
ACCUSE investigation investigate -: Finland opened an investigation into the Chinese ship.
ACCUSE sued disapprove legal: Georgia sued Russia at an international court.
ACCUSE accused disapprove human_rights: Turkey accused Greece of violating human rights.
THREATEN threatened restrict economic: China threatened to impose tariffs on Canada.
THREATEN threatened relations diplomatic: Peru threatened to cut diplomatic ties with Chile.
THREATEN threatened expel peacekeeping: Mali threatened to expel the peacekeepers.
THREATEN threatened violence -: North Korea threatened to attack Japan.
THREATEN threatened territory -: Venezuela threatened to annex the region.
THREATEN threatened violence cbrn: Russia threatened Poland with nuclear strikes.
THREATEN threatened ban -: India threatened to ban Chinese companies.
PROTEST demonstrated demo -: Iraqis demonstrated against Turkey.
PROTEST stormed riot diplomatic: Rioters stormed the Danish embassy.
PROTEST blocked obstruct -: Polish farmers blocked the border crossing with Ukraine.
PROTEST strike hunger -: Tibetans went on a hunger strike.
SANCTION expelled expel diplomatic: Peru expelled two Chilean diplomats.
SANCTION recalled withdraw diplomatic: Kenya recalled its ambassador from Somalia.
SANCTION suspended discontinue -: Canada suspended aid to Belarus.
SANCTION broke withdraw -: Turkey broke off relations with Israel.
SANCTION halted discontinue military: The United States halted arms deliveries to Yemen.
SANCTION cancelled cancel -: Russia cancelled the summit with Japan.
COERCE sanctions restrict -: Canada imposed sanctions on Belarus.
COERCE blockaded restrict military: Azerbaijan blockaded the road to Armenia.
COERCE seized confiscate -: Iran seized a Greek tanker.
COERCE arrested arrest -: Georgia arrested three Russian citizens.
COERCE deported deport migration: Pakistan deported thousands of Afghan migrants.
COERCE banned ban -: India banned dozens of Chinese apps.
COERCE broke cyber cyber: Russian hackers broke into German servers.
COERCE cut withhold resource,human_security: Russia cut off gas supplies to Moldova.
COERCE blocked censor -: Turkey blocked Kurdish websites.
MOBILIZE deployed troops military: Japan deployed troops to Kenya.
MOBILIZE moved weapons military: China moved missiles to the coast near Taiwan.
MOBILIZE sent police -: Serbia sent riot police to the border with Kosovo.
MOBILIZE mobilised militia -: Ethiopia mobilised militias against Eritrea.
RETREAT withdrew withdraw military: Russia withdrew its troops from Kherson.
RETREAT released release -: Iran released two British prisoners.
RETREAT lifted ease economic: Egypt lifted its embargo on Qatar.
RETREAT returned return -: Germany returned the bronzes to Nigeria.
RETREAT let access military,cbrn: Syria let inspectors into the chemical weapons site.
RETREAT ceasefire ceasefire military: Armenia and Azerbaijan observed a ceasefire.
RETREAT destroyed disarm military,cbrn: Libya destroyed its stockpile of chemical weapons.
ASSAULT strike aerial military: Israel carried out an air strike on Syria.
ASSAULT struck drone -: Iranian drones struck a base in Iraq.
ASSAULT fired heavy-weapons military: Russia fired missiles at Kyiv.
ASSAULT attacked - -: Israel attacked a drone factory in Iran.
ASSAULT shelled heavy-weapons -: Armenia shelled Azerbaijani villages.
ASSAULT attacked suicide-attack diplomatic: A suicide bomber attacked the Russian embassy.
ASSAULT assassinated assassinate -: Iranian agents assassinated an Israeli scientist.
ASSAULT kidnapped abduct -: Gunmen kidnapped two Turkish engineers.
ASSAULT blew explosives -: Saboteurs blew up the pipeline to Germany.
ASSAULT attacked unconventional cbrn: Syrian forces attacked the town with sarin.
ASSAULT attacked - -: Armenia attacked Georgia on Sunday.
AID gave - humanitarian: Norway gave Ukraine $5 million in humanitarian aid.
SUPPORT signed - economic: Peru and Chile signed a free trade agreement.
COOPERATE exercises - military: India and France held joint naval exercises.
COOPERATE shared - intelligence: Israel and Jordan shared intelligence on the militants.
ASSAULT executed execute crime: China executed a Canadian smuggler.
COOPERATE extradited - legal,crime_drugs: Mexico extradited a drug lord to the United States.
"""
"""Written before any output was seen."""

SECOND = """
REQUEST urged - military: After the vote, Lithuania urged Belarus to stop sending weapons to Mali.
CONSULT flew visit -: Brazil's foreign minister flew to Caracas to press for the release of two pilots.
REJECT turned assist resource: Oman turned down a proposal by Iraq to share water from the river.
ACCUSE protest disapprove resource: Japan lodged a protest over the Chinese ships near the islands.
COERCE detained arrest intelligence: Police in Madrid detained a Moroccan on suspicion of spying.
COERCE tariffs restrict economic: Washington slapped new tariffs on steel from Turkey.
COERCE froze restrict -: Beijing froze the assets of three American defence firms.
SANCTION severed withdraw diplomatic: Nicaragua severed diplomatic relations with Taiwan.
SANCTION scrapped cancel -: Denmark scrapped a planned visit by the Russian trade minister.
SANCTION ordered expel diplomatic: Saudi Arabia ordered Lebanon's ambassador to leave.
SANCTION cut discontinue economic: The Netherlands cut development aid to Burundi.
THREATEN warned violence military: Moscow warned Helsinki that it would respond with military means.
THREATEN warned restrict -: Turkey warned Syria that it would close the border.
MOBILIZE put troops military: Belgrade put its army on high alert near Kosovo.
MOBILIZE sent weapons military: The US Navy sent an aircraft carrier to the Red Sea.
RETREAT freed release -: Hamas freed four Thai hostages.
RETREAT pulled withdraw military: France pulled its last soldiers out of Niger.
RETREAT allowed access humanitarian: Ethiopia allowed aid convoys into Tigray.
ASSAULT strike aerial military: An Israeli strike with guided bombs killed nine people in Beirut.
ASSAULT bombed aerial -: Pakistani jets bombed villages in eastern Afghanistan.
ASSAULT barrage heavy-weapons military: A barrage of rockets from Lebanon hit Haifa.
ASSAULT fire firearms military: Tajik border guards opened fire on Kyrgyz troops with machine guns.
ASSAULT clashed - -: Chadian soldiers clashed with Sudanese fighters at the border.
ASSAULT attack - -: The attack destroyed a nuclear plant in Iran.
AID granted - economic: Australia granted Samoa a loan to rebuild after the cyclone.
AGREE agreed - resource: Serbia and Hungary agreed to build a gas pipeline.
SUPPORT recognised - -: Spain recognised Palestine as a state.
SUPPORT signed - crime,crime_drugs: Cuba and Haiti signed an accord on fighting drug trafficking.
"""
"""Written after the tables had been mended once, and before what they then gave was seen."""

MENDED = """
REQUEST asked assist military: Iran has asked Russia for air-defence systems.
THREATEN warned - military: Russia warned Germany that the missiles would cross a line.
REJECT rejected yield military: Armenia rejected a cease-fire with Azerbaijan.
REQUEST asked - military: Iran asked Russia to stop sending tanks to Armenia.
"""
"""What other texts showed to be wrong."""

CASES = [line for line in (FIRST + SECOND + MENDED).splitlines() if line]


@functools.cache
def told(event: str, word: str, text: str) -> tuple[str | None, tuple[str, ...]]:
    doc = language.annotate(text)
    act = next(t for t in doc if t.text == word)
    kind = event_type(event)
    return mode_of(kind, act, act.sent), contexts_of(kind, act, act.sent)


@pytest.mark.parametrize("case", CASES)
def test_how_and_about_what(case: str) -> None:
    codes, text = case.split(": ", 1)
    event, word, mode, contexts = codes.split()
    expected = (None if mode == "-" else mode, () if contexts == "-" else tuple(contexts.split(",")))
    assert told(event, word, text) == expected


@pytest.mark.parametrize("event", categories())
def test_only_names_of_the_codebook_are_given_whatever_the_type(event: str) -> None:
    """Also where the type does not suit the text."""
    order = list(all_contexts())
    for case in CASES[::3]:
        codes, text = case.split(": ", 1)
        mode, contexts = told(event, codes.split()[1], text)
        assert mode is None or mode in modes(event_type(event))
        assert list(contexts) == sorted(set(contexts), key=order.index)


def test_words_of_another_deed_do_not_count() -> None:
    """The missiles are the neighbour's, and the arrest is another deed."""
    text = "Armenia attacked Georgia after Iran had fired missiles and arrested sailors."
    assert told("ASSAULT", "attacked", text) == (None, ())
    assert told("COERCE", "arrested", text) == ("arrest", ())


def test_the_doer_is_not_what_a_deed_is_about() -> None:
    assert told("CONSULT", "visited", "The army's chief of intelligence visited Peru.") == ("visit", ())


def test_a_target_is_not_a_means() -> None:
    assert told("ASSAULT", "attacked", "Israel attacked a missile depot in Syria.")[0] is None


def test_a_list_may_be_of_any_length() -> None:
    """Each noun of "fired missiles, missiles, …" hangs on the one before it."""
    many = 3000
    doc = Doc(
        language.annotate("").vocab,
        words=["fired", *["missiles"] * many],
        heads=[0, 0, *range(1, many)],
        deps=["ROOT", "dobj", *["conj"] * (many - 1)],
        pos=["VERB", *["NOUN"] * many],
        tags=["VBD", *["NNS"] * many],
        lemmas=["fire", *["missile"] * many],
    )
    assert mode_of("ASSAULT", doc[0], doc[:]) == "heavy-weapons"
    assert contexts_of("ASSAULT", doc[0], doc[:]) == ("military",)
