-- Remove well-known files of sites read before a day, and tell how many; the last one of each stays.
DELETE FROM site_files
WHERE
    read_at < $before
    AND (origin, path, read_at) NOT IN (
        SELECT (f.origin, f.path, max(f.read_at)) FROM site_files AS f
        GROUP BY f.origin, f.path
    );
