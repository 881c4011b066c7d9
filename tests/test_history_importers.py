"""Alliances, agreements, exercises, votes and events, on rows of our own in the publishers' form."""

import builtins
import datetime as dt
from typing import Any

import pytest

from onrecord.history import exercises, formats, ideal_points
from onrecord.history.imported import Imported, Part, Source, UnreadableError

TODAY = dt.date(2026, 11, 28)


def imported(*texts: str | bytes, name: str = "a.csv") -> Imported:
    parts = [
        Part(f"{i}-{name}", None, t if isinstance(t, bytes) else t.encode()) for i, t in enumerate(texts)
    ]
    (group,) = formats.group(parts)
    return group.importer.read(Source(group.parts, TODAY))


def rows(found: Imported) -> list[tuple[object, ...]]:
    return [
        (o.dimension, o.first, o.second, o.start.isoformat(), o.end and o.end.isoformat())
        for o in found.observations
    ]


# --- alliances

TREATIES = """\
atopid,begyr,begmo,begday,endyr,endmo,endday,defense,offense,neutral,nonagg,consul,mem1,mem2,mem3,version
1,1927,10,1,1941,8,25,0,0,1,1,0,365,630,,5.1
2,1949,4,4,0,0,0,1,0,0,0,1,2,20,200,5.1
3,2001,3,12,0,0,0,0,0,1,1,1,365,630,,5.1
4,1879,10,7,1914,8,1,1,0,0,0,0,255,300,,5.1
"""
YEARS = """\
state,year,atopally,defense,offense,neutral,nonagg,consul,number,transyr,atopid1,atopid2,version
2,2016,1,1,0,0,0,1,1,0,2,,5.1
20,2016,1,1,0,0,0,1,1,0,2,,5.1
2,2017,1,1,0,0,0,1,1,0,2,,5.1
200,2017,1,1,0,0,0,1,2,0,2,5,5.1
2,2018,1,1,0,0,0,1,1,0,2,,5.1
200,2018,1,1,0,0,0,1,2,0,2,5,5.1
205,2018,1,0,0,0,0,1,1,0,5,,5.1
365,2018,1,0,0,1,1,1,1,0,3,,5.1
630,2018,1,0,0,1,1,1,1,0,3,,5.1
"""


def test_treaties_have_days_and_leave_out_those_of_many() -> None:
    found = imported(TREATIES)
    assert rows(found) == [
        ("agreements", "IRN", "SUN", "1927-10-01", "1941-08-25"),
        ("agreements", "IRN", "RUS", "2001-03-12", None),
    ]
    assert found.observations[0].what == "ATOP treaty 1: neutrality, non-aggression"
    assert any("1 treaties with more than two members" in note for note in found.notes)
    assert any("Austria-Hungary (1)" in note for note in found.notes)
    assert {s.covered for s in found.series} == {(1879, 2018)}
    assert not any(s.complete for s in found.series)


def test_state_years_have_members_by_year() -> None:
    found = imported(YEARS)
    assert rows(found) == [
        ("alliance", "CAN", "USA", "2016-01-01", "2016-12-31"),
        ("alliance", "GBR", "USA", "2017-01-01", None),
        ("agreements", "GBR", "IRL", "2018-01-01", None),
        ("agreements", "IRN", "RUS", "2018-01-01", None),
    ]
    assert all(s.complete for s in found.series)


def test_both_files_together_have_days_of_two_and_years_of_many() -> None:
    found = imported(TREATIES, YEARS)
    assert ("agreements", "IRN", "RUS", "2001-03-12", None) in rows(found)
    assert ("agreements", "IRN", "RUS", "2018-01-01", None) not in rows(found), "not twice"
    assert ("alliance", "GBR", "USA", "2017-01-01", None) in rows(found)
    with pytest.raises(UnreadableError, match="given twice"):
        imported(YEARS, YEARS)


# --- agreements


def test_agreements_where_they_were_signed() -> None:
    head = "ccode1,cowName1,ccode2,cowName2,signDay,signMonth,signYear,type,category1,category2,category3"
    head += ",DCAid\n"
    found = imported(
        head
        + "365,RUS,630,IRN,2,10,2001,sector,PROCUREMENT,DCA,,D-1\n"
        + "652,EGY,651,EGY,,,1999,general,DCA,,,D-2\n"
        + "651,EGY,652,SYR,,2,2000,general,DCA,,,D-3\n"
        + "651,EGY,652,SYR,31,2,2001,general,DCA,,,D-4\n"
        + "651,EGY,365,RUS,,,1985,general,DCA,,,D-5\n"
    )
    assert rows(found) == [
        ("agreements", "IRN", "RUS", "2001-10-02", "2001-10-02"),
        ("agreements", "EGY", "SYR", "2000-02-01", "2000-02-29"),
        ("agreements", "EGY", "SYR", "2001-02-01", "2001-02-28"),
        ("agreements", "EGY", "SUN", "1985-01-01", "1985-12-31"),
    ]
    assert found.observations[0].what == "defence cooperation agreement (sector, PROCUREMENT, DCA)"
    assert [(p.line, p.message) for p in found.problems] == [(3, "number 652 and name EGY are of two states")]
    assert found.series[0].covered == (1980, 2010)


