# Reads a table with readr and writes its rows as JSON: Rscript readr.R FILE.csv "cilcDtc..."
arguments <- commandArgs(trailingOnly = TRUE)
rows <- readr::read_csv(
  arguments[1],
  col_types = arguments[2], na = "", trim_ws = FALSE, progress = FALSE
)
for (name in names(rows)) {
  if (inherits(rows[[name]], c("Date", "hms"))) rows[[name]] <- as.character(rows[[name]])
}
cat(jsonlite::toJSON(rows, dataframe = "rows", na = "null", digits = NA))
