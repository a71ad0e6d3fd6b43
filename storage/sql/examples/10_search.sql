-- Which articles are about water pipes?
SELECT
    title,
    "language",
    round(score, 2) AS score,
    note
FROM search('water pipe')
LIMIT 5;
