-- Open a further database file under a name.
ATTACH {path} AS {name}; -- noqa: PRS
