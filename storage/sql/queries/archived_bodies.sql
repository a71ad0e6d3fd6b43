-- Where the bodies with these hashes are.
SELECT
    raw_sha256,
    archive_key
FROM archived_bodies
WHERE raw_sha256 IN (SELECT unnest($digests));
