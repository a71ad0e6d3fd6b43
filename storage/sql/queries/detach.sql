-- Close a further database.
DETACH {name}; -- noqa: PRS
