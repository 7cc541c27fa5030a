"""The schema: what a row may hold, what each column says of itself, and what a text and a word are."""

import ast
import datetime as dt
import json
import re
import subprocess
import sys
import unicodedata
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Annotated, Any, Literal

import pyarrow as pa
import pytest
from frictionless import Schema
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import Field, StringConstraints, TypeAdapter, ValidationError

import schema
from schema.columns import Column, ColumnTypeError, arrow_schema, columns, table_schema_fields
from schema.documents import dictionary, json_schema
from schema.records import Count, Line, PassageText, Record, SegmentRecord, SpeakerId, UtteranceRecord
from schema.tables import BY_NAME, TABLES, ForeignKey, Table, _check
from schema.text import count_words, is_normal, join_paragraphs, normal_form
from schema.validate import WrongValue, WrongValuesError, validate_columns
from tests.conftest import PROJECT
from tests.support.records import row_of_examples

EVERY_TABLE = pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)


Of = tuple[Table, Column]


def name_of(of: Of) -> str:
    """A column's name with its table's: `meetings.title`."""
    return f"{of[0].name}.{of[1].name}"


COLUMNS: dict[str, Of] = {name_of((table, column)): (table, column) for table in TABLES for column in table.columns}


def wrong_columns(
    rule: Callable[[Table, Column], bool],
    *names: str,
    but: Iterable[str] = (),
    where: Callable[[Column], bool] = lambda column: True,
) -> list[str]:
    """The columns that break a rule, of all or of those named: each test of a rule holds all columns to it at once."""
    chosen = {
        name: of for name, of in COLUMNS.items() if where(of[1]) and name not in but and name in (names or COLUMNS)
    }
    assert chosen
    return [name for name, of in chosen.items() if not rule(*of)]


def agreed(table: Table, column: Column) -> bool:
    """Whether the contract names a column; it says nothing of those added later."""
    return column.name in CONTRACT[table.name].split()


def is_text(column: Column) -> bool:
    return column.type.arrow in (pa.string(), pa.list_(pa.string()))


def accepts(table: Table, column: Column, value: Any) -> bool:
    """Whether a row of otherwise good values may hold a value in a column; of a list, as its only item."""
    row = row_of_examples(table)
    row[column.name] = (value,) if column.is_list and isinstance(value, str) else value
    if table.name == "segments" and column.name == "text" and isinstance(value, str):
        row["end_char"] = row["start_char"] + len(value)
    try:
        table.model(**row)
        wrong = []
    except ValidationError as error:
        wrong = [problem["loc"][:1] for problem in error.errors()]
    assert all(place in ((), (column.name,)) for place in wrong), "another column was refused"
    return not wrong


def accepts_column(table: Table, column: Column, value: Any) -> bool:
    """The same of whole columns, which are checked by another way."""
    values = {name: [example] for name, example in row_of_examples(table).items()}
    values[column.name] = [(value,) if column.is_list and isinstance(value, str) else value]
    try:
        validate_columns(table.model, values)
    except WrongValuesError:
        return False
    return True


# ---------------------------------------------------------------------------------------------------------------------
# What the contract names


CONTRACT = {
    "meetings": "meeting_id event_id title kind date time place language lead topics geography persons countries "
    "published_in is_excerpt url url_ru utterance_count speaker_count word_count",
    "utterances": "utterance_id meeting_id sequence speaker_id label role note text word_count follows_gap start_char "
    "end_char",
    "speakers": "speaker_id name given_name family_name aliases site_person_id wikidata_id",
    "participations": "meeting_id speaker_id role role_evidence speaker_evidence country utterance_count word_count",
    "names": "speaker_id form evidence meeting_count",
    "offices": "speaker_id office first_date last_date first_meeting_id last_meeting_id meeting_count",
    "tenures": "speaker_id first_date last_date office country source",
    "mentions": "meeting_id sequence utterance_id kind text start_char end_char name speaker_id site_person_id",
    "sources": "path sha256 byte_size media_type encoding layout status reason meeting_id text_length text_sha256",
    "segments": "meeting_id sequence kind start_char end_char text utterance_id paragraph",
}
NEVER_NULL = {
    "meetings": "meeting_id title date language utterance_count speaker_count word_count",
    "utterances": "utterance_id meeting_id sequence label text word_count start_char end_char",
    "speakers": "speaker_id name aliases",
    "participations": "meeting_id speaker_id role_evidence speaker_evidence utterance_count word_count",
    "names": "speaker_id form evidence meeting_count",
    "offices": "speaker_id office first_date last_date first_meeting_id last_meeting_id meeting_count",
    "tenures": "speaker_id first_date office source",
    "mentions": "meeting_id sequence utterance_id kind text start_char end_char name",
    "sources": "path media_type status",
    "segments": "meeting_id sequence kind start_char end_char text",
}
ENUMS = {
    "meetings.kind": "meeting news_conference telephone_call ceremony address interview message document announcement",
    "participations.role_evidence": "label lead title heading caption narration none",
    "participations.speaker_evidence": "link tag full_name short_name spelling alias family_name",
    "names.evidence": "link tag full_name short_name spelling alias family_name site",
    "mentions.kind": "link insertion",
    "sources.status": "included duplicate rejected",
    "segments.kind": "furniture section title date time place lead narration caption pullquote related heading "
    "separator label speech insertion direction elision note tag status blank unassigned",
}


