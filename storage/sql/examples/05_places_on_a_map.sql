-- Which places are in the news, and where are they?
SELECT
    name,
    country_iso3,
    round(any_value(lat), 2) AS lat,
    round(any_value(lon), 2) AS lon,
    count(*) AS mentions,
    count(DISTINCT url) AS articles
FROM map_points
GROUP BY geonames_id, name, country_iso3
ORDER BY mentions DESC, name
LIMIT 8;
