"""Sub-state actors: who they are, in what sector, of what country. Each test's sentences are its input."""

import functools
import time

import pytest
from test_actors import article, read

from onrecord.actors import Cast, find_actors
from onrecord.actors.nouns import sectors
from onrecord.data import table
from onrecord.language import annotate

Told = tuple[str, str | None, str | None]


def told(cast: Cast) -> list[Told]:
    """Give the groups and bodies of a text: words, sector, country, in the order of the text."""
    placed = [
        (m.span, (m.text, a.sector, a.country))
        for a in cast.actors
        if a.kind in {"group", "organisation"}
        for m in a.mentions
    ]
    return [one for _, one in sorted(placed)]


def check(text: str, expected: list[Told]) -> None:
    assert told(read(text)) == expected


STATED: list[tuple[str, list[Told]]] = [
    ("Turkish police detained 12 Kurdish activists.",
     [("Turkish police", "COP", "TUR"), ("Kurdish activists", "CVL", "TUR")]),
    ("Kenya's striking teachers rejected the offer.", [("Kenya's striking teachers", "EDU", "KEN")]),
    ("Rebels in Colombia freed the engineers.", [("Rebels", "REB", "COL")]),
    ("Peruvian miners marched to the coast.", [("Peruvian miners", "LAB", "PER")]),
    ("Chadian soldiers fired at Sudanese refugees.",
     [("Chadian soldiers", "MIL", "TCD"), ("Sudanese refugees", "REF", "SDN")]),
    ("Hundreds of protesters in Lima threw stones at riot police.",
     [("protesters", "CVL", "PER"), ("riot police", "COP", "PER")]),
    ("A court in Tunis jailed the Italian trader.",
     [("court", "JUD", "TUN"), ("Italian trader", "BUS", "ITA")]),
    ("Gunmen shot dead a Malian soldier.", [("Gunmen", "UAF", "MLI"), ("Malian soldier", "MIL", "MLI")]),
    ("Workers at the Antamina mine in Peru went on strike.", [("Workers", "LAB", "PER")]),
    ("South Sudanese refugees fled to Uganda.", [("South Sudanese refugees", "REF", "SSD")]),
    ("Refugees from Burundi thanked Rwanda.", [("Refugees", "REF", "BDI")]),
    ("Indian doctors treated Nepalese villagers.",
     [("Indian doctors", "MED", "IND"), ("Nepalese villagers", "CVL", "NPL")]),
    ("Mexican drug cartels threatened journalists in Honduras.",
     [("Mexican drug cartels", "CRM", "MEX"), ("journalists", "JRN", "HND")]),
    ("Hungarian opposition lawmakers blamed Slovakia.", [("Hungarian opposition lawmakers", "OPP", "HUN")]),
    ("Greek lawmakers visited Cyprus.", [("Greek lawmakers", "LEG", "GRC")]),
    ("Iranian clerics accused Saudi companies of fraud.",
     [("Iranian clerics", "REL", "IRN"), ("Saudi companies", "BUS", "SAU")]),
    ("Israeli warplanes bombed Syrian troops.",
     [("Israeli warplanes", "MIL", "ISR"), ("Syrian troops", "MIL", "SYR")]),
    ("The villagers were attacked by Nigerian bandits.",
     [("villagers", "CVL", "NGA"), ("Nigerian bandits", "CRM", "NGA")]),
    ("Students in the Chilean city of Valparaiso clashed with police.",
     [("Students", "EDU", "CHL"), ("police", "COP", "CHL")]),
    ("Protesters outside the French embassy in Niamey burned tyres.",
     [("Protesters", "CVL", "NER"), ("French embassy", "GOV", "FRA")]),
    ("Hundreds of Haitians demonstrated.", [("Hundreds of Haitians", "CVL", "HTI")]),
    ("Ethnic Serbs in Kosovo blocked a road.", [("Ethnic Serbs", "CVL", "XKX")]),
    ("Ethnic Hungarians met the bishops of Slovakia.",
     [("Ethnic Hungarians", "CVL", "SVK"), ("bishops", "REL", "SVK")]),
    ("Palestinians of the West Bank refused to work.",
     [("Palestinians of the West Bank", "CVL", "PSE")]),
    ("Taliban fighters released two Dutch nationals.",
     [("Taliban", "REB", "AFG"), ("Taliban fighters", "REB", "AFG"), ("Dutch nationals", "CVL", "NLD")]),
    ("Syria's rebels rejected talks with Russia.", [("Syria's rebels", "REB", "SYR")]),
    ("Spanish trade unions called a strike against Portugal.", [("Spanish trade unions", "LAB", "ESP")]),
    ("Bolivian police officers beat asylum seekers from Cuba.",
     [("Bolivian police officers", "COP", "BOL"), ("asylum seekers", "REF", "CUB")]),
    ("Pro-Russian separatists shelled Ukrainian troops.",
     [("Pro-Russian separatists", "REB", "UKR"), ("Ukrainian troops", "MIL", "UKR")]),
    ("Ethnic Hungarians sang.", [("Ethnic Hungarians", "CVL", "HUN")]),
    ("Palestinians of the Israeli-occupied West Bank protested.",
     [("Palestinians of the Israeli-occupied West Bank", "CVL", "PSE")]),
    ("Japan said the Ethiopian government and the rebels must talk.",
     [("Ethiopian government", "GOV", "ETH"), ("rebels", "REB", "ETH")]),
    ("Kenya has strengthened its forces in Somalia.", []),
    ("Brazil praised the peacekeeping force in Cyprus.", []),
    ("Iranian-backed militias fired rockets at American soldiers in Iraq.",
     [("Iranian-backed militias", "UAF", None), ("American soldiers", "MIL", "USA")]),
]  # fmt: skip
"""What the noun phrase itself says."""


