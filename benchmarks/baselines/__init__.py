"""What the builder is measured against: programs of a few lines that do less, each a process of its own.

`python -m benchmarks.baselines.NAME FOLDER OUTPUT` reads every page below a folder and writes one Parquet file.
"""
