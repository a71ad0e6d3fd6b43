-- What did X say about Y: quotes of a speaker in which a name, or the words given, stand.
CREATE OR REPLACE MACRO said_about(who, what) AS TABLE (
    SELECT w.*
    FROM who_said_what AS w
    WHERE
        contains(lower(w.speaker), lower(who))
        AND (
            contains(lower(w."words"), lower(what))
            OR EXISTS (
                SELECT 1
                FROM mentions AS m
                INNER JOIN entities AS e ON m.entity_id = e.entity_id
                WHERE
                    m.version_id = w.version_id
                    AND m.start_char >= w.start_char
                    AND m.end_char <= w.end_char
                    AND contains(lower(e.name), lower(what))
            )
        )
);
