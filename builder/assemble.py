"""From pages to the rows of the six tables: which page stands for which event, their ids, and what they count."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from builder.countries import country_code
from builder.document import Reading, Source
from builder.errors import Problem
from builder.ids import meeting_id, utterance_id
from builder.kinds import kind_of
from builder.layouts import RANK
from builder.people import Cast, PageSpeaker
from builder.sources import MEDIA_TYPE, RawFile, sha256_of_text
from schema import records
from schema.text import count_words, normal_form

_EVENT_ID = re.compile(r"/(?:events|catalog|transcripts|d|acts|supplement)(?:/[a-z-]+)*/([1-9][0-9]*)(?:[/?#].*)?$")
_EXCERPT = re.compile(r"Beginning of\b|Excerpts? from\b")


@dataclass(frozen=True, slots=True)
class Page:
    """One source that could be read, to the last stage that needs no other page."""

    source: Source
    reading: Reading
    cast: Cast
    text_sha256: str

    @property
    def url(self) -> str | None:
        return self.reading.document.facts.url or self.source.url

    @property
    def event_id(self) -> str | None:
        if printed := self.reading.document.facts.event_id:
            return printed
        match = _EVENT_ID.search(self.url or "")
        return match[1] if match else None


@dataclass(frozen=True, slots=True)
class Rejected:
    """One input that could not be read as a transcript, with what is known of it."""

    path: str
    problems: tuple[Problem, ...]
    raw: RawFile | None = None
    """Null where its bytes could not be read."""
    source: Source | None = None
    """Null where they are no text."""
    layout: str | None = None
    """Null where none was recognised."""


@dataclass(frozen=True, slots=True)
class Dataset:
    """The rows of the six tables, each in the order of its key."""

    meetings: tuple[records.Meeting, ...]
    utterances: tuple[records.Utterance, ...]
    speakers: tuple[records.Speaker, ...]
    participations: tuple[records.Participation, ...]
    sources: tuple[records.Source, ...]
    segments: tuple[records.Segment, ...]
    notices: tuple[str, ...]
    """What is no error but should be known: duplicates, events of one date and title."""


def assemble(pages: Iterable[Page], rejected: Iterable[Rejected]) -> Dataset:
    """Makes the rows of all tables from the pages that were read and those that were not."""
    included, duplicate_of, notices = _events(sorted(pages, key=_preference))
    ids, same_name = _meeting_ids(included)
    included.sort(key=lambda page: ids[page.source.path])
    meetings, utterances, participations, segments = [], [], [], []
    for page in included:
        meeting = ids[page.source.path]
        spoken = _utterances(page, meeting)
        utterances += spoken
        participations += _participations(page, meeting, spoken)
        segments += _segments(page, meeting)
        meetings.append(_meeting(page, meeting, spoken))
    sources = [_source(page, "included", None, ids[page.source.path]) for page in included]
    sources += [
        _source(page, "duplicate", reason, ids[original.source.path]) for page, original, reason in duplicate_of
    ]
    sources += [_rejected(item) for item in rejected]
    return Dataset(
        meetings=tuple(meetings),
        utterances=tuple(sorted(utterances, key=lambda row: row.utterance_id)),
        speakers=tuple(_speakers(included)),
        participations=tuple(participations),
        sources=tuple(sorted(sources, key=lambda row: row.path)),
        segments=tuple(segments),
        notices=tuple(notices + same_name),
    )


# ---------------------------------------------------------------------------------------------------------------------
# Events


def _preference(page: Page) -> tuple[int, str, str]:
    """Of several pages of one event the first is kept: by layout, then by content; by name only where all is equal."""
    return RANK[page.reading.document.layout], page.source.sha256, page.source.path


def _event_keys(page: Page) -> list[tuple[str, str]]:
    """What two pages of one event have in common: the event's number, or their words but for white space."""
    keys = [("the event's number", page.event_id)] if page.event_id else []
    for what in ("speech", "narration"):
        kinds: Sequence[records.SegmentKind] = ("speech", "insertion") if what == "speech" else ("narration",)
        if words := "".join("".join(page.reading.text_of(kinds)).split()):
            return [*keys, (f"the same {what}", sha256_of_text(words))]
    return [*keys, ("the same text", page.text_sha256)]


