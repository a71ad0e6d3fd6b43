# Who was quoted most, in R: Rscript example.R data/news.duckdb
library(duckdb)

path <- commandArgs(trailingOnly = TRUE)[1]
con <- dbConnect(duckdb(), dbdir = path, read_only = TRUE)
quoted <- dbGetQuery(con, "
  SELECT speaker, count(*) AS quotes
  FROM who_said_what
  WHERE speaker IS NOT NULL
  GROUP BY speaker
  ORDER BY quotes DESC, speaker
  LIMIT 10
")
print(quoted)
dbDisconnect(con, shutdown = TRUE)
