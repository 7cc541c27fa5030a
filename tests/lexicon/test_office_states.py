"""The state that an office speaks for, in the kinds of words in which pages print it."""

import datetime as dt

import pytest

from builder.build.speaker_countries import Spoken, countries_between
from builder.lexicon.office_states import country_of_office, is_office_of_a_state

NAMED = """
ISR Speaker of the Knesset
UKR Verkhovna Rada Speaker
DEU First Deputy Chairman of the Bundestag
KAZ Chairman of the Majilis
ARE Crown Prince of Abu Dhabi
ARE Ruler of Dubai
VNM General Secretary of the Communist Party of Vietnam Central Committee
BIH Chairman of the Presidium of Bosnia and Herzegovina
QAT Emir of Qatar Sheikh
VAT Pope
RUS Commander of the Northern Fleet
RUS Commander of the Western Military District
RUS Commander of the troops of the Southern Military District
RUS Commander-in-Chief of the Russian Navy
RUS Chief of the General Staff of the Armed Forces of the Russian Federation
RUS Commander of the Aerospace Forces
RUS Commander of the Russian Group of Forces in Syria
RUS High Commissioner for Human Rights in the Russian Federation
RUS Commissioner for Human Rights in Russia
RUS Chairman of the State Duma Committee on Labour and Social Policy
RUS Chair of the Federation Council Committee on Foreign Affairs
RUS State Duma deputy
RUS Member of the State Duma
RUS First Deputy Chairman of the State Duma Committee on Education
RUS Chairman of the Budget Committee of the Federation Council
RUS Deputy Speaker of the State Duma
RUS Speaker of the Moscow City Duma
RUS Chairman of the Legislative Assembly of Perm Territory
RUS Chairman of the Perm Territory Legislative Assembly
RUS Chairman of the State Council of the Republic of Tatarstan
RUS Prime Minister of the Republic of Tatarstan
RUS Deputy Governor of Kaluga Region
RUS Health Minister of Moscow Region
RUS Minister of Health of Moscow Region
RUS Russian Ambassador to Germany
RUS Ambassador of Russia to Germany
RUS Ambassador Extraordinary and Plenipotentiary of the Russian Federation to the Republic of Kazakhstan
RUS Permanent Representative of Russia to the UN
RUS Russia’s Permanent Representative to NATO
RUS Head of Rosreestr
RUS Head of Roskomnadzor
RUS Presidental Plenipotentiary Envoy to the Volga Federal District
RUS Plenipotentiary presidential envoy to the Siberian Federal District
RUS Stavropl Territory Governor
RUS Goverrnor of Moscow Region
MMR State Counsellor of Myanmar
MMR State Counsellor of the Republic of the Union of Myanmar
KAZ Secretary of the Security Council of Kazakhstan
BLR State Secretary of the Security Council of Belarus
VNM President of the Socialist Republic of Vietnam
VNM General Secretary of the Central Committee of the Communist Party of Vietnam
FRA Special Envoy of the President of France
USA US Special Presidential Envoy for Climate
CHN Chinese State Councillor and Foreign Minister
DEU Minister-President of Bavaria
DEU Bavarian Minister-President
DEU Minister-President of the Free State of Saxony
DEU Prime Minister of Lower Saxony
KOR Mayor of Zenda (Republic of Korea)
FRA Mayor of Paris
USA Governor of California
KAZ Akim of Almaty Region
IRN Secretary of the Supreme National Security Council of Iran
IRN Speaker of the Islamic Consultative Assembly of Iran
ARM Speaker of the National Assembly of Armenia
KGZ Chairman of the Cabinet of Ministers of the Kyrgyz Republic
BIH Chairman of the Presidency of Bosnia and Herzegovina
BIH President of Republika Srpska
PRK Chairman of the State Affairs Commission of the Democratic People’s Republic of Korea
LAO President of the Lao People’s Democratic Republic
PSE President of the Palestinian National Authority
AUT Federal President of Austria
AUT Federal President of the Republic of Austria
IND Prime Minister of the Republic of India
TUN President of the Tunisian Republic
VEN President of the Bolivarian Republic of Venezuela
BRA President of the Federative Republic of Brazil
SRB Serbian President-elect
KAZ Ambassador of Kazakhstan to Russia
JPN Adviser to the Prime Minister of Japan
UZB Chairperson of the Senate of the Oliy Majlis of Uzbekistan
MNG Chairman of the State Great Khural of Mongolia
CUB President of the Council of State and the Council of Ministers of Cuba
MCO Prince Albert II of Monaco
LUX Grand Duke Henri of Luxembourg
RUS Mayor of Kazan
RUS Head of Yekaterinburg
RUS Governor of St Petersburg
RUS St Petersburg Governor
RUS Acting Head of the Komi Republic
RUS Head of the Karachayevo-Circassian Republic
RUS Governor of Khanty-Mansi Autonomous Area – Yugra
RUS Head of the Presidential Property Management Directorate
RUS Deputy Chief of Staff of the Presidential Executive Office
RUS First Deputy Chief of Staff of the Presidential Executive Office
RUS Deputy Prime Minister and Presidential Plenipotentiary Envoy to the Far Eastern Federal District
GEO President of the Republic of Georgia
USA U.S. Secretary of State
USA US National Security Adviser
USA US President’s National Security Adviser
JPN Japanese Prime Minister’s Special Envoy
SAU Deputy Crown Prince and Defence Minister of Saudi Arabia
ARE Crown Prince of Abu Dhabi and Deputy Supreme Commander of the UAE Armed Forces
TUR Speaker of the Grand National Assembly of Turkey
GBR British Foreign Secretary
ZAF President of the Republic of South Africa
COD President of the Democratic Republic of the Congo
COG President of the Republic of the Congo
CIV President of the Republic of Côte d'Ivoire
ITA President of the Council of Ministers of the Italian Republic
ITA President of the Council of Ministers of Italy
FIN Speaker of the Parliament of Finland
RUS Chairman of the Government of Tuva
RUS Russian Foreign Minister
RUS Foreign Minister of Russia
RUS Director of the FSB
RUS Chairman of the Supreme Court of the Russian Federation
RUS Prosecutor General of the Russian Federation
RUS Deputy Chairman of the Security Council of the Russian Federation
RUS Chairman of the Central Election Commission of the Russian Federation
RUS Head of the Administration of Kaluga Region
"""