def _events(pages: Sequence[Page]) -> tuple[list[Page], list[tuple[Page, Page, str]], list[str]]:
    """Parts the pages, the preferred first, into those that stand for an event and their duplicates with the reason."""
    first_with: dict[tuple[str, str], Page] = {}
    included: list[Page] = []
    duplicates: list[tuple[Page, Page, str]] = []
    notices: list[str] = []
    for page in pages:
        keys = _event_keys(page)
        shared = next((key for key in keys if key in first_with), None)
        if shared:
            original = first_with[shared]
            reason = f"shows the same event as {original.source.path}: {shared[0]}"
            duplicates.append((page, original, reason))
            notices.append(f"{page.source.path}: a duplicate, {reason}")
        else:
            original = page
            included.append(page)
        for key in keys:
            first_with.setdefault(key, original)
    return included, duplicates, sorted(notices)


def _meeting_ids(included: Sequence[Page]) -> tuple[dict[str, str], list[str]]:
    """The id of each page's meeting, by the page's path, and a notice for each date and title that several share."""
    by_name: dict[str, list[Page]] = defaultdict(list)
    for page in included:
        facts = page.reading.document.facts
        by_name[meeting_id(facts.date, facts.title)].append(page)
    ids: dict[str, str] = {}
    notices = []
    for name, sharing in sorted(by_name.items()):
        for page in sharing:
            facts = page.reading.document.facts
            suffix = (page.event_id or page.text_sha256[:8]) if len(sharing) > 1 else None
            ids[page.source.path] = meeting_id(facts.date, facts.title, suffix)
        if len(sharing) > 1:
            paths = ", ".join(sorted(page.source.path for page in sharing))
            notices.append(f"{paths}: {len(sharing)} events of one date and title, told apart as {name}-…")
    return ids, notices


# ---------------------------------------------------------------------------------------------------------------------
# Rows


def _meeting(page: Page, meeting: str, spoken: Sequence[records.Utterance]) -> records.Meeting:
    facts = page.reading.document.facts
    countries = None
    if facts.geography is not None:
        countries = tuple(dict.fromkeys(code for name in facts.geography if (code := country_code(name))))
    return records.Meeting(
        meeting_id=meeting,
        event_id=page.event_id,
        title=facts.title,
        kind=kind_of(facts.title, facts.published_in),
        date=facts.date,
        time=facts.time,
        place=facts.place,
        language=facts.language,
        lead=facts.lead,
        topics=facts.topics,
        geography=facts.geography,
        persons=facts.persons,
        countries=countries,
        published_in=facts.published_in,
        is_excerpt=_is_excerpt(page.reading),
        url=page.url,
        url_ru=facts.url_ru,
        utterance_count=len(spoken),
        speaker_count=len(page.cast.speakers),
        word_count=sum(utterance.word_count for utterance in spoken),
    )


def _is_excerpt(reading: Reading) -> bool | None:
    facts = reading.document.facts
    headings = (facts.title, *(" ".join(text.split()) for text in reading.text_of(("heading",))))
    if any(_EXCERPT.match(heading) for heading in headings) or reading.text_of(("elision", "note")):
        return True
    return False if facts.shows_elisions else None


def _utterances(page: Page, meeting: str) -> list[records.Utterance]:
    roles = {speaker.speaker_id: speaker.role for speaker in page.cast.speakers}
    return [
        records.Utterance(
            utterance_id=utterance_id(meeting, sequence),
            meeting_id=meeting,
            sequence=sequence,
            speaker_id=speaker_id,
            label=turn.label,
            role=roles[speaker_id] if speaker_id else None,
            note=turn.note,
            text=turn.text,
            word_count=count_words(turn.text),
            follows_gap=turn.follows_gap,
            start_char=turn.start,
            end_char=turn.end,
        )
        for sequence, (turn, speaker_id) in enumerate(zip(page.reading.turns, page.cast.by_turn, strict=True), start=1)
    ]


