"""The tables, one model each. Every field is described here and nowhere else.

Null means unknown or not printed. A list is null where the page's layout prints no such list, and empty where it
prints none. Text is never empty and never holds a carriage return, so that CSV loses nothing.
"""

import datetime as dt
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from schema.text import is_normal
from schema.vocabularies import (
    MeetingKind,
    MentionKind,
    NameEvidence,
    RoleEvidence,
    SegmentKind,
    SourceStatus,
    SpeakerEvidence,
)

# ---------------------------------------------------------------------------------------------------------------------
# Values


def _in_normal_form(text: str) -> str:
    if not is_normal(text):
        raise ValueError(
            "not in normal form: expected single spaces, no white space at the ends, Unicode NFC and, between "
            "paragraphs, one blank line"
        )
    return text


RawText = Annotated[str, StringConstraints(min_length=1, pattern=r"^[^\r]+$")]
PassageText = Annotated[RawText, AfterValidator(_in_normal_form)]
Line = Annotated[str, StringConstraints(min_length=1, pattern=r"^[^\r\n]+$"), AfterValidator(_in_normal_form)]

FilePath = Annotated[str, StringConstraints(min_length=1, pattern=r"^[^\r\n]+$")]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
Url = Annotated[str, StringConstraints(pattern=r"^https?://[^\s]+$")]
EventId = Annotated[str, StringConstraints(pattern=r"^[1-9][0-9]{0,9}$")]
SiteId = Annotated[str, StringConstraints(pattern=r"^[1-9][0-9]*$")]
WikidataId = Annotated[str, StringConstraints(pattern=r"^Q[1-9][0-9]*$")]
MeetingId = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}(?:-[a-z0-9]+)+(?:--[a-z0-9]+)?$")]
UtteranceId = Annotated[
    str, StringConstraints(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}(?:-[a-z0-9]+)+(?:--[a-z0-9]+)?-[0-9]{4,}$")
]
SpeakerId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*(?:--[a-z0-9]+(?:-[a-z0-9]+)*)?$")]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$")]

Count = Annotated[int, Field(ge=0)]
Position = Annotated[int, Field(ge=1)]

# ---------------------------------------------------------------------------------------------------------------------
# Records


class Record(BaseModel):
    """One row: strict types, never changed once made, no field beside those declared.

    What a row of a table is, its model says as `__doc__`, written out: that is part of the data, and Python drops
    docstrings when it is told to optimise.
    """

    model_config = ConfigDict(
        strict=True,
        frozen=True,
        extra="forbid",
        defer_build=True,  # each model's checks when it is first used: most processes use few
        model_title_generator=lambda model: model.__name__.removesuffix("Record"),
    )


