# Cuts each utterance out of its source by its offsets, and counts those that begin as the text does: Rscript offsets.R DIST
dist <- commandArgs(trailingOnly = TRUE)[1]
read <- function(table) read.csv(file.path(dist, paste0(table, ".csv")), na.strings = "")
segments <- read("segments")
utterances <- read("utterances")
texts <- tapply(segments$text, segments$meeting_id, paste, collapse = "")
passages <- substr(texts[utterances$meeting_id], utterances$start_char + 1, utterances$end_char)
starts <- function(text) substr(gsub("[^A-Za-z]", "", text), 1, 5)
cat(sum(starts(passages) == starts(utterances$text)), nrow(utterances))
