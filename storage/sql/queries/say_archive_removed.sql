-- Say of texts that the raw document they were read from is not kept any more.
UPDATE article_versions
SET reasons = map_concat(reasons, map(['archive_key'], [$reason]))
WHERE split_part(archive_key, '#', 1) IN (SELECT unnest($files));
