-- Answer `same_words` once for all readers: in a published file it is a table with what the view gives, since comparing all quotes with all
-- others takes longer than anybody waits.
CREATE TABLE same_words_answered AS SELECT * FROM same_words;
DROP VIEW same_words;
ALTER TABLE same_words_answered RENAME TO same_words;
COMMENT ON TABLE same_words IS 'Quoted words, four or more, that stand in more than one article; compared without case and marks.';