def test_the_tables_are_those_of_the_contract_in_its_order():
    assert [table.name for table in TABLES] == list(CONTRACT)


@EVERY_TABLE
def test_a_table_has_the_columns_of_the_contract_in_its_order(table):
    """Others may stand among them: a new column is one new field, and nothing here needs to know."""
    agreed = CONTRACT[table.name].split()
    assert [column.name for column in table.columns if column.name in agreed] == agreed


@EVERY_TABLE
def test_the_columns_of_the_contract_are_null_only_where_it_says_so(table):
    required = {column.name for column in table.columns if not column.nullable}
    assert required & {*CONTRACT[table.name].split()} == {*NEVER_NULL[table.name].split()}


def test_keys_are_those_of_the_contract():
    assert {table.name: table.primary_key for table in TABLES} == {
        "meetings": ("meeting_id",),
        "utterances": ("utterance_id",),
        "speakers": ("speaker_id",),
        "participations": ("meeting_id", "speaker_id"),
        "names": ("speaker_id", "form", "evidence"),
        "offices": ("speaker_id", "office"),
        "tenures": ("speaker_id", "first_date", "office"),
        "mentions": ("meeting_id", "sequence"),
        "sources": ("path",),
        "segments": ("meeting_id", "sequence"),
    }


def test_references_are_those_of_the_contract():
    references = {f"{table.name}.{key.column} → {key.table}" for table in TABLES for key in table.foreign_keys}
    assert references == {
        "utterances.meeting_id → meetings",
        "utterances.speaker_id → speakers",
        "participations.meeting_id → meetings",
        "participations.speaker_id → speakers",
        "names.speaker_id → speakers",
        "offices.speaker_id → speakers",
        "offices.first_meeting_id → meetings",
        "offices.last_meeting_id → meetings",
        "tenures.speaker_id → speakers",
        "mentions.meeting_id → meetings",
        "mentions.utterance_id → utterances",
        "mentions.speaker_id → speakers",
        "sources.meeting_id → meetings",
        "segments.meeting_id → meetings",
        "segments.utterance_id → utterances",
    }


@EVERY_TABLE
def test_keys_and_references_name_columns_that_exist(table):
    names = {column.name for column in table.columns}
    assert {*table.primary_key} <= names
    for key in table.foreign_keys:
        assert key.column in names
        assert BY_NAME[key.table].primary_key == (key.key,)


@EVERY_TABLE
def test_a_key_is_never_null(table):
    assert not [column.name for column in table.columns if column.name in table.primary_key and column.nullable]


def test_a_key_of_no_column_stops_the_import():
    wrong = Table("meetings", "Meetings", BY_NAME["meetings"].model, ("nothing",))
    with pytest.raises(TypeError, match=r"table meetings: .*MeetingRecord lacks: \['nothing'\]"):
        _check((wrong,))


def test_a_reference_to_no_column_stops_the_import():
    wrong = Table(
        "speakers", "Speakers", BY_NAME["speakers"].model, ("speaker_id",), (ForeignKey("x", "meetings", "meeting_id"),)
    )
    with pytest.raises(TypeError, match=r"table speakers: .*SpeakerRecord lacks: \['x'\]"):
        _check((wrong,))


def test_a_reference_to_what_is_no_key_stops_the_import():
    key = ForeignKey("name", "meetings", "title")
    wrong = Table("speakers", "Speakers", BY_NAME["speakers"].model, ("speaker_id",), (key,))
    with pytest.raises(TypeError, match="table speakers: title is not the primary key of meetings"):
        _check((wrong,))


def test_an_enum_has_the_values_of_the_contract():
    assert {name: COLUMNS[name][1].constraints["enum"] for name in ENUMS} == {
        name: values.split() for name, values in ENUMS.items()
    }


# ---------------------------------------------------------------------------------------------------------------------
# What a column says of itself


@EVERY_TABLE
def test_a_table_is_described(table):
    assert re.fullmatch(r"[A-Z][^\n]*\.", table.description)
    assert table.title == table.name.capitalize()


def test_a_column_is_described_in_a_sentence_on_one_line():
    assert wrong_columns(lambda _, column: bool(re.fullmatch(r"[A-Z].*\.", column.description))) == []
    assert wrong_columns(lambda _, column: column.description == normal_form(column.description)) == []


@EVERY_TABLE
def test_the_examples_of_a_table_make_a_valid_row(table):
    row = row_of_examples(table)
    assert None not in row.values()
    assert table.model(**row) == table.model(**row)


