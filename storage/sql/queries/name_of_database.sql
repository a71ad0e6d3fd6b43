-- The database that statements speak of.
SELECT current_database();
