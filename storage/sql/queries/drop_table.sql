-- Take a table out.
DROP TABLE {target};
