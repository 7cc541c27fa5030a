"""Opens a corpus with ConvoKit and prints what it finds, as JSON: python convokit_corpus.py FOLDER."""

import json
import sys

from convokit import Corpus

corpus = Corpus(filename=sys.argv[1])
print(
    json.dumps(
        {
            "meta": dict(corpus.meta),
            "speakers": {speaker.id: dict(speaker.meta) for speaker in corpus.iter_speakers()},
            "conversations": {
                conversation.id: {
                    "meta": dict(conversation.meta),
                    "is_tree": conversation.check_integrity(verbose=False),
                    "turns": conversation.get_utterance_ids(),
                }
                for conversation in corpus.iter_conversations()
            },
            "utterances": {
                turn.id: [turn.conversation_id, turn.speaker.id, turn.reply_to, turn.text, dict(turn.meta)]
                for turn in corpus.iter_utterances()
            },
        }
    )
)