class MeetingRecord(Record):
    __doc__ = (
        """One accepted source: talks, a conversation, a news conference, a ceremony, a news item without speech."""
    )

    meeting_id: MeetingId = Field(
        description="Key: the event's date and a slug of its title; events of one date and title add the site's number.",
        examples=["2020-03-10-meeting-with-nursultan-nazarbayev"],
    )
    event_id: EventId | None = Field(
        description="The site's own number of the event, the last part of its address; an identifier, so a string.",
        examples=["62966"],
    )
    title: Line = Field(
        description="The page's title.",
        examples=["Meeting with Nursultan Nazarbayev"],
    )
    kind: MeetingKind | None = Field(
        description="What sort of event it is, by named rules over title and published_in; null where no rule applies.",
        examples=["meeting"],
    )
    date: dt.date = Field(
        description="The day of the event, as the page heads it.",
        examples=["2021-06-30"],
    )
    time: dt.time | None = Field(
        description="The time of day as printed, by all signs Moscow's; null where the page prints none, and where it prints "
        "00:00 before 2007, as the site then did for every event whose time it did not know.",
        examples=["18:40:00"],
    )
    place: Line | None = Field(
        description="The place as printed.",
        examples=["The Kremlin, Moscow"],
    )
    language: Language = Field(
        description="The language of the text, a BCP 47 tag.",
        examples=["en"],
    )
    lead: PassageText | None = Field(
        description="The summary that stands under the title; null where the layout does not mark one.",
        examples=["Vladimir Putin met with President of the Republic of Kazakhstan Kassym-Jomart Tokayev in Sochi."],
    )
    topics: tuple[Line, ...] | None = Field(
        description="The page's own topic tags.",
        examples=[["Foreign policy"]],
    )
    geography: tuple[Line, ...] | None = Field(
        description="The page's own tags of countries and regions: what it is about, not where it took place.",
        examples=[["Kazakhstan"]],
    )
    persons: tuple[Line, ...] | None = Field(
        description="The page's own tags of persons, surname first: whom it mentions, not who spoke.",
        examples=[["Nazarbayev Nursultan"]],
    )
    countries: tuple[Country, ...] | None = Field(
        description="The states among geography, as ISO 3166-1 alpha-3 codes.",
        examples=[["KAZ"]],
    )
    published_in: tuple[Line, ...] | None = Field(
        description="The sections of the site that carry the page.",
        examples=[["News", "Transcripts"]],
    )
    is_excerpt: bool | None = Field(
        description="Whether the page says that it shows a part only (<…>, To be continued, a title or heading "
        "beginning with Beginning of or Excerpts from); null where its layout cannot show a cut and nothing else says so.",
        examples=[True],
    )
    url: Url | None = Field(
        description="The page's address.",
        examples=["http://en.kremlin.ru/events/president/news/62966"],
    )
    url_ru: Url | None = Field(
        description="The address of the Russian original.",
        examples=["http://kremlin.ru/events/president/news/62966"],
    )
    utterance_count: Count = Field(
        description="How many rows of utterances belong to this meeting.",
        examples=[5],
    )
    speaker_count: Count = Field(
        description="How many named persons speak.",
        examples=[2],
    )
    word_count: Count = Field(
        description="Words spoken: the sum of the utterances' word_count.",
        examples=[442],
    )


class UtteranceRecord(Record):
    __doc__ = "One speaker turn: from a printed speaker label to the next label, heading, separator or the end."

    utterance_id: UtteranceId = Field(
        description="Key: the meeting's id and the sequence number, padded with zeros to four digits.",
        examples=["2020-03-10-meeting-with-nursultan-nazarbayev-0002"],
    )
    meeting_id: MeetingId = Field(
        description="The meeting in which it was said.",
        examples=["2020-03-10-meeting-with-nursultan-nazarbayev"],
    )
    sequence: Position = Field(
        description="The turn's place in the meeting: 1, 2, 3 and so on.",
        examples=[2],
    )
    speaker_id: SpeakerId | None = Field(
        description="Who speaks; null for a voice that the page does not name (Question, Remark, Audience).",
        examples=["nursultan-nazarbayev"],
    )
    label: Line = Field(
        description="The speaker label as printed, without its colon and note.",
        examples=["Nursultan Nazarbayev"],
    )
    role: Line | None = Field(
        description="The office that this page gives the speaker, on every turn of theirs, as in participations.",
        examples=["first President of Kazakhstan"],
    )
    note: Line | None = Field(
        description="What stands in parentheses between name and colon, without the parentheses.",
        examples=["retranslated"],
    )
    text: PassageText = Field(
        description="What was said, in normal form: its speech and the editors' [insertions], paragraphs separated by "
        "a blank line; stage directions, elisions and captions are not in it.",
        examples=["Yes, it did."],
    )
    word_count: Count = Field(
        description="Words in text, matches of \\w+(?:[’'-]\\w+)*; insertions count.",
        examples=[3],
    )
    follows_gap: bool | None = Field(
        description="Whether an elision, a separator or a heading stands between the turn before and this one, so that it "
        "need not answer that one; for the first turn, between the page's beginning and it, so that other words may have gone "
        "before. Null where none stands there and the layout cannot show every cut.",
        examples=[False],
    )
    start_char: Count = Field(
        description="Where its speech begins in the source's text: an offset in Unicode code points from 0. What lies "
        "between start_char and end_char may hold directions and captions too.",
        examples=[1110],
    )
    end_char: Position = Field(
        description="Where its speech ends in the source's text: the offset after its last character.",
        examples=[1122],
    )

    @model_validator(mode="after")
    def _passage_has_length(self) -> "UtteranceRecord":
        if self.end_char <= self.start_char:
            raise ValueError(f"end_char {self.end_char} is not after start_char {self.start_char}")
        return self