UNNAMED = """
Chief of the General Staff of the Armed Forces
Deputy Chief of the Main Staff of the Navy
Commander-in-Chief of the Navy
Chief of the General Staff
First Deputy Chief of the General Staff
Commissioner for Children’s Rights
Human Rights Commissioner
Senator
Head of the Federal Customs Service
head of the Federal Agency for Fishery
Federal Customs Service Head
Director of the Foreign Intelligence Service
National Guard Director
Director of the Federal Service of National Guard Troops
Deputy Minister of Energy
First Deputy Minister of Economic Development
Minister of Natural Resources and Environment
Deputy Prime Minister and Minister of Finance
Deputy Prime Minister – Minister of Industry
Presidential Aide
Chief of the Government Staff
Prosecutor General
Security Council Deputy Chairman
Presidential Commissioner for Children’s Rights
"""

OF_NO_STATE = """
President of the Football Union of Serbia
Chairman of the Trade Union of Belarus
Leader of the Communist Party of Serbia
Leader of the Communist Party faction in the State Duma
Head of A Just Russia political party faction in the State Duma
UN Special Envoy for Syria
President of the European Commission
President of the International Olympic Committee
President of the Russian Football Union
Chairman of the Board of Gazprom
Rector of Moscow State University
President of the Russian Academy of Sciences
Director of the National Museum of Kazakhstan
President of the Academy of Sciences of Kazakhstan
President of the Chamber of Commerce and Industry of the Russian Federation
Chairman of the Union of Theatre Workers of the Russian Federation
Secretary of the Civic Chamber
CEO of Russian Railways
Head of Rosneft
Director of the Moscow Circus
Chief Physician
"""


def lines(text: str) -> list[str]:
    return text.strip().splitlines()


@pytest.mark.parametrize("line", lines(NAMED))
def test_an_office_shows_its_state(line: str) -> None:
    code, _, office = line.partition(" ")
    assert country_of_office(office) == code


@pytest.mark.parametrize("office", lines(UNNAMED))
def test_an_office_is_a_states_that_it_does_not_name(office: str) -> None:
    assert country_of_office(office) is None
    assert is_office_of_a_state(office)


@pytest.mark.parametrize("office", [*lines(OF_NO_STATE), "former Minister of Culture", "Mayor " * 60])
def test_an_office_is_no_states(office: str) -> None:
    assert country_of_office(office) is None
    assert not is_office_of_a_state(office)


def spoken(*pages: tuple[int, str | None, str | None]) -> list[Spoken]:
    """Pages by their month, with office and country; all of one numbered person."""
    return [Spoken(row, dt.date(2018, month, 1), "77", role, code) for row, (month, role, code) in enumerate(pages)]


@pytest.mark.parametrize(
    ("pages", "found"),
    [
        ([(1, "Minister", "RUS"), (2, None, None), (3, "Minister", "RUS")], [(1, "RUS")]),
        ([(1, "Minister", "RUS"), (2, None, None)], []),
        ([(2, None, None), (3, "Minister", "RUS")], []),
        ([(1, "Minister", "RUS"), (2, None, None), (3, "CEO of Zenda", None)], []),
        ([(1, "Minister", "RUS"), (2, None, None), (3, "Minister", "SRB")], []),
        ([(1, None, None)], []),
    ],
)
def test_a_person_without_office_has_the_country_of_the_offices_before_and_after(
    pages: list[tuple[int, str | None, str | None]], found: list[tuple[int, str]]
) -> None:
    assert list(countries_between(spoken(*pages))) == found


def test_offices_more_than_a_year_away_and_persons_without_number_show_no_country() -> None:
    far = [*spoken((1, "Minister", "RUS"), (2, None, None)), Spoken(2, dt.date(2019, 3, 1), "77", "Minister", "RUS")]
    assert list(countries_between(far)) == []
    unnumbered = [
        page._replace(site_person_id=None) for page in spoken((1, "A", "RUS"), (2, None, None), (3, "A", "RUS"))
    ]
    assert list(countries_between(unnumbered)) == []
