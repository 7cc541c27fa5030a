# Reads a table of JSON Lines with jsonlite and writes its rows as JSON: Rscript jsonlite.R FILE.jsonl
arguments <- commandArgs(trailingOnly = TRUE)
rows <- jsonlite::stream_in(file(arguments[1], encoding = "UTF-8"), verbose = FALSE)
cat(jsonlite::toJSON(rows, dataframe = "rows", na = "null", null = "null", digits = NA))
