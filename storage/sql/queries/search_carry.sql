-- Take over a table of the index from an earlier file.
INSERT INTO {target} SELECT * FROM {source}.{target};