def field_of(annotation: Any, **settings: Any) -> type[Record]:
    """A model Probe with one field, `weight`, of a type."""
    settings = {"description": "Its weight.", "examples": [1]} | settings
    return type("Probe", (Record,), {"__annotations__": {"weight": annotation}, "weight": Field(**settings)})


@pytest.mark.parametrize(
    "annotation",
    [
        float,
        float | None,
        bytes,
        dt.datetime,
        str | int,
        str | int | None,
        list[str],
        set[str],
        dict[str, str],
        tuple[int, ...],
        tuple[str, str],
        tuple[str | None, ...],
        Literal[1, 2],
        Any,
    ],
    ids=str,
)
def test_a_type_that_no_column_holds_is_refused_by_model_and_field(annotation):
    model = field_of(annotation)
    with pytest.raises(ColumnTypeError, match=r"^Probe\.weight: "):
        columns(model)


@pytest.mark.parametrize(
    ("annotation", "found"),
    [
        (float | None, "float"),
        (dt.datetime, "datetime"),
        (list[str] | None, "list[str]"),
        (str | int | None, "str | int | None"),
        (tuple[int, ...], "tuple[int, ...]"),
        (tuple[str, str], "tuple[str, str]"),
        (Literal[1, 2], "typing.Literal[1, 2]"),
        (Literal["a", 2], "typing.Literal['a', 2]"),
    ],
    ids=str,
)
def test_the_refusal_of_a_type_says_what_was_expected_and_found(annotation, found):
    with pytest.raises(ColumnTypeError) as caught:
        columns(field_of(annotation))
    assert str(caught.value) == (
        f"Probe.weight: expected one of str, int, bool, date, time, tuple[str, ...], found {found}; "
        "use one of these, or add the type to COLUMN_TYPES in schema/columns.py"
    )


@pytest.mark.parametrize("missing", ["description", "examples"])
def test_a_field_without_description_or_example_is_refused(missing):
    with pytest.raises(ColumnTypeError) as caught:
        columns(field_of(int, **{missing: None}))
    assert str(caught.value) == (
        "Probe.weight: expected a description and an example, found none; add them to its Field(...)"
    )


@EVERY_TABLE
def test_a_table_makes_its_columns_of_its_fields_alone(table):
    assert [column.name for column in columns(table.model)] == list(table.model.model_fields)


# ---------------------------------------------------------------------------------------------------------------------
# What a row may hold


@EVERY_TABLE
def test_a_row_cannot_be_changed(table):
    row = table.model(**row_of_examples(table))
    name = table.columns[-1].name
    with pytest.raises(ValidationError, match="frozen"):
        setattr(row, name, getattr(row, name))


@EVERY_TABLE
def test_a_field_that_is_not_declared_is_refused(table):
    with pytest.raises(ValidationError, match="remark\n  Extra inputs are not permitted"):
        table.model(**row_of_examples(table), remark="x")


def missing(table: Table, column: Column) -> list[tuple[str, str]]:
    """What the model says of a row without this column."""
    row = row_of_examples(table)
    del row[column.name]
    with pytest.raises(ValidationError) as caught:
        table.model(**row)
    return [(str(problem["loc"][0]), problem["type"]) for problem in caught.value.errors()]


def test_a_missing_field_is_refused():
    assert wrong_columns(lambda table, column: missing(table, column) == [(column.name, "missing")]) == []


def test_null_is_accepted_only_where_the_column_may_be_null():
    assert wrong_columns(lambda table, column: accepts(table, column, None) == column.nullable) == []


OF_ANOTHER_TYPE = {
    pa.string(): (5, b"text", True),
    pa.int64(): ("5", 5.0, True),
    pa.bool_(): ("true", 1, 0),
    pa.date32(): ("2020-03-10", dt.datetime(2020, 3, 10, tzinfo=dt.UTC), 18331),
    pa.time32("ms"): ("18:40:00", 67200),
    pa.list_(pa.string()): (["text"], {"text"}, (5,)),
}


def refuses(table: Table, column: Column, *values: Any) -> bool:
    return not any(accepts(table, column, value) for value in values)


def test_a_value_of_another_type_is_refused_and_not_converted():
    assert wrong_columns(lambda table, column: refuses(table, column, *OF_ANOTHER_TYPE[column.type.arrow])) == []


def test_empty_text_is_refused():
    assert wrong_columns(lambda table, column: refuses(table, column, ""), where=is_text) == []


def with_carriage_returns(column: Column) -> tuple[str, ...]:
    example = column.example[0] if column.is_list else column.example
    return (f"{example}\r", f"\r{example}", f"{example}\r\n{example}", "\r")


def test_text_with_a_carriage_return_is_refused():
    assert wrong_columns(lambda *of: refuses(*of, *with_carriage_returns(of[1])), where=is_text) == []


