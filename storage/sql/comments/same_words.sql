-- Columns of same_words, which is a view here and a table in a published file.
COMMENT ON COLUMN same_words.words IS 'The words in small letters, without marks.';
COMMENT ON COLUMN same_words.example IS 'The words as one of the articles prints them.';
COMMENT ON COLUMN same_words.speakers IS 'Who is said to have said them, in the order of the alphabet. NULL: nobody is named.';
COMMENT ON COLUMN same_words.articles IS 'Articles with these words: number.';
COMMENT ON COLUMN same_words.sources IS 'Sources of these articles: number; those given by path count as none.';
COMMENT ON COLUMN same_words.first_printed_at IS 'The earliest publication. NULL: none of the articles states one.';
COMMENT ON COLUMN same_words.urls IS 'Where the articles can be read.';