@pytest.mark.parametrize(("text", "expected"), STATED)
def test_the_noun_phrase_says_whose_a_group_is(text: str, expected: list[Told]) -> None:
    check(text, expected)


CONTEXT: list[tuple[str, list[Told]]] = [
    ("The Angolan government signed a truce with Cabinda rebels.",
     [("Angolan government", "GOV", "AGO"), ("Cabinda rebels", "REB", "AGO")]),
    ("In Bamako, soldiers arrested the opposition leaders.",
     [("soldiers", "MIL", "MLI"), ("opposition leaders", "OPP", "MLI")]),
    ("Zulu tribal elders have urged the South African Interior Ministry to wait.",
     [("Zulu tribal elders", "ELI", "ZAF"), ("South African Interior Ministry", "GOV", "ZAF")]),
    ("Bolivia was tense. Police fired tear gas at demonstrators.",
     [("Police", "COP", "BOL"), ("demonstrators", "CVL", "BOL")]),
    ("Peru mourned. It rained. Troops patrolled the streets.", [("Troops", "MIL", "PER")]),
    ("Chile and Peru signed. Police watched.", [("Police", "COP", None)]),
    ("Bolivia was calm. Chile and Peru quarrelled. Police watched.", [("Police", "COP", "BOL")]),
    ("Nepal was tense. Rebels ambushed Indian troops near China.",
     [("Rebels", "REB", None), ("Indian troops", "MIL", "IND")]),
    ("Ghana's parliament met. The opposition walked out.",
     [("Ghana's parliament", "GOV", "GHA"), ("opposition", "OPP", "GHA")]),
    ("The army killed 20 people in Myanmar.", [("army", "MIL", "MMR"), ("people", "CVL", "MMR")]),
    ("A court freed four journalists in Ankara.", [("court", "JUD", "TUR"), ("journalists", "JRN", "TUR")]),
    ("Burundi closed its border. The government accused the rebels of looting.",
     [("government", "GOV", "BDI"), ("rebels", "REB", "BDI")]),
    ("Sudan sent aid. The rebels in Darfur stopped it.", [("rebels", "REB", "SDN")]),
    ("Kurdish fighters attacked a Turkish base.", [("Kurdish fighters", "REB", "TUR")]),
    ("Authorities in Minsk arrested 40 opposition supporters.",
     [("Authorities", "GOV", "BLR"), ("opposition supporters", "OPP", "BLR")]),
    ("Haiti is lost. Armed gangs kidnapped two priests.",
     [("Armed gangs", "CRM", "HTI"), ("priests", "REL", "HTI")]),
    ("Lesotho held its breath as prosecutors charged six soldiers.",
     [("prosecutors", "JUD", "LSO"), ("soldiers", "MIL", "LSO")]),
    ("Turkey said its troops had killed 20 militants.",
     [("troops", "MIL", "TUR"), ("militants", "REB", "TUR")]),
]  # fmt: skip
"""What only the words around it say."""


@pytest.mark.parametrize(("text", "expected"), CONTEXT)
def test_the_context_says_whose_a_group_is_where_it_names_one_state(text: str, expected: list[Told]) -> None:
    check(text, expected)


