-- Content in pieces: «“We waited,” he said, “and nobody came.”»

ALTER TABLE quotes ADD COLUMN statement_no INTEGER;
COMMENT ON COLUMN quotes.statement_no IS 'Pieces of one statement in a version have one number. NULL: written before there were such numbers.';
