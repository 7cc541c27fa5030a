"""Offices beside a name, and the state that an office speaks for."""

import pytest

from builder.lexicon.countries import country_code, country_names
from builder.lexicon.office_states import country_of_office, is_office_of_a_state, names_another_state
from builder.lexicon.offices import (
    may_be_one,
    office_in,
    sentences,
)

HENTZAU = "Rupert Hentzau"


@pytest.mark.parametrize(
    ("text", "office"),
    [
        ("They met in Zenda with the first President of Kazakhstan Rupert Hentzau.", "first President of Kazakhstan"),
        ("They met with First President of Kazakhstan Rupert Hentzau, who is on a visit.", "First President of Kazakhstan"),
        ("Meeting with President of the Republic of Kazakhstan Rupert Hentzau", "President of the Republic of Kazakhstan"),
        ("Talks with Deputy Premier and Minister of Finance Rupert Hentzau", "Deputy Premier and Minister of Finance"),
        ("Ruritanian President Rupert Hentzau arrived.", "Ruritanian President"),
        ("Zendabank CEO Rupert Hentzau arrived.", "Zendabank CEO"),
        ("The President met Prime Minister Rupert Hentzau.", "Prime Minister"),
        ("Rupert Hentzau, President of Ruritania, arrived.", "President of Ruritania"),
        ("With Rupert Hentzau, the new Prime Minister of Ruritania.", "new Prime Minister of Ruritania"),
        ("The President of Russia Vladimir Putin and President of Kazakhstan Rupert Hentzau met.", "President of Kazakhstan"),
        ("President of Russia Vladimir Putin and Prime Minister of Armenia Rupert Hentzau met.", "Prime Minister of Armenia"),
        ("Vladimir Putin and Prime Minister Rupert Hentzau met.", "Prime Minister"),
        ("With Head Physician of Hospital No. 40 Rupert Hentzau.", "Head Physician of Hospital No. 40"),
        ("With President of\xa0Kazakhstan Rupert\nHentzau.", "President of Kazakhstan"),
        ("Rupert Hentzau came. Later Governor Rupert Hentzau left.", "Governor"),
        ("Governor Rupert Hentzau came. Mayor Rupert Hentzau left.", "Governor"),
        ("Rupert Hentzau came. Governor Rupert Hentzau sat down. Mayor Rupert Hentzau left.", "Governor"),
        ("Mayor Rupert Hentzau-Sapt met Governor Rupert Hentzau.", "Governor"),
        ("Fritz Sapt, Mayor, Governor Rupert Hentzau and others.", "Governor"),
        ("Governor Fritz Sapt and Governor Rupert Hentzau met.", "Governor"),
        ("The Governor and Governor of Zenda Rupert Hentzau met.", "Governor of Zenda"),
        ("The President of Ruritania and President of Zenda Rupert Hentzau met.", "President of Zenda"),
        ("Rupert Hentzau, Governor of Zenda, Mayor of Strelsau, spoke.", "Governor of Zenda"),
        ("Rupert Hentzau, Governor of Zenda is here.", "Governor of Zenda"),
        ("Rupert Hentzau, Governor of Zenda! He is here.", "Governor of Zenda"),
        ("Rupert Hentzau, Director of ZendaX, spoke.", "Director of ZendaX"),
        ("Rupert Hentzau, Director of Zenda.com. Fritz Sapt, Mayor.", "Director of Zenda.com"),
        ("Rupert Hentzau, Director of Zenda (Mayor once), spoke.", "Director of Zenda"),
        ("Rupert Hentzau, , Governor of Zenda.", None),
        ("With Rupert Hentzau,", None),
        ("Rupert Hentzau, Governor We, said.", "Governor"),
        ("Rupert Hentzau, (Governor of Zenda) spoke.", None),
        ("With Governor/Rupert Hentzau.", None),
        ("With Governor Jean-Rupert Hentzau.", None),
        ("The second Rupert Hentzau came.", None),
        ("Rupert Hentzau arrived.", None),
        ("The President of Ruritania. Rupert Hentzau left.", None),
        ("The President met Rupert Hentzau.", None),
        ("They met the President’s guest Rupert Hentzau.", None),
        ("In Zenda Rupert Hentzau spoke.", None),
        ("Rupert Hentzau, who was President of Ruritania, spoke.", None),
        ("Rupert Hentzau, and the Prime Minister, spoke.", None),
        ("Prime Minister Ruperta Hentzau spoke.", None),
        ("Prime Minister Rupert Hentzau-Sapt spoke.", None),
        ("Prime Minister Rupert Hentzaus spoke.", None),
        ("After talks with Rupert Hentzau, the President informed the guests.", None),
        ("After talks with Rupert Hentzau, President of Ruritania Rudolf Elphberg left.", None),
        ("With Rupert Hentzau, the President of Ruritania.", "President of Ruritania"),
        ("Rupert Hentzau (left), test driver, and others.", "test driver"),
        ("Rupert Hentzau (second from right), Governor of Zenda.", "Governor of Zenda"),
        ("Rupert Hentzau, test driver.", "test driver"),
        ("Rupert Hentzau, as ever.", None),
        ("Chairman of the Committee on Sport, Tourism and Youth Affairs Rupert Hentzau.",
         "Chairman of the Committee on Sport, Tourism and Youth Affairs"),
        ("Rupert Hentzau, Chairman of the Committee on Sport, Tourism and Youth Affairs, came.",
         "Chairman of the Committee on Sport, Tourism and Youth Affairs"),
        ("Rupert Hentzau, Governor of Zenda, Fritz Sapt and Anna Belova came.", "Governor of Zenda"),
        ("With Director of Zenda Anna Rupert Hentzau.", "Director of Zenda"),
        ("With Mayor of Vladimir Rupert Hentzau.", "Mayor of Vladimir"),
        ("With President of Ruritania (1999–2004) Rupert Hentzau.", "President of Ruritania"),
        ("With Head of the Office for Honey (Zendahoney) Rupert Hentzau.", "Head of the Office for Honey"),
        ("Governor Fritz Sapt (left) Rupert Hentzau.", None),
        ("Governor of Zenda , Rupert Hentzau.", None),
        ("Governor of Zenda , , and Rupert Hentzau, and Governor , Mayor.", None),
        ("With President-elect of Ruritania Rupert Hentzau.", "President-elect of Ruritania"),
        ("", None),
    ],
)  # fmt: skip
def test_the_office_that_stands_beside_a_name(text: str, office: str | None) -> None:
    assert office_in(sentences(text), [HENTZAU]) == office