AS_IN_THE_SOURCE = ("segments.text", "sources.path")
"""Text that is not ours to change: the source's characters, and a file's own name."""
ON_ONE_LINE = ("a b", "Kassym-Jomart", "Документ", "é", "=1+1", '"', "…", "a, b")
NOT_IN_NORMAL_FORM = {
    "two spaces": "a  b",
    "a space before": " a",
    "a space after": "a ",
    "a no-break space": "a\xa0b",
    "a tab": "a\tb",
    "a line separator": "a\u2028b",
    "a line break": "a\nb",
    "a line break after": "a\n",
    "a letter and its accent apart": "e\u0301",
    "an empty paragraph": "a\n\n\n\nb",
    "three line breaks": "a\n\n\nb",
    "a paragraph break before": "\n\na",
    "a paragraph break after": "a\n\n",
    "a paragraph of white space": "a\n\n \n\nb",
    "white space alone": " ",
}


def test_text_that_is_not_in_normal_form_is_refused():
    for name, text in NOT_IN_NORMAL_FORM.items():
        refused = wrong_columns(lambda *of, text=text: refuses(*of, text), where=is_text, but=AS_IN_THE_SOURCE)
        assert refused == [], name


PARAGRAPHS = ("meetings.lead", "utterances.text", "sources.reason")


def test_the_refusal_of_a_text_says_what_was_expected():
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(Line).validate_python("a  b")
    assert [error["msg"] for error in caught.value.errors()] == [
        "Value error, not in normal form: expected single spaces, no white space at the ends, Unicode NFC and, between "
        "paragraphs, one blank line"
    ]


def test_these_texts_may_have_paragraphs():
    assert wrong_columns(lambda *of: accepts(*of, "First.\n\nSecond."), *PARAGRAPHS) == []


def test_all_other_texts_stand_on_one_line():
    """Those of the contract: what is added may have paragraphs where its type says so."""
    added = [name for name, of in COLUMNS.items() if not agreed(*of)]
    but = (*PARAGRAPHS, "segments.text", *added)
    assert wrong_columns(lambda *of: refuses(*of, "First.\n\nSecond."), where=is_text, but=but) == []


@pytest.mark.parametrize("text", [" ", "\n", "\n\n\xa0 ", "a  b\tc ", "e\u0301", "\u2028", "* * *"])
def test_a_segment_holds_the_sources_characters_as_they_are(text):
    row = row_of_examples(BY_NAME["segments"]) | {"start_char": 7, "end_char": 7 + len(text), "text": text}
    assert SegmentRecord(**row).text == text


@pytest.mark.parametrize("text", ON_ONE_LINE)
def test_a_title_in_normal_form_is_accepted(text):
    meetings = BY_NAME["meetings"]
    assert meetings.model(**row_of_examples(meetings) | {"title": text}).title == text


def test_a_list_may_be_empty():
    assert wrong_columns(lambda *of: accepts(*of, ()), where=lambda column: column.is_list) == []


def test_an_enum_accepts_its_values_and_no_other():
    def rule(table: Table, column: Column) -> bool:
        return all(accepts(table, column, value) for value in column.constraints["enum"])

    assert wrong_columns(rule, where=lambda column: column.is_enum) == []
    assert wrong_columns(lambda *of: refuses(*of, "other"), where=lambda column: column.is_enum) == []


def is_number(column: Column) -> bool:
    return column.type.arrow == pa.int64()


def counts_from_one(table: Table, column: Column) -> bool:
    named = {"sequence", "paragraph", "end_char", "meeting_count"}
    return column.name in named or name_of((table, column)) == "participations.utterance_count"


def test_no_number_is_negative_and_a_position_counts_from_one():
    def rule(table: Table, column: Column) -> bool:
        least = column.constraints["minimum"]
        stated = int(counts_from_one(table, column)) if agreed(table, column) else max(least, 0)
        return least == stated and refuses(table, column, least - 1) and accepts(table, column, column.example)

    assert wrong_columns(rule, where=is_number, but=("segments.start_char", "segments.end_char")) == []


GOOD_AND_BAD = {
    "meetings.meeting_id": ("2020-03-10-talks 2020-03-10-a-1-b", "2020-3-10-a 2020-03-10 2020-03-10-A 2020-03-10-a-"),
    "meetings.event_id": ("1 62966", "0 062966 6a -1 ١"),
    "meetings.language": ("en ru zh-Hans-CN", "EN e english en-"),
    "meetings.countries": ("KAZ", "KZ kaz KAZA К12"),
    "meetings.url": ("http://en.kremlin.ru/x https://a", "en.kremlin.ru ftp://a http://"),
    "utterances.utterance_id": ("2020-03-10-a-0001 2020-03-10-a-10000", "2020-03-10-a-001 2020-03-10-0001x"),
    "speakers.speaker_id": ("a vladimir-putin a-1 a--b a-1--7", "-a a- a---b a--b--c A a_b"),
    "speakers.wikidata_id": ("Q7747", "q7747 Q0 Q 7747"),
    "sources.sha256": ("a" * 64, f"{'a' * 63} {'A' * 64} {'g' * 64} {'a' * 65}"),
}