NONE: list[tuple[str, list[Told]]] = [
    ("People like sugar, and workers want rest.", []),
    ("Peru is poor. Workers everywhere want rest.", []),
    ("The players walked onto the tennis court in Paris.", []),
    ("Market forces drove up prices in Japan.", []),
    ("India bought 36 Rafale fighters from France.", []),
    ("Canada sold warplanes to Chile.", []),
    ("No protesters were hurt in Quito.", []),
    ("Opposition to the plan grew in Norway.", []),
    ("He was a soldier in Norway.", []),
    ("Police stations were closed in Norway.", []),
    ("The company said that Norway had paid.", []),
    ("European troops left Mali.", [("European troops", "MIL", None)]),
    ("Foreign troops left Mali.", [("Foreign troops", "MIL", None)]),
    ("NATO troops left Kosovo.", [("NATO", "IGO", None)]),
    ("Any worker in Spain may join.", []),
    ("The man was seen in Spain, these people said.", []),
    ("Aid went to rebels vetted by Norway.", [("rebels", "REB", None)]),
    ("France will lead a brigade in Lithuania.", []),
    ("A five-year-old Malian boy was hurt.", [("Malian boy", "CVL", "MLI")]),
    ("Iran waited as 67 senators agreed.", [("senators", "LEG", None)]),
    ("A Chilean judge ruled that the law stands.", []),
    ("The strike hit a court building in Rome.", []),
]  # fmt: skip
"""What is no group, or a group of no country that the text gives."""


@pytest.mark.parametrize(("text", "expected"), NONE)
def test_what_is_no_group_or_of_no_country(text: str, expected: list[Told]) -> None:
    check(text, expected)


def actors_at(text: str, *words: str) -> list[tuple[str, str | None]]:
    """Give name and country of the actor at each of the words, looked for one after the other."""
    cast, at, found = read(text), 0, []
    for one in words:
        at = text.index(one, at)
        actor = cast.at(at, at + len(one))
        assert actor is not None
        found.append((actor.id, actor.country))
        at += len(one)
    return found


def test_the_rebels_are_the_only_rebels_named() -> None:
    first, second = actors_at(
        "Mozambique met Shona rebels. Zambia and Malawi watched. The rebels left.", "Shona rebels", "rebels"
    )
    assert first == second
    assert first[1] == "MOZ"


def test_the_insurgents_are_the_rebels_where_no_others_are_named() -> None:
    first, second = actors_at("Chad attacked Toubou rebels. The insurgents fled.", "rebels", "insurgents")
    assert first == second


def test_the_rebels_are_nobody_known_where_two_groups_are_named() -> None:
    one, two, third = actors_at(
        "Chad met Toubou rebels and Zaghawa rebels. The rebels left.", "Toubou rebels", "Zaghawa rebels",
        "rebels",
    )  # fmt: skip
    assert len({one, two, third}) == 3


def test_the_rebels_have_the_country_of_the_only_armed_body_named() -> None:
    cast = read("Hezbollah denied it. Israel and Syria said the militants lied.")
    assert [one for one in told(cast) if one[0] == "militants"] == [("militants", "REB", "LBN")]


def test_groups_of_two_countries_are_two_actors() -> None:
    one, two = actors_at("Chilean miners met Peruvian miners.", "Chilean miners", "Peruvian miners")
    assert one != two


def test_a_dateline_names_no_state_of_a_group() -> None:
    text = "NAIROBI (Wire) - Rebels in Congo killed two nuns.\nSoldiers fled from Burundi."
    assert told(read(text))[0] == ("Rebels", "REB", "COD")


def test_furniture_is_not_read() -> None:
    text = "Peru paid.\nPeruvian miners marched."
    page = article(text, skip=(text.index("Peruvian"), len(text)))
    assert told(Cast(find_actors(page, annotate(text)))) == []


def test_reporters_and_their_papers_are_of_one_sector_and_doctors_of_another() -> None:
    cast = read("Turkish journalists met Turkish doctors. Jane Novak, a journalist, told Reuters so.")
    found = {a.name: a.sector for a in cast.actors}
    assert (found["Turkish journalists"], found["Jane Novak"], found["Reuters"]) == ("JRN", "JRN", "JRN")
    assert found["Turkish doctors"] == "MED"


def test_the_table_names_each_noun_once_with_a_plover_sector() -> None:
    rows = table("collectives.tsv")
    nouns = [row["noun"] for row in rows]
    assert len(set(nouns)) == len(nouns)
    assert all(noun == noun.lower() and 1 <= len(noun.split()) <= 2 for noun in nouns)
    known = set(
        "AGR BUS COP CRM CVL EDU ELI GOV JRN JUD LAB LEG MED MIL OPP PTY REB REF REL SOC SPY UAF".split()
    )
    assert {row["sector"] for row in rows} <= known | {""}
    assert {row["when"] for row in rows} <= {"", "agent", "body", "own", "specific", "stated"}
    assert len(sectors()) == len(rows)


@functools.cache
def long_text(times: int) -> str:
    return "In Peru the police beat striking miners and the rebels of the hills killed soldiers. " * times


def test_time_is_linear_in_the_text() -> None:
    small, large = (annotate(long_text(times)) for times in (10, 80))

    def seconds(times: int, doc: object) -> float:
        began = time.perf_counter()
        find_actors(article(long_text(times)), doc)  # type: ignore[arg-type]
        return time.perf_counter() - began

    assert min(seconds(80, large) for _ in range(3)) < 24 * min(seconds(10, small) for _ in range(3))
