-- Empty a table of the index.
TRUNCATE {target};
