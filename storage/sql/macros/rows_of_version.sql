-- What an extractor of one version said: its rows that count now and those that were replaced, each as a JSON object by column. Of a
-- text that this version went through more than once, what it said last.
CREATE OR REPLACE MACRO rows_of_version(rows_of, name_of_extractor, version_of_extractor) AS TABLE (
    WITH current_rows AS (
        SELECT
            r.version_id,
            to_json(r) AS "row",
            NULL AS replaced_by
        FROM query_table(rows_of) AS r
        WHERE r.extractor = name_of_extractor AND r.extractor_version = version_of_extractor
    ),

    old_rows AS (
        SELECT
            o.version_id,
            o."row",
            o.replaced_by
        FROM replaced_rows AS o
        ANTI JOIN current_rows AS c ON o.version_id = c.version_id
        WHERE
            o.table_name = rows_of
            AND o.extractor = name_of_extractor
            AND o.extractor_version = version_of_extractor
        QUALIFY o.replaced_by = max(o.replaced_by) OVER (PARTITION BY o.version_id)
    )

    FROM current_rows
    UNION ALL
    FROM old_rows
);
