# Reads a sheet with readxl and writes its rows as JSON: Rscript readxl.R FILE.xlsx SHEET
arguments <- commandArgs(trailingOnly = TRUE)
rows <- readxl::read_excel(arguments[1], sheet = arguments[2], na = "", trim_ws = FALSE, guess_max = 1048575, progress = FALSE)
for (name in names(rows)) {
  if (inherits(rows[[name]], "POSIXct")) {
    shape <- if (name == "time") "%H:%M:%S" else "%Y-%m-%d"
    rows[[name]] <- format(rows[[name]], shape)
  }
}
cat(jsonlite::toJSON(rows, dataframe = "rows", na = "null", digits = NA))
