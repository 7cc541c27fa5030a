# Reads a Stata file with haven and writes its rows as JSON: Rscript haven.R FILE.dta
arguments <- commandArgs(trailingOnly = TRUE)
rows <- haven::read_dta(arguments[1])
for (name in names(rows)) {
  if (inherits(rows[[name]], "Date")) rows[[name]] <- as.character(rows[[name]])
  attributes(rows[[name]]) <- NULL
}
cat(jsonlite::toJSON(rows, dataframe = "rows", na = "null", digits = NA))
