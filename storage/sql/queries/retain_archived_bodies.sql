-- Forget where raw bodies are that lie in one of these archive files, and tell how many.
DELETE FROM archived_bodies
WHERE split_part(archive_key, '#', 1) IN (SELECT unnest($files));