def test_an_identifier_keeps_its_pattern():
    texts = [(name, *both) for name, both in GOOD_AND_BAD.items()]
    assert [(name, t) for name, good, _ in texts for t in good.split() if not accepts(*COLUMNS[name], t)] == []
    assert [(name, t) for name, _, bad in texts for t in bad.split() if accepts(*COLUMNS[name], t)] == []


OFFSETS = ("utterances.start_char", "utterances.end_char", "segments.start_char", "segments.end_char")
"""What a model says of two of its fields together is not for a single column to say."""
PROBES = (None, "", "a", "a\r", "a  b", "a\n\nb", "5", 5, 0, -1, 5.0, True, (), ("a",), ("",), (5,), ["a"], b"a")
PROBES += (dt.date(2018, 5, 4), dt.datetime(2018, 5, 4, tzinfo=dt.UTC), dt.time(12, 30))


def test_whole_columns_are_held_to_the_same_rules_as_rows():
    for value in PROBES:
        differing = wrong_columns(lambda *of, v=value: accepts_column(*of, v) == accepts(*of, v), but=OFFSETS)
        assert differing == [], value
    examples = {name: row_of_examples(table)[column.name] for name, (table, column) in COLUMNS.items()}
    assert wrong_columns(lambda *of: accepts_column(*of, examples[name_of(of)]), but=OFFSETS) == []


def test_whole_columns_of_offsets_are_counted_from_zero():
    for value, is_good in ((1, True), (-1, False), (None, False), ("1", False), (1.0, False)):
        assert wrong_columns(lambda *of, v=value, good=is_good: accepts_column(*of, v) == good, *OFFSETS) == [], value


def test_columns_in_another_order_are_refused():
    speakers = BY_NAME["speakers"]
    columns = {name: [value] for name, value in reversed(row_of_examples(speakers).items())}
    with pytest.raises(ValueError, match="SpeakerRecord: expected the columns"):
        validate_columns(speakers.model, columns)


@pytest.mark.parametrize(("start", "end"), [(5, 5), (5, 4)])
def test_an_utterance_without_length_is_refused(start, end):
    with pytest.raises(ValidationError, match=f"end_char {end} is not after start_char {start}"):
        UtteranceRecord(**row_of_examples(BY_NAME["utterances"]) | {"start_char": start, "end_char": end})


@pytest.mark.parametrize("end", [10, 12])
def test_a_segment_is_as_long_as_its_text(end):
    row = row_of_examples(BY_NAME["segments"]) | {"start_char": 0, "end_char": end, "text": "eleven char"}
    with pytest.raises(ValidationError, match=f"start_char 0 and end_char {end} do not fit a text of 11 characters"):
        SegmentRecord(**row)


def test_lengths_are_in_code_points():
    row = row_of_examples(BY_NAME["segments"]) | {"start_char": 0, "end_char": 2, "text": "𝔸e"}
    assert SegmentRecord(**row).end_char == 2


# ---------------------------------------------------------------------------------------------------------------------
# Arrow and Table Schema


@EVERY_TABLE
def test_the_arrow_schema_carries_descriptions_and_nullability(table):
    fields = {field.name: field for field in arrow_schema(table.model)}
    assert list(fields) == [column.name for column in table.columns]
    for name, declared in table.model.model_fields.items():
        assert fields[name].metadata == {b"description": declared.description.encode()}
        assert fields[name].nullable == accepts(table, next(c for c in table.columns if c.name == name), None)


@EVERY_TABLE
def test_the_arrow_types_are_real(table):
    """A date is no string, a number no float; what is not named here is text."""
    types = {"time": "time32[ms]", "is_excerpt": "bool", "follows_gap": "bool"}
    types |= dict.fromkeys(("date", "first_date", "last_date"), "date32[day]")
    types |= dict.fromkeys(("sequence", "paragraph", "start_char", "end_char", "byte_size", "text_length"), "int64")
    types |= dict.fromkeys(("utterance_count", "speaker_count", "word_count", "meeting_count"), "int64")
    types |= dict.fromkeys(
        ("topics", "geography", "persons", "countries", "published_in", "aliases"), str(pa.list_(pa.string()))
    )
    agreed = CONTRACT[table.name].split()
    found = {field.name: str(field.type) for field in arrow_schema(table.model) if field.name in agreed}
    assert found == {name: types.get(name, "string") for name in agreed}


@EVERY_TABLE
def test_the_table_schema_is_valid(table):
    """Under frictionless, which also reads every example as a value of its field."""
    descriptor = {"fields": table_schema_fields(table.model), "primaryKey": list(table.primary_key)}
    found = Schema.from_descriptor(json.loads(json.dumps(descriptor)))
    assert found.field_names == [column.name for column in table.columns]


