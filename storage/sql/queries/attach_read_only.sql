-- Open a further database file under a name, for reading.
ATTACH {path} AS {name} (READ_ONLY); -- noqa: PRS