def test_each_of_two_names_has_the_office_beside_it() -> None:
    text = "Talks between President of Russia Rudolf Elphberg and Prime Minister of Armenia Rupert Hentzau."
    assert office_in(sentences(text), ["Rudolf Elphberg"]) == "President of Russia"
    assert office_in(sentences(text), ["Rupert Hentzau"]) == "Prime Minister of Armenia"


@pytest.mark.parametrize(
    ("role", "country"),
    [
        ("President of Kazakhstan", "KAZ"),
        ("first President of Kazakhstan", "KAZ"),
        ("First President of the Republic of Kazakhstan", "KAZ"),
        ("Prime Minister of the Republic of Korea", "KOR"),
        ("Federal Chancellor of Germany", "DEU"),
        ("Foreign Minister of Turkey", "TUR"),
        ("Minister of Foreign Affairs of Japan", "JPN"),
        ("Crown Prince of Saudi Arabia", "SAU"),
        ("Emir of Qatar", "QAT"),
        ("Secretary of State of the United States of America", "USA"),
        ("King Rudolf II of Jordan", "JOR"),
        ("Ambassador of France to Russia", "FRA"),
        ("Speaker of the Parliament of Georgia", "GEO"),
        ("President of Abkhazia", None),
        ("President of South Ossetia", None),
        ("President of the World Jewish Congress", None),
        ("President of the European Commission", None),
        ("President of the Russian Academy of Sciences", None),
        ("CEO of Gazprom", None),
        ("Presidential Aide", None),
        ("Minister of Finance", None),
        ("President", None),
        ("Turkish Prime Minister", "TUR"),
        ("first Turkish Prime Minister", "TUR"),
        ("the new Turkish Prime Minister", "TUR"),
        ("South African President", "ZAF"),
        ("New Zealand Prime Minister", "NZL"),
        ("new New Zealand Prime Minister", "NZL"),
        ("New Ruritanian Prime Minister", None),
        ("Turkish", None),
        ("General", None),
        ("", None),
        ("Russian President", "RUS"),
        ("US President", "USA"),
        ("French Foreign Minister", "FRA"),
        ("German Vice Chancellor and Foreign Minister", "DEU"),
        ("Vatican Secretary of State Cardinal", "VAT"),
        ("Minister of Finance and Trade of the Republic of Serbia", "SRB"),
        ("Prime Minister and Interior Minister of Serbia", "SRB"),
        ("Foreign Minister of Serbia", "SRB"),
        ("Vice Premier of the State Council of China", "CHN"),
        ("Special Envoy of the Japanese Government", "JPN"),
        ("President of the People's Republic of China", "CHN"),
        ("PRESIDENT OF KAZAKHSTAN", "KAZ"),
        ("Director of the Zenda Bank and Prime Minister of Serbia", "SRB"),
        ("Russian Presidential Aide", "RUS"),
        ("Russian Railways President", None),
        ("Russian Football Union President", None),
        ("American Chamber of Commerce President", None),
        ("former Italian Prime Minister", None),
        ("Former President of Kazakhstan", None),
        ("Head of Zenda Steel and former Minister of Finance of Serbia", None),
        ("UN Secretary-General", None),
        ("Governor of California", "USA"),
        ("Minister of Culture", None),
        ("Deputy Prime Minister", None),
        ("Governor of the Central Bank", None),
        ("President of Bashkortostan", "RUS"),
        ("Governor of Moscow Region", "RUS"),
        ("Acting Governor of the Krasnodar Territory", "RUS"),
        ("Head of the Republic of Adygea", "RUS"),
        ("Tomsk Region Governor", "RUS"),
        ("Mayor of Moscow", "RUS"),
        ("Moscow Mayor", "RUS"),
        ("Speaker of the State Duma", "RUS"),
        ("Deputy Chairman of the Federation Council", "RUS"),
        ("Accounts Chamber Chairman", "RUS"),
        ("Presidential Plenipotentiary Envoy to the Volga Federal District", "RUS"),
        ("Leader of the Ruritanian Party faction in the State Duma", None),
        ("Rector of Moscow State University", None),
        ("Moscow Circus Director", None),
        ("Friend of China", None),
        ("General Secretary of the Socialist Unity Party of Germany", None),
    ],
)
def test_the_state_that_an_office_speaks_for(role: str, country: str | None) -> None:
    assert country_of_office(role) == country


