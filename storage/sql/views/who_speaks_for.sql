-- Who speaks for whom, in what capacity, and since when it was printed.
CREATE OR REPLACE VIEW who_speaks_for AS
SELECT
    coalesce(p.name, r.person_text) AS person,
    r.role,
    coalesce(o.name, r.organisation_text) AS organisation,
    min(v.published_at) AS first_printed_at,
    max(v.published_at) AS last_printed_at,
    count(DISTINCT v.article_id) AS articles,
    r.person_entity_id,
    r.organisation_entity_id
FROM roles AS r
INNER JOIN current_versions AS v ON r.version_id = v.version_id
LEFT JOIN entities AS p ON r.person_entity_id = p.entity_id
LEFT JOIN entities AS o ON r.organisation_entity_id = o.entity_id
GROUP BY ALL
ORDER BY articles DESC, person, r.role;
COMMENT ON VIEW who_speaks_for IS 'People with their role and organisation as printed, when each was first and last printed (NULL: by articles without a date), and in how many articles.';
