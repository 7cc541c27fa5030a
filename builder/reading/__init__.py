"""From a file to its transcript: discovery, decoding, layouts, segmentation."""