class SpeakerRecord(Record):
    __doc__ = "One named person who speaks in at least one meeting."

    speaker_id: SpeakerId = Field(
        description="Key: a slug of the name; namesakes add the site's number of the person, and a family name that stands "
        "for no full name of its page adds the meeting's id.",
        examples=["kassym-jomart-tokayev"],
    )
    name: Line = Field(
        description="The name in full, in the order of speech: as the project's reference has it, else as the site lists "
        "the person whom its links and tags number, else as the pages print it.",
        examples=["Kassym-Jomart Tokayev"],
    )
    given_name: Line | None = Field(
        description="The given name, where the site's list of persons or the project's reference say which part it is.",
        examples=["Kassym-Jomart"],
    )
    family_name: Line | None = Field(
        description="The family name, where the site's list of persons or the project's reference say which part it is.",
        examples=["Tokayev"],
    )
    aliases: tuple[Line, ...] = Field(
        description="Every form of the name that the pages print, in labels and person tags, in alphabetical order; names "
        "says of each how it was resolved.",
        examples=[["Kassym-Jomart Tokayev", "Tokayev Kassym-Jomart"]],
    )
    site_person_id: SiteId | None = Field(
        description="The site's own number of the person, as in /catalog/persons/593; an identifier, so a string.",
        examples=["593"],
    )
    wikidata_id: WikidataId | None = Field(
        description="The person's Wikidata item, where it can be shown.",
        examples=["Q7747"],
    )


class ParticipationRecord(Record):
    __doc__ = "One named speaker of one meeting: in what office, for which state, how much."

    meeting_id: MeetingId = Field(
        description="Key, with speaker_id: the meeting.",
        examples=["2017-12-27-meeting-with-president-of-kazakhstan-nursultan-nazarbayev"],
    )
    speaker_id: SpeakerId = Field(
        description="Key, with meeting_id: the speaker.",
        examples=["nursultan-nazarbayev"],
    )
    role: Line | None = Field(
        description="The office as this page prints it for this person; the first printed wins. Where an office stands round a "
        "name, as in King Rudolf V of Ruritania, it is what stands round it: King of Ruritania.",
        examples=["President of Kazakhstan"],
    )
    role_evidence: RoleEvidence = Field(
        description="Where the page prints that office, in order of precedence: label, lead, title, heading, caption, "
        "narration; none where it prints no office.",
        examples=["label"],
    )
    speaker_evidence: SpeakerEvidence = Field(
        description="How the name was resolved to the person, the best of its labels: by a link of the page (link), by a "
        "person tag with the site's number (tag), by the full name (full_name), by a part of it that only one person of "
        "the page fits (short_name), by another spelling or a slip that only one person of the page fits, or that only the "
        "name in the page's title corrects (spelling), by "
        "an alias of the project's reference (alias); family_name: by a family name alone, which no full name of the page "
        "fits, or several, and which is known on this page only.",
        examples=["full_name"],
    )
    country: Country | None = Field(
        description="The state for which the speaker's office speaks, ISO 3166-1 alpha-3: from the printed office, else "
        "from the project's reference, else from the same office printed with more words beside the name; an office of a state "
        "that names none is Russia's, whose President's site this is, where title, lead, headings, narration and labels speak of "
        "no other state's office and of no talks with one. Where the page leaves it open: the country that the same office has "
        "on other pages; and where the page gives a person whom the site numbers no office, the one country of the offices "
        "before and after, each at most a year away. Null for organisations and private persons.",
        examples=["KAZ"],
    )
    utterance_count: Position = Field(
        description="How many turns the speaker has in the meeting.",
        examples=[2],
    )
    word_count: Count = Field(
        description="Words spoken in those turns.",
        examples=[582],
    )


class NameRecord(Record):
    __doc__ = "One form in which the pages print a speaker's name, by how it was resolved to them."

    speaker_id: SpeakerId = Field(
        description="Key, with form and evidence: the speaker.",
        examples=["nursultan-nazarbayev"],
    )
    form: Line = Field(
        description="The name as printed, without office.",
        examples=["Nursultan Nazarbayev"],
    )
    evidence: NameEvidence = Field(
        description="How the form was resolved to the speaker, as in participations.speaker_evidence; site: it is the "
        "page's person tag, family name first.",
        examples=["full_name"],
    )
    meeting_count: Position = Field(
        description="In how many meetings it stands, so resolved.",
        examples=[2],
    )


