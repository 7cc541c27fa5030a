"""Who a label is, on one page and over all pages."""
