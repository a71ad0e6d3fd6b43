-- The database of the catalog once more, for the lock that writers hold in it.
ATTACH {path} AS {name} (TYPE postgres, SECRET {secret}); -- noqa: PRS
