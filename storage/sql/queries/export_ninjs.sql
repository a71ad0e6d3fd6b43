-- The newest text of each article with what a ninjs object says of it: names once each, agencies, the place of the dateline.
SELECT
    v.article_id,
    v.version_id,
    v.version_no,
    coalesce(a.canonical_url, a.first_url) AS uri,
    a.first_seen_at,
    v.seen_at,
    v.published_at,
    v.language,
    v.title,
    v.text,
    v.word_count,
    v.authors,
    v.keywords,
    v.site_name,
    v.license_url,
    v.is_partial,
    (
        SELECT list(DISTINCT e.name ORDER BY e.name) FROM mentions AS m
        INNER JOIN entities AS e ON m.entity_id = e.entity_id
        WHERE m.version_id = v.version_id AND e.entity_type = 'PERSON'
    ) AS people,
    (
        SELECT list(DISTINCT q.speaker_name ORDER BY q.speaker_name) FROM quotes AS q
        WHERE q.version_id = v.version_id AND q.speaker_name IS NOT NULL
    ) AS speakers,
    (
        SELECT list(DISTINCT e.name ORDER BY e.name) FROM mentions AS m
        INNER JOIN entities AS e ON m.entity_id = e.entity_id
        WHERE m.version_id = v.version_id AND e.entity_type = 'ORG'
    ) AS organisations,
    (
        SELECT list(DISTINCT struct_pack(name := p.name, geonames_id := p.geonames_id, lon := p.lon, lat := p.lat)) FROM places AS p
        WHERE p.version_id = v.version_id AND p.geonames_id IS NOT NULL
    ) AS places,
    (
        SELECT list(DISTINCT c.agency ORDER BY c.agency) FROM credits AS c
        WHERE c.version_id = v.version_id AND c.agency IS NOT NULL
    ) AS agencies,
    (
        SELECT min(c.place) FROM credits AS c
        WHERE c.version_id = v.version_id AND c.kind = 'dateline'
    ) AS located
FROM current_versions AS v
INNER JOIN articles AS a ON v.article_id = a.article_id
ORDER BY v.article_id;