class OfficeRecord(Record):
    __doc__ = "One office of a speaker over time: the first and the last meeting whose page prints it."

    speaker_id: SpeakerId = Field(
        description="Key, with office: the speaker.",
        examples=["nursultan-nazarbayev"],
    )
    office: Line = Field(
        description="Key, with speaker_id: the office as the first such meeting prints it, a value of participations.role; "
        "capitals make no other office.",
        examples=["first President of Kazakhstan"],
    )
    first_date: dt.date = Field(
        description="The day of the first meeting whose page prints it for this speaker; nothing is said of the days before.",
        examples=["2020-03-10"],
    )
    last_date: dt.date = Field(
        description="The day of the last such meeting; nothing is said of the days after.",
        examples=["2020-03-10"],
    )
    first_meeting_id: MeetingId = Field(
        description="The first such meeting.",
        examples=["2020-03-10-meeting-with-nursultan-nazarbayev"],
    )
    last_meeting_id: MeetingId = Field(
        description="The last such meeting.",
        examples=["2020-03-10-meeting-with-nursultan-nazarbayev"],
    )
    meeting_count: Position = Field(
        description="How many such meetings there are.",
        examples=[1],
    )


class TenureRecord(Record):
    __doc__ = "One office that a speaker held, by the project's reference; what pages print is in offices."

    speaker_id: SpeakerId = Field(
        description="Key, with first_date and office: the speaker.",
        examples=["vladimir-putin"],
    )
    first_date: dt.date = Field(
        description="Key, with speaker_id and office: the first day in office.",
        examples=["2000-05-07"],
    )
    last_date: dt.date | None = Field(
        description="The last day in office; null where the reference knows of no end.",
        examples=["2008-05-07"],
    )
    office: Line = Field(
        description="Key, with speaker_id and first_date: the office, in the site's words, without first or former.",
        examples=["President of Russia"],
    )
    country: Country | None = Field(
        description="The state that the office speaks for, ISO 3166-1 alpha-3; null for an organisation.",
        examples=["RUS"],
    )
    source: Line = Field(
        description="Where the reference has it from: addresses, separated by semicolons.",
        examples=[
            "http://uk.reuters.com/article/uk-russia-president-putin-idUKBRE8420PE20120503; http://en.putin.kremlin.ru/bio"
        ],
    )


class MentionRecord(Record):
    __doc__ = (
        "One person of whom an utterance speaks, where the page itself says so: by a link, or by a name in brackets."
    )

    meeting_id: MeetingId = Field(
        description="Key, with sequence: the meeting.",
        examples=["2020-03-10-meeting-with-nursultan-nazarbayev"],
    )
    sequence: Position = Field(
        description="Key, with meeting_id: the mention's place among those of the meeting, 1, 2, 3 and so on.",
        examples=[1],
    )
    utterance_id: UtteranceId = Field(
        description="The turn that it stands in; its speaker is who mentions.",
        examples=["2020-03-10-meeting-with-nursultan-nazarbayev-0002"],
    )
    kind: MentionKind = Field(
        description="What shows that a person is meant: a link to the person (link), or the editors' brackets (insertion).",
        examples=["insertion"],
    )
    text: Line = Field(
        description="The words as printed, in normal form, without the brackets.",
        examples=["Kassym-Jomart Tokayev"],
    )
    start_char: Count = Field(
        description="Where they begin in the source's text: an offset in Unicode code points from 0.",
        examples=[1110],
    )
    end_char: Position = Field(
        description="Where they end: the offset after their last character.",
        examples=[1131],
    )
    name: Line = Field(
        description="The person's name: as the site lists the person linked, else as printed, without office, completed "
        "by the words beside the brackets; a family name alone where the page gives no more.",
        examples=["Kassym-Jomart Tokayev"],
    )
    speaker_id: SpeakerId | None = Field(
        description="Who is meant, where they speak anywhere in the package; null where they do not, or where several may "
        "be meant.",
        examples=["kassym-jomart-tokayev"],
    )
    site_person_id: SiteId | None = Field(
        description="The site's own number of the person; null where no link or tag of the page gives it.",
        examples=["593"],
    )


