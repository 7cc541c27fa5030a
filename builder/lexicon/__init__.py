"""Words alone: names, offices, states, spellings. No page is known here."""
