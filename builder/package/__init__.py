"""A data package as files: formats, descriptor, publishing, releases and their pinned ids."""
