"""Words: names, offices, states, spellings. Nothing here knows about pages."""
