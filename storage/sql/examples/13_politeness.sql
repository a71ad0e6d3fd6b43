-- How were the sites treated?
SELECT
    host,
    requests,
    left_alone,
    asked_although_denied AS against_it,
    crawl_delay_seconds AS delay,
    told_to_slow_down,
    opted_out_of_ai
FROM compliance
ORDER BY host;