@EVERY_TABLE
def test_the_table_schema_states_what_the_model_holds_to(table):
    for column, field in zip(table.columns, table_schema_fields(table.model), strict=True):
        constraints = field.get("constraints", {})
        assert set(field) <= {"name", "type", "arrayItem", "description", "example", "constraints"}
        assert constraints.keys() <= {"required", "enum", "pattern", "minLength", "minimum"}
        assert field["name"] == column.name
        assert field["description"] == column.description
        assert constraints.get("required", False) is not accepts(table, column, None)
        for value in constraints.get("enum", ()):
            assert accepts(table, column, value)


def test_the_example_of_a_field_is_text_as_it_stands_in_a_csv():
    """The profile of Data Package 2.0 takes no other."""

    def rule(table: Table, column: Column) -> bool:
        field = next(field for field in table_schema_fields(table.model) if field["name"] == column.name)
        text = column.example
        if not isinstance(text, str):
            text = json.dumps(text, ensure_ascii=False, separators=(",", ":"))
        return field["example"] == text

    assert wrong_columns(rule) == []


def test_table_schema_types_are_those_of_the_specification():
    types = {field["type"] for table in TABLES for field in table_schema_fields(table.model)}
    assert types == {"string", "integer", "boolean", "date", "time", "array"}


def test_a_pattern_is_written_for_a_reader_that_anchors_it():
    """Readers put ^ and $ around it, so it has neither, and no bare alternative that only one of them would bind."""

    def rule(_: Table, column: Column) -> bool:
        pattern = column.constraints["pattern"]
        has_anchors = pattern.startswith("^") or pattern.endswith("$")
        has_bare_alternative = "|" in re.sub(r"\([^()]*\)|\[[^]]*\]", "", pattern)
        return not has_anchors and not has_bare_alternative and bool(re.search(f"^{pattern}$", column.example))

    assert wrong_columns(rule, where=lambda column: "pattern" in column.constraints) == []


def test_every_text_column_states_a_pattern_that_forbids_the_carriage_return():
    def rule(_: Table, column: Column) -> bool:
        return not any(re.search(f"^{column.constraints['pattern']}$", text) for text in (f"{column.example}\r", ""))

    assert wrong_columns(rule, where=lambda column: is_text(column) and not column.is_enum and not column.is_list) == []


# ---------------------------------------------------------------------------------------------------------------------
# The documents made of the models


class Horse(Record):
    __doc__ = """One horse
    of the stable."""

    name: Line = Field(description="Key: its `name | call`.", examples=["Bay <of> Zenda | Strelsau"])
    rider_id: SpeakerId | None = Field(description="Who rides it | last.", examples=["rudolf-elphberg"])
    colours: tuple[Line, ...] = Field(description="Its colours, <as> seen.", examples=[["bay", "é"]])
    gait: Literal["walk", "trot"] = Field(description="How it goes.", examples=["trot"])
    weight: Count | None = Field(description="In pounds.", examples=[900])
    is_shod: bool = Field(description="Whether it is shod.", examples=[True])


HORSE = {
    "name": "Bay of Zenda",
    "rider_id": None,
    "colours": ("bay",),
    "gait": "walk",
    "weight": 900,
    "is_shod": True,
}
"""A row."""
HORSES = Table("horses", "Horses", Horse, ("name",), (ForeignKey("rider_id", "speakers", "speaker_id"),))
DICTIONARY = r"""## horses

One horse of the stable.

| column | type | meaning | example |
| --- | --- | --- | --- |
| `name` | string | Key: its `name \| call`. | `Bay <of> Zenda \| Strelsau` |
| `rider_id` | string, or null | Who rides it \| last. → speakers. | `rudolf-elphberg` |
| `colours` | list of strings | Its colours, &lt;as> seen. | `["bay", "é"]` |
| `gait` | string | How it goes. One of `walk`, `trot`. | `trot` |
| `weight` | integer, or null | In pounds. | `900` |
| `is_shod` | boolean | Whether it is shod. | `true` |
"""


def test_a_table_schema_states_type_and_constraints_of_each_column_and_gives_its_example_as_text():
    fields = {field.pop("name"): field for field in table_schema_fields(Horse)}
    assert [(field.pop("description"), field) for field in fields.values()] == [
        (
            "Key: its `name | call`.",
            {
                "type": "string",
                "example": "Bay <of> Zenda | Strelsau",
                "constraints": {"required": True, "minLength": 1, "pattern": r"[^\r\n]+"},
            },
        ),
        (
            "Who rides it | last.",
            {
                "type": "string",
                "example": "rudolf-elphberg",
                "constraints": {"pattern": "[a-z0-9]+(?:-[a-z0-9]+)*(?:--[a-z0-9]+(?:-[a-z0-9]+)*)?"},
            },
        ),
        (
            "Its colours, <as> seen.",
            {
                "type": "array",
                "arrayItem": {"type": "string"},
                "example": '["bay","é"]',
                "constraints": {"required": True},
            },
        ),
        (
            "How it goes.",
            {"type": "string", "example": "trot", "constraints": {"required": True, "enum": ["walk", "trot"]}},
        ),
        ("In pounds.", {"type": "integer", "example": "900", "constraints": {"minimum": 0}}),
        ("Whether it is shod.", {"type": "boolean", "example": "true", "constraints": {"required": True}}),
    ]
    assert list(fields) == [*Horse.model_fields]


