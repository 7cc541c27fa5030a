"""From sources to a package: the pipeline, its two stages, the page index and the workers."""
