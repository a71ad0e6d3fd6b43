-- Which articles are about water pipes?
SELECT
    title,
    "language",
    round(score, 2) AS score
FROM search('water pipe')
LIMIT 5;
