"""What the builder reaches on real pages: how right it reads them, and how fast."""