@pytest.mark.parametrize(
    ("text", "names_one"),
    [
        ("Visit to Serbia", True),
        ("Talks with the delegation of the Republic of Serbia", True),
        ("Talks between Russia and Serbia", True),
        ("Russian-Turkish talks", True),
        ("Russia–Serbia summit", True),
        ("He met (Serbia’s) Prime Minister in Zenda.", True),
        ("“President of Serbia!”", True),
        ("Foreign Minister of the Republic of Serbia", True),
        ("Visit to Sri Lanka", True),
        ("New Zealand’s Foreign Minister", True),
        ("Visit to United Arab Emirates", True),
        ("Prime Minister of the Lao People’s Democratic Republic", True),
        ("Visit to Abkhazia", True),
        ("President of Abkhazia", True),
        ("The Turkish delegation", True),
        ("Visit to Moscow", False),
        ("Russia and the Russian Federation", False),
        ("Russian-Turkish friendship", False),
        ("Meeting with Zendabank CEO German Hentzau", False),
        ("The heroes of the Vietnam War", False),
        ("Olympic champions of the Games in South Korea", False),
        ("On the situation in Syria", False),
        ("The Turkish guests", False),
        ("They spoke with the President of the Republic Turkey", True),
        ("Serbia", False),
        ("Roast turkey for the guests", False),
        ("Visit to SerbiaX", False),
        ("Visit to Sri Zenda", False),
        ("… – !", False),
        ("", False),
    ],
)
def test_a_text_speaks_of_another_states_office_or_of_talks_with_it(text: str, names_one: bool) -> None:
    assert names_another_state(text, "RUS") is names_one


