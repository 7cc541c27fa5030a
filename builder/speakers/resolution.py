"""Who speaks on a page, and in what office: from the labels of one page to its speakers.

A speaker's id depends only on the page and on the hand-kept reference. What one page cannot show, such as another person
of the same name on another page, is decided when the pages are linked (`linking.py`).
"""

from builder.reading.document import Transcript
from builder.speakers.assignment import assign
from builder.speakers.candidates import gather_candidates
from builder.speakers.labels_of_page import read_labels
from builder.speakers.matching import match_labels
from builder.speakers.outside_speech import OutsideSpeech
from builder.speakers.page_speakers import SpeakerAssignment
from builder.speakers.reference import People


def resolve(transcript: Transcript, people: People) -> SpeakerAssignment:
    """Finds the speaker of every turn of a page, and the office of each speaker on that page."""
    if not transcript.turns:
        return SpeakerAssignment((), ())
    metadata = transcript.document.metadata
    outside = OutsideSpeech(transcript)
    tags = (*metadata.linked_persons, *(metadata.persons or ()))
    labels = read_labels(transcript.turns, tags, people, outside.printed)
    listed = gather_candidates(metadata, [parts.name for parts in labels.named.values()], people)
    matches = match_labels(labels, listed, people, outside)
    return assign(labels, matches, metadata, people, outside)