class SourceRecord(Record):
    __doc__ = (
        """One input file, accepted or not: the page ledger. Exactly one included source stands behind each meeting."""
    )

    path: FilePath = Field(
        description="Key: the file's path below the deepest folder common to all inputs, with / between its parts. A page in a "
        "file of many adds its own name: pages.zip/60217.html, speeches.csv#12.",
        examples=["001_94d1d4e3d959143d.txt"],
    )
    sha256: Sha256 | None = Field(
        description="SHA-256 of the file's bytes, in a file of many pages of the page's own bytes or cell; null where they could "
        "not be read.",
        examples=["b8fc3faa2ec9480c0ec32a1b6d5b9fb5bf9ca518b77aae5f15f44de383ddb4cf"],
    )
    byte_size: Count | None = Field(
        description="Size in bytes of what the hash is of; null where it could not be read.",
        examples=[3121],
    )
    media_type: Line = Field(
        description="The file's media type.",
        examples=["text/plain"],
    )
    encoding: Line | None = Field(
        description="The file's character encoding, as the WHATWG Encoding Standard names it, or utf-8-sig for UTF-8 with a "
        "byte order mark; null where it could not be decoded.",
        examples=["utf-8"],
    )
    layout: Line | None = Field(
        description="The page layout that the text was recognised as; null where none was.",
        examples=["accessible_text"],
    )
    status: SourceStatus = Field(
        description="Whether the file became a meeting (included), shows the event of another file (duplicate), or "
        "could not be read as a transcript (rejected).",
        examples=["included"],
    )
    reason: PassageText | None = Field(
        description="Why the file is a duplicate, and from where on its words differ from the included file's, or why it "
        "was rejected; null where it is included.",
        examples=["shows the same event as 001_94d1d4e3d959143d.txt: the same speech"],
    )
    given: tuple[Line, ...] | None = Field(
        description="Columns of `meetings` whose value stands beside the page and not in it: in the other columns of its row, or "
        "in the table `metadata.csv` of its folder; null where there is none.",
        examples=[["date", "title"]],
    )
    meeting_id: MeetingId | None = Field(
        description="The meeting that it became or duplicates; null where it was rejected.",
        examples=["2020-03-10-meeting-with-nursultan-nazarbayev"],
    )
    text_length: Count | None = Field(
        description="Length of its text in Unicode code points; null where it could not be decoded.",
        examples=[2997],
    )
    text_sha256: Sha256 | None = Field(
        description="SHA-256 of its text in UTF-8, byte order mark dropped and line ends as line feeds: what the "
        "segments of an included source, joined, hash to.",
        examples=["b8fc3faa2ec9480c0ec32a1b6d5b9fb5bf9ca518b77aae5f15f44de383ddb4cf"],
    )


class SegmentRecord(Record):
    __doc__ = (
        """One run of characters of a source's text that plays one role. A source's segments, joined, are its text."""
    )

    meeting_id: MeetingId = Field(
        description="Key, with sequence: the meeting whose included source it is part of.",
        examples=["2020-03-10-meeting-with-nursultan-nazarbayev"],
    )
    sequence: Position = Field(
        description="Key, with meeting_id: its place in the text, 1, 2, 3 and so on.",
        examples=[33],
    )
    kind: SegmentKind = Field(
        description="The role that it plays. blank is white space alone; narration is body text that nobody speaks; "
        "unassigned is what no rule claimed.",
        examples=["speech"],
    )
    start_char: Count = Field(
        description="Where it begins in the source's text: an offset in Unicode code points from 0.",
        examples=[1110],
    )
    end_char: Position = Field(
        description="Where it ends: the offset after its last character, where the next segment begins.",
        examples=[1122],
    )
    text: RawText = Field(
        description="Exactly the source's characters, white space and no-break spaces as they are.",
        examples=["Yes, it did."],
    )
    utterance_id: UtteranceId | None = Field(
        description="The turn that it belongs to; null outside turns, and for captions and boxes inside one.",
        examples=["2020-03-10-meeting-with-nursultan-nazarbayev-0002"],
    )
    paragraph: Position | None = Field(
        description="The paragraph of the turn that it belongs to, 1, 2, 3 and so on; on speech and insertions only.",
        examples=[1],
    )

    @model_validator(mode="after")
    def _length_is_that_of_the_text(self) -> "SegmentRecord":
        if self.end_char - self.start_char != len(self.text):
            raise ValueError(
                f"start_char {self.start_char} and end_char {self.end_char} do not fit a text of {len(self.text)} characters"
            )
        return self
