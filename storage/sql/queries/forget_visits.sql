-- The log of requests keeps host, time and answer, but not the address.
UPDATE visits
SET
    url = 'forgotten:' || left(sha256(url), 32),
    detail = NULL
WHERE url IN (SELECT unnest($urls));
