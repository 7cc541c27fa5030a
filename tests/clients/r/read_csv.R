# Reads a table with base R and writes its rows as JSON: Rscript read_csv.R FILE.csv "string,integer,..."
arguments <- commandArgs(trailingOnly = TRUE)
classes <- c(string = "character", integer = "integer", boolean = "character", date = "character", time = "character", array = "character")
rows <- read.csv(
  arguments[1],
  colClasses = unname(classes[strsplit(arguments[2], ",")[[1]]]),
  na.strings = "", encoding = "UTF-8", check.names = FALSE
)
cat(jsonlite::toJSON(rows, dataframe = "rows", na = "null", digits = NA))
