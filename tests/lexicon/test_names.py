"""Labels split into a name and an office."""

import pytest

from builder.lexicon.names import KnownNames, split_label


@pytest.mark.parametrize(
    ("role", "name"),
    [
        ("President of Russia", "Rudolf Elphberg"),
        ("President of the Republic of Kazakhstan", "Jean-Rupert Hentzau"),
        ("President of the Republic of Korea", "Moon Zen-da"),
        ("President of Abkhazia", "Rudolf Elphberg"),
        ("President of Turkey", "Rudolf Fritz Elphberg"),
        ("President of the United States", "Rudolf J. Elphberg"),
        ("Presidential Aide", "Rupert Hentzau"),
        ("first President of Kazakhstan", "Rupert Hentzau"),
        ("Zendabank CEO", "Rupert Hentzau"),
        ("CEO of Zenda Steel", "Rupert Hentzau"),
        ("Governor of Zenda Region", "Rupert Hentzau"),
        ("Chairman of the Federation of Independent Trade Unions of Russia", "Rupert Hentzau"),
        ("Deputy Prime Minister and Minister of Finance", "Rupert Hentzau"),
        ("Count of Festenburg", "Rupert Hentzau"),
        ("Federal President", "Rupert Von der Elphe"),
        ("President of the European Commission", "Flavia von der Elphe"),
        ("Crown Prince of Saudi Arabia", "Rudolf bin Michael Al Elph"),
        ("President of Egypt", "Rudolf Fritz el-Elphi"),
        ("PRESIDENT OF KAZAKHSTAN", "RUPERT HENTZAU"),
        ("GOVERNOR OF CALIFORNIA", "RUPERT HENTZAU"),
    ],
)
def test_a_label_is_parted_where_its_office_ends(role: str, name: str) -> None:
    parts = split_label(f"{role} {name}")
    assert parts is not None
    assert (parts.name, parts.role) == (name, role)


@pytest.mark.parametrize(
    ("label", "name", "role"),
    [
        ("Rupert Hentzau, President of Ruritania", "Rupert Hentzau", "President of Ruritania"),
        ("Flavia Elphberg, student of music", "Flavia Elphberg", "student of music"),
        ("Rupert Hentzau", "Rupert Hentzau", None),
        ("RUPERT HENTZAU", "RUPERT HENTZAU", None),
        ("King Rudolf V of Ruritania", "King Rudolf V", "King of Ruritania"),
        ("Patriarch Michael of All Ruritania", "Patriarch Michael", "Patriarch of All Ruritania"),
    ],
)
def test_the_office_may_follow_the_name_or_be_missing_or_be_part_of_it(label: str, name: str, role: str | None) -> None:
    parts = split_label(label)
    assert parts is not None
    assert (parts.name, parts.role) == (name, role)


def test_a_name_that_the_page_gives_in_full_decides_where_the_office_ends() -> None:
    label = "Director of Black Michael Rupert Hentzau"
    assert (parts := split_label(label, KnownNames(["Michael Rupert Hentzau"])))
    assert (parts.name, parts.role) == ("Michael Rupert Hentzau", "Director of Black")


@pytest.mark.parametrize(
    "label",
    [
        "Question",
        "Audience",
        "President of Ruritania",
        "Minister of Justice",
        "Hentzau",
        "Head of the Office for Honey Oversight",
    ],
)
def test_a_label_that_names_no_person_is_not_parted(label: str) -> None:
    assert split_label(label) is None


@pytest.mark.parametrize(
    ("label", "name", "role"),
    [
        ("Virologist Anna Belova", "Anna Belova", "Virologist"),
        ("Choreographer Zulfugar Hentzau", "Zulfugar Hentzau", "Choreographer"),
        ("Neurosurgeon Fritz von Tarlenheim", "Fritz von Tarlenheim", "Neurosurgeon"),
        ("Blogger Rupert Hentzau", "Rupert Hentzau", "Blogger"),
        ("Chef Anna Belova", "Anna Belova", "Chef"),
        ("Stonemason Anna Belova", "Anna Belova", "Stonemason"),
        ("Cowherd Anna Belova", "Anna Belova", "Cowherd"),
        ("Aquanaut Anna Belova", "Anna Belova", "Aquanaut"),
        ("Coastguard Anna Belova", "Anna Belova", "Coastguard"),
        ("Political Scientist Ivan Petrov", "Ivan Petrov", "Political Scientist"),
        ("Political scientist Ivan Petrov", "Ivan Petrov", "Political scientist"),
        ("Literary critic Anna Maria Belova", "Anna Maria Belova", "Literary critic"),
        ("Literary Critic Zulfugar Hentzau", "Zulfugar Hentzau", "Literary Critic"),
        ("President-elect of Ruritania Rudolf Elphberg", "Rudolf Elphberg", "President-elect of Ruritania"),
        ("Minister-President of Zenda Rudolf Elphberg", "Rudolf Elphberg", "Minister-President of Zenda"),
        ("Prof. Ivan Petrov", "Ivan Petrov", "Prof."),
        ("Lt. Gen. Pyotr Orlov", "Pyotr Orlov", "Lt. Gen."),
        ("Director of Zenda Anna Maria Belova", "Anna Maria Belova", "Director of Zenda"),
        ("Mayor of Vladimir Andrei Hentzau", "Andrei Hentzau", "Mayor of Vladimir"),
        ("President of Zenda Rudolf", "Rudolf", "President of Zenda"),
        ("President of Serbia Hentzau", "Hentzau", "President of Serbia"),
        ("Chairman of the Committee on Sport, Tourism and Youth Affairs Rupert Hentzau", "Rupert Hentzau",
         "Chairman of the Committee on Sport, Tourism and Youth Affairs"),
        ("Alexander Rupert Hentzau", "Alexander Rupert Hentzau", None),
        ("Oliver Anna Hentzau", "Oliver Anna Hentzau", None),
        ("Reeshemah Anna Hentzau", "Reeshemah Anna Hentzau", None),
        ("Elph Michael el-Zendi", "Elph Michael el-Zendi", None),
        ("Mr Marsh", "Marsh", None),
        ("Dr. Rupert Hentzau", "Rupert Hentzau", None),
    ],
)  # fmt: skip
def test_an_occupation_that_no_list_has_is_no_part_of_the_name(label: str, name: str, role: str | None) -> None:
    parts = split_label(label)
    assert parts is not None
    assert (parts.name, parts.role) == (name, role)


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("King Rudolf V", "King Rudolf V"),
        ("Grand Duke Rudolf of Ruritania", "Grand Duke Rudolf"),
        ("Sovereign Prince of Ruritania Rudolf V", "Prince Rudolf V"),
        ("Metropolitan of Zenda and Strelsau Tikhon", "Metropolitan Tikhon"),
        ("Catholicos of All Ruritanians Rudolf II", "Catholicos Rudolf II"),
        ("His Holiness Patriarch Michael of All Ruritania", "Patriarch Michael"),
        ("King of Bahrain Rudolf bin Michael Al Elph", "Rudolf bin Michael Al Elph"),
        ("Sultan of Oman Rudolf bin Elph", "Rudolf bin Elph"),
    ],
)
def test_a_title_goes_with_the_one_name_of_who_reigns(label: str, name: str) -> None:
    parts = split_label(label)
    assert parts is not None
    assert parts.name == name


@pytest.mark.parametrize("label", ["Mother of Rupert Hentzau", "Assistant to Rupert Hentzau"])
def test_who_is_called_by_another_person_is_not_that_person(label: str) -> None:
    assert split_label(label) is None
    assert split_label(label, KnownNames(["Rupert Hentzau"])) is None
