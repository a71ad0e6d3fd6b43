-- Which words were quoted in more than one place?
SELECT
    left(example, 60) AS example,
    speakers,
    articles
FROM same_words
ORDER BY articles DESC, example
LIMIT 5;