def _participations(page: Page, meeting: str, spoken: Sequence[records.Utterance]) -> list[records.Participation]:
    turns: Counter[str | None] = Counter()
    words: Counter[str | None] = Counter()
    for utterance in spoken:
        turns[utterance.speaker_id] += 1
        words[utterance.speaker_id] += utterance.word_count
    return [
        records.Participation(
            meeting_id=meeting,
            speaker_id=speaker.speaker_id,
            role=speaker.role,
            role_evidence=speaker.role_evidence,
            speaker_evidence=speaker.speaker_evidence,
            country=speaker.country,
            utterance_count=turns[speaker.speaker_id],
            word_count=words[speaker.speaker_id],
        )
        for speaker in sorted(page.cast.speakers, key=lambda speaker: speaker.speaker_id)
    ]


def _segments(page: Page, meeting: str) -> list[records.Segment]:
    text = page.reading.document.text
    return [
        records.Segment(
            meeting_id=meeting,
            sequence=sequence,
            kind=piece.kind,
            start_char=piece.start,
            end_char=piece.end,
            text=text[piece.start : piece.end],
            utterance_id=None if piece.turn is None else utterance_id(meeting, piece.turn + 1),
            paragraph=piece.paragraph,
        )
        for sequence, piece in enumerate(page.reading.pieces, start=1)
    ]


def _source(page: Page, status: records.SourceStatus, reason: str | None, meeting: str) -> records.Source:
    source = page.source
    return records.Source(
        path=source.path,
        sha256=source.sha256,
        byte_size=source.byte_size,
        media_type=source.media_type,
        encoding=source.encoding,
        layout=page.reading.document.layout,
        status=status,
        reason=reason,
        meeting_id=meeting,
        text_length=len(page.reading.document.text),
        text_sha256=page.text_sha256,
    )


def _rejected(item: Rejected) -> records.Source:
    return records.Source(
        path=item.path,
        sha256=item.raw.sha256 if item.raw else None,
        byte_size=len(item.raw.data) if item.raw else None,
        media_type=MEDIA_TYPE,
        encoding=item.source.encoding if item.source else None,
        layout=item.layout,
        status="rejected",
        reason=normal_form("; ".join(problem.reason for problem in item.problems)),
        meeting_id=None,
        text_length=len(item.source.text) if item.source else None,
        text_sha256=sha256_of_text(item.source.text) if item.source else None,
    )


def _speakers(pages: Iterable[Page]) -> list[records.Speaker]:
    by_id: Mapping[str, list[PageSpeaker]] = defaultdict(list)
    for page in pages:
        for speaker in page.cast.speakers:
            by_id[speaker.speaker_id].append(speaker)
    return [_speaker(speaker_id, seen) for speaker_id, seen in sorted(by_id.items())]


def _speaker(speaker_id: str, seen: Sequence[PageSpeaker]) -> records.Speaker:
    names = Counter(speaker.name for speaker in seen)
    # Not the form in capitals, then the commonest, then the first of the alphabet: never by the order of reading.
    name = min(names, key=lambda form: (form.isupper(), -names[form], form))
    person = seen[0].person
    return records.Speaker(
        speaker_id=speaker_id,
        name=name,
        given_name=min(filter(None, (speaker.given_name for speaker in seen)), default=None),
        family_name=min(filter(None, (speaker.family_name for speaker in seen)), default=None),
        aliases=tuple(sorted({form for speaker in seen for form in speaker.forms})),
        site_person_id=min(filter(None, (speaker.site_person_id for speaker in seen)), default=None),
        wikidata_id=person.wikidata_id if person else None,
    )