def test_a_column_without_a_constraint_states_none():
    (field,) = table_schema_fields(field_of(str | None))
    assert field == {"name": "weight", "type": "string", "description": "Its weight.", "example": "1"}


def test_constraints_of_a_type_and_of_its_field_are_both_stated():
    name = Annotated[Annotated[str, StringConstraints(min_length=2)], StringConstraints(pattern="^[A-Z]+$")]
    for annotation in (name, name | None):
        (column,) = columns(field_of(annotation))
        assert column.constraints == {"minLength": 2, "pattern": "[A-Z]+"}
    assert columns(field_of(int, ge=0))[0].constraints == {"minimum": 0}
    assert columns(field_of(Annotated[int, Field(ge=5)]))[0].constraints == {"minimum": 5}
    assert columns(field_of(Annotated[str, StringConstraints(min_length=0)]))[0].constraints == {}


def test_wrong_values_are_named_by_column_and_row():
    horses = {name: [value] * 4 for name, value in HORSE.items()}
    with pytest.raises(WrongValuesError) as caught:
        validate_columns(Horse, horses | {"gait": ["walk", "trot", "walk", "leap"], "weight": [0, -1, None, "5"]})
    assert caught.value.wrong == (
        WrongValue("gait", 3, "Input should be 'walk' or 'trot'", "leap"),
        WrongValue("weight", 1, "Input should be greater than or equal to 0", -1),
        WrongValue("weight", 3, "Input should be a valid integer", "5"),
    )
    assert str(caught.value) == (
        "Horse: gait, row 3: Input should be 'walk' or 'trot', found 'leap'; "
        "weight, row 1: Input should be greater than or equal to 0, found -1; "
        "weight, row 3: Input should be a valid integer, found '5'"
    )


def test_of_many_wrong_values_ten_are_shown():
    with pytest.raises(WrongValuesError) as caught:
        validate_columns(Horse, {name: [value] * 12 for name, value in HORSE.items()} | {"weight": [-1] * 12})
    assert [wrong.row for wrong in caught.value.wrong] == [*range(12)]
    assert re.findall("row ([0-9]+): ", str(caught.value)) == [str(row) for row in range(10)]


@pytest.mark.parametrize("names", [[], ["name"], [*HORSE, "colour"], [*reversed(HORSE)]])
def test_columns_that_are_not_the_model_s_are_refused_by_name(names):
    expected = ["name", "rider_id", "colours", "gait", "weight", "is_shod"]
    with pytest.raises(ValueError) as caught:  # noqa: PT011
        validate_columns(Horse, {name: [] for name in names})
    assert str(caught.value) == f"Horse: expected the columns {expected}, found {names}"


def test_columns_without_a_row_are_right():
    assert validate_columns(Horse, {name: [] for name in HORSE}) is None


def test_the_data_dictionary_is_a_table_of_the_columns():
    assert dictionary(HORSES) == DICTIONARY


def test_a_json_schema_describes_a_row_as_the_table_does():
    document = json_schema(HORSES)
    assert document["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert document["description"] == "One horse of the stable."
    assert document["required"] == list(document["properties"]) == [*Horse.model_fields]


def test_a_table_without_description_has_an_empty_one():
    class Cart(Record): ...

    Cart.__doc__ = None
    assert Table("carts", "Carts", Cart, ()).description == ""


# ---------------------------------------------------------------------------------------------------------------------
# The package `schema`


SCHEMA_FILES = sorted((PROJECT / "schema").glob("**/*.py"))


def test_the_package_imported_is_this_repositorys():
    """PyPI has a popular package of the same name."""
    assert Path(schema.__file__).resolve() == PROJECT / "schema" / "__init__.py"


@pytest.mark.parametrize("path", SCHEMA_FILES, ids=lambda path: path.name)
def test_the_schema_imports_nothing_of_the_builder(path):
    imported = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            imported |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}:{node.lineno}: a relative import"
            imported.add((node.module or "").partition(".")[0])
    ours = {"schema", "pydantic", "annotated_types", "pyarrow", "anyascii"}
    assert imported <= ours | sys.stdlib_module_names - {"importlib", "runpy"}


@pytest.mark.slow
def test_importing_the_schema_loads_no_module_of_the_builder():
    code = "import sys, schema.tables; sys.exit(any(m.partition('.')[0] == 'builder' for m in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], cwd=PROJECT, check=False).returncode == 0


def test_there_is_something_to_scan():
    assert {path.name for path in SCHEMA_FILES} >= {"columns.py", "records.py", "tables.py", "text.py"}