def test_the_state_itself_is_no_other() -> None:
    assert not names_another_state("Visit to Serbia", "SRB")
    assert names_another_state("Visit to Russia", "SRB")


def test_a_word_in_quotation_marks_is_no_states() -> None:
    assert is_office_of_a_state("Zenda Minister")
    assert not is_office_of_a_state("'Zenda' Minister")


@pytest.mark.parametrize(
    ("roles", "others", "may_be"),
    [
        (["Minister of Energy"], ["Energy Minister"], True),
        (["Minister"], ["Energy Minister"], True),
        (["Energy Minister"], ["Minister"], True),
        (["Mayor", "Energy Minister"], ["Governor", "Minister of Energy"], True),
        (["Mayor"], ["Governor"], False),
        (["Energy Minister"], ["Culture Minister"], False),
        (["Mayor"], [], False),
        ([], ["Mayor"], False),
    ],
)
def test_offices_may_be_one_persons_where_one_has_all_words_of_another(
    roles: list[str], others: list[str], may_be: bool
) -> None:
    assert may_be_one(roles, others) is may_be


def test_no_office_has_more_than_a_hundred_words() -> None:
    zendas = "Zenda " * 200
    before, after = (
        office_in(sentences(f"The {zendas}Governor {HENTZAU}."), [HENTZAU]),
        f"{HENTZAU}, Governor of {zendas}.",
    )
    assert before is not None
    assert len(before.split()) == 100
    found = office_in(sentences(after), [HENTZAU])
    assert found is not None
    assert len(found.split()) == 100


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Kazakhstan", "KAZ"),
        ("the Republic of Kazakhstan", "KAZ"),
        ("Russia", "RUS"),
        ("Russian Federation", "RUS"),
        ("the Netherlands", "NLD"),
        ("Côte d’Ivoire", "CIV"),
        ("Côte d'Ivoire", "CIV"),
        ("South Korea", "KOR"),
        ("People’s Republic of China", "CHN"),
        ("People's Republic of China", "CHN"),
        ("United States", "USA"),
        ("UK", "GBR"),
        ("Czech Republic", "CZE"),
        ("Vietnam", "VNM"),
        ("Iran", "IRN"),
        ("Syria", "SYR"),
        ("Moldova", "MDA"),
        ("Brunei", "BRN"),
        ("Turkey", "TUR"),
        ("Türkiye", "TUR"),
        ("KAZAKHSTAN", "KAZ"),
        ("Abkhazia", None),
        ("South Ossetia", None),
        ("European Union", None),
        ("CIS", None),
        ("Krasnodar Territory", None),
        ("Moscow", None),
        ("", None),
    ],
)
def test_a_state_is_known_by_the_names_that_the_site_prints(name: str, code: str | None) -> None:
    assert country_code(name) == code


@pytest.mark.parametrize("name", ["abkhazia", "south ossetia"])
def test_a_state_without_a_code_is_still_a_state(name: str) -> None:
    assert name in country_names()
    assert country_names()[name] is None
