"""Who speaks: on one page, and over all pages."""