# --- exercises


def test_multinational_exercises_give_every_pair() -> None:
    head = "MMEID,Ex_Name,StartDate,s.year,s.month,s.day,EndDate,e.year,e.month,e.day,StateA,StateB,StateC\n"
    found = imported(
        head
        + "mme1,Big One,1/2/80,1980,1,2,1/9/80,1980,1,9,United States,Russia,Federal Republic of Germany\n"
        + "mme2,Small,1981-02-xx,1981,2,xx,1981-02-xx,1981,2,xx,NATO,Canada,United States"
    )
    assert rows(found) == [
        ("exercises", "DEU", "SUN", "1980-01-02", "1980-01-09"),
        ("exercises", "DEU", "USA", "1980-01-02", "1980-01-09"),
        ("exercises", "SUN", "USA", "1980-01-02", "1980-01-09"),
        ("exercises", "CAN", "USA", "1981-02-01", "1981-02-28"),
    ]
    assert found.observations[0].what == "Big One (3 states)"
    assert any("NATO (1)" in note for note in found.notes)


def test_russias_exercises_are_with_russia() -> None:
    found = imported("id,name,yr,part1,part2,comments,source\n1,Щит-2011,2011,Belarus,Norway ,,x\n2,,,,,,")
    assert {r[1:3] for r in rows(found)} == {("BLR", "RUS"), ("NOR", "RUS"), ("BLR", "NOR")}
    assert not found.series[0].complete


SHEET: list[list[object]] = [
    ["Exercise Name", "Start Date", "s.year", "s.month", "s.day", "enddate", "State A", "State B", "AUS"],
    ["Snow", "1/7/1975", 1975.0, 1.0, 7.0, "1/8/1975", "USA", "can", 1.0],
    [-9.0, "11/xx/1976", "", "", "", "-9", "USA", "ROM", 0.0],
    ["", dt.date(1977, 3, 1), "", "", "", "3/4/1977", "FRA", "DEU", 0.0],
]


def test_joint_exercises_from_a_sheet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exercises, "_sheet", lambda _: SHEET)
    found = imported(exercises.OLE + b"...", name="jme.xls")
    assert rows(found) == [
        ("exercises", "CAN", "USA", "1975-01-07", "1975-01-07"),
        ("exercises", "ROU", "USA", "1976-11-01", "1976-11-30"),
        ("exercises", "DEU", "FRA", "1977-03-01", "1977-03-04"),
    ]
    assert found.observations[1].what == "exercise without a name (2 states)"
    assert found.observations[1].cites == ("JME, row 3",)


def test_a_damaged_sheet_is_refused() -> None:
    with pytest.raises(UnreadableError, match="Excel file is damaged"):
        imported(exercises.OLE + b"\0" * 5000, name="jme.xls")


# --- votes

POINTS = """\
ccode,iso3c,Countryname,year,IdealPointAll,IdealPointFP,IdealPointLegacy
2,USA,United States,2021,3.0,2.0,
365,RUS,Russia,2021,-1.0,-0.5,0.1
365,RUS,Russia,1985,-2.0,NA,
630,IRN,Iran,2021,-1.5,,0.4
"""


def test_ideal_points_are_kept_by_state_and_estimator() -> None:
    for text in (POINTS, POINTS.replace(",", "\t")):
        found = imported(text)
        levels = {(level.series, level.state, level.year): level.value for level in found.levels}
        assert levels["distance-all-votes", "SUN", 1985] == -2.0
        assert ("distance-final-passage", "IRN", 2021) not in levels, "empty is unknown"
        assert levels["distance-legacy", "IRN", 2021] == 0.4
        assert {s.measure for s in found.series} == {"distance"}
        assert found.series[0].covered == (1985, 2021)


def test_sessions_are_years() -> None:
    found = imported("ccode,session,IdealPoint\n2,77,3.0\n")
    assert [level.year for level in found.levels] == [2022]


