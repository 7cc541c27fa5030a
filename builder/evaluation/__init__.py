"""Measuring predicted speaker turns against a gold standard."""
