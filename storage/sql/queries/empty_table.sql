-- Take out all rows.
DELETE FROM {database}.main.{target};