# ---------------------------------------------------------------------------------------------------------------------
# Text and words


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Kassym-Jomart Tokayev", 2),
        ("Russia’s closest neighbour", 3),
        ("Russia's", 1),
        ("Russia-Kazakhstan", 1),
        ("US$24.5 billion", 4),
        ("30th anniversary", 2),
        ("yelbasy [national leader]", 3),
        ("Of course – now", 3),
        ("rock ’n’ roll", 3),
        ("the citizens’ welfare", 3),
        ("‘quoted’", 1),
        ("before--after", 2),
        ("first\n\nsecond", 2),
        ("Документ", 1),
        ("Qasym-Jomart Kemeluly Toqaev", 3),
        ("– … —", 0),
        ("", 0),
    ],
)
def test_words_are_counted(text, count):
    assert count_words(text) == count


@pytest.mark.parametrize(
    ("raw", "normal"),
    [
        ("a", "a"),
        ("  a \n b\xa0c\t", "a b c"),
        ("a\r\nb\rc", "a b c"),
        ("a\n\nb", "a b"),
        ("a\u2028b\u2029c\u3000d", "a b c d"),
        ("e\u0301", "é"),
        ("\u212b", "Å"),
        ("ﬁ ½ …", "ﬁ ½ …"),
        ("a\u200bb\ufeff", "a\u200bb\ufeff"),
        ("X a X", "X a X"),
        ("é  ", "é"),
        (" e\u0301 ", "é"),
        (" \xa0\n", ""),
        (" ", ""),
        ("", ""),
    ],
)
def test_normal_form_is_single_spaces_and_nfc_and_nothing_else(raw, normal):
    assert normal_form(raw) == normal


@pytest.mark.parametrize("text", ["", *NOT_IN_NORMAL_FORM.values()])
def test_a_text_is_not_normal_where_a_paragraph_is_empty_or_not_in_normal_form(text):
    assert is_normal(text) is False
    assert is_normal(f"{text}\n\né") is False
    assert is_normal(f"é\n\n{text}") is False


@pytest.mark.parametrize(
    ("paragraphs", "text"),
    [
        ([], ""),
        (["", " \n"], ""),
        (["a"], "a"),
        ([" a\n", "\xa0", "b  c"], "a\n\nb c"),
        (["a\n\nb", "c"], "a b\n\nc"),
    ],
)
def test_paragraphs_are_joined_by_one_blank_line(paragraphs, text):
    assert join_paragraphs(paragraphs) == text


@pytest.mark.parametrize("text", ["a", "a b", "a\n\nb", "é", "a b\n\nc d\n\ne"])
def test_a_text_in_normal_form_is_known_as_such(text):
    assert is_normal(text) is True


@pytest.mark.parametrize("text", ["", *NOT_IN_NORMAL_FORM.values()], ids=["empty", *NOT_IN_NORMAL_FORM])
def test_a_text_that_is_not_in_normal_form_is_known_as_such(text):
    assert is_normal(text) is False


UNHURRIED = settings(deadline=None)
A_LINE, A_PASSAGE = TypeAdapter(Line), TypeAdapter(PassageText)
ANY_TEXT = st.text(
    st.one_of(st.characters(codec="utf-8"), st.sampled_from(" \t\n\r\xa0\u2003\u2028\u0301\u0327\x85-’'ae\u1100\u1161"))
)


@UNHURRIED
@given(ANY_TEXT)
def test_normal_form_of_normal_form_is_itself(text):
    assert normal_form(normal_form(text)) == normal_form(text)


@UNHURRIED
@given(ANY_TEXT)
def test_normal_form_is_normal_or_empty(text):
    assert is_normal(normal_form(text)) == bool(text.split())


@UNHURRIED
@given(ANY_TEXT)
def test_normal_form_loses_nothing_but_white_space(text):
    assert normal_form(text).split(" ") == [unicodedata.normalize("NFC", word) for word in text.split() or [""]]


@UNHURRIED
@given(st.lists(ANY_TEXT))
def test_joined_paragraphs_are_normal_or_empty(paragraphs):
    text = join_paragraphs(paragraphs)
    assert is_normal(text) == any(paragraph.split() for paragraph in paragraphs)
    assert not text or A_PASSAGE.validate_python(text) == text


@UNHURRIED
@given(st.lists(ANY_TEXT))
def test_joined_paragraphs_come_apart_again(paragraphs):
    parts = [normal_form(paragraph) for paragraph in paragraphs if paragraph.split()]
    assert join_paragraphs(paragraphs) == "\n\n".join(parts)
    assert join_paragraphs(parts) == join_paragraphs(paragraphs)


@UNHURRIED
@given(ANY_TEXT)
def test_a_line_is_accepted_just_if_it_is_its_own_normal_form(text):
    try:
        A_LINE.validate_python(text)
    except ValidationError:
        assert text != normal_form(text) or not text
    else:
        assert text == normal_form(text) != ""


@UNHURRIED
@given(ANY_TEXT, ANY_TEXT)
def test_words_of_two_texts_parted_by_white_space_add_up(one, other):
    assert count_words(f"{one}\n\n{other}") == count_words(one) + count_words(other)
    assert count_words(f"{one} {other}") == count_words(one) + count_words(other)