def test_a_missing_reader_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name in {"pyreadstat", "python_calamine"}:
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(UnreadableError, match=r"pip install 'onrecord\[history\]'"):
        imported(b"<stata_dta> idealpoint", name="points.dta")
    with pytest.raises(UnreadableError, match=r"pip install 'onrecord\[history\]'"):
        imported(exercises.OLE, name="jme.xls")


def test_a_damaged_stata_file_is_refused() -> None:
    with pytest.raises(UnreadableError, match="Stata file"):
        imported(b"<stata_dta><header><release>118</release> idealpoint", name="points.dta")
    assert not ideal_points.recognises(b"<stata_dta> something else")


# --- events

POLECAT = (
    "Event ID\tEvent Date\tEvent Type\tEvent Mode\tContexts\tActor Country\tPrimary Actor Sector\t"
    "Recipient Country\tPrimary Recipient Sector\n"
)
ICEWS = "Event ID\tEvent Date\tSource Sectors\tSource Country\tCAMEO Code\tTarget Sectors\tTarget Country\n"


def test_polecat_counts_days_of_deeds() -> None:
    found = imported(
        POLECAT
        + "1\t2022-01-03\tAID\tmilitary\tmilitary\tUSA\tGOV\tUKR\tMIL\n"
        + "2\t2022-01-03\tAID\tmilitary\tmilitary\tUSA\tGOV\tUKR\tGOV\n"
        + "3\t2022-01-09\tAID\tmilitary\t\tUSA; GBR\tNone\tUKR\tNone\n"
        + "4\t2022-02-01\tAGREE\tNone\tdiplomatic; military\tRUS\tGOV\tIRN\tGOV\n"
        + "5\t2022-02-01\tCOOPERATE\t\tintelligence\tRUS\tGOV\tIRN\tGOV\n"
        + "6\t2022-03-01\tCOOPERATE\t\tmilitary\tRUS\tBUS\tIRN\tGOV\n"
        + "7\t2022-12-30\tPROTEST\tdemo\t\tRUS\tCVL\tRUS\tGOV\n",
        name="ngecEvents.txt",
    )
    assert [(o.dimension, o.first, o.second, o.start.month, o.value) for o in found.observations] == [
        ("agreements", "IRN", "RUS", 2, 1.0),
        ("intelligence", "IRN", "RUS", 2, 1.0),
        ("arms delivered", "GBR", "UKR", 1, 1.0),
        ("arms delivered", "USA", "UKR", 1, 2.0),
    ]
    assert {s.covered for s in found.series} == {(2022, 2022)}


def test_icews_of_several_years_is_one_dataset() -> None:
    found = imported(
        ICEWS + "1\t1995-01-01\tGovernment\tRussian Federation\t57\tNULL\tIran\n",
        ICEWS
        + "2\t1996-03-05\tMilitary,Army\tRussian Federation\t062\t\tIran\n"
        + "3\t1996-03-06\tBusiness\tRussian Federation\t062\t\tIran\n"
        + "4\t1996-12-31\tGovernment\tAtlantis\t064\t\tIran\n",
        name="events.20150313082510.tab",
    )
    assert [(o.dimension, o.start.year, o.value) for o in found.observations] == [
        ("agreements", 1995, 1.0),
        ("exercises", 1996, 1.0),
    ]
    assert (found.vintage, found.vintage_how) == (dt.date(2015, 3, 13), "inferred")
    assert found.series[0].covered == (1995, 1996)
    assert found.unrecognised == {"Atlantis": 1}


def test_event_files_that_break_off_or_do_not_belong_together() -> None:
    whole = ICEWS + "1\t1995-01-01\tGovernment\tRussian Federation\t057\tNULL\tIran\n"
    with pytest.raises(UnreadableError, match="breaks off: 1 events were read, and line 3"):
        imported(whole + "2\t1995-01-02\tGovernm")
    with pytest.raises(UnreadableError, match="add them apart"):
        imported(whole, POLECAT + "1\t2022-01-03\tAID\tmilitary\t\tUSA\tGOV\tUKR\tMIL\n")


# --- what is none of these


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "the file is empty"),
        (b"\0\0\0", "the file is empty"),
        (b"name,age\nAnn,3\n", "begins 'name,age', which is none of\n  sipri: "),
        (b"\x89PNG\0\0\0\0", "the file is no text"),
        ("Ελλάδα;3".encode(), "which is none of"),
    ],
)
def test_other_files_are_refused_with_what_was_expected(data: bytes, says: str) -> None:
    with pytest.raises(UnreadableError) as refused:
        imported(data)
    assert says in str(refused.value)


def test_a_table_without_rows_is_refused() -> None:
    with pytest.raises(UnreadableError, match="no rows"):
        imported(TREATIES.splitlines()[0] + "\n")
