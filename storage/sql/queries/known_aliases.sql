-- What the registry has for names of a batch, oldest first: for a name that it has for the same entity, that, without its context; for any
-- other, the names under its key that may mean the same. For an organisation, which shares its initials with many, these are those that
-- begin with the same three letters. What does not begin with three letters, or has capitals only, is compared with all.
WITH asked AS (
    SELECT
        unnest($entity_ids::VARCHAR[]) AS entity_id,
        unnest($names::VARCHAR[]) AS alias,
        unnest($blocks::VARCHAR[]) AS block
),

near AS MATERIALIZED (
    SELECT
        a.rowid AS place,
        a.entity_id,
        a.entity_type,
        a.alias,
        a.block,
        a.load_id
    FROM entity_aliases AS a
    WHERE a.block IN (SELECT asked.block FROM asked)
),

met AS MATERIALIZED (
    SELECT near.* FROM near
    SEMI JOIN asked ON near.entity_id = asked.entity_id AND near.alias = asked.alias
),

unmet AS MATERIALIZED (
    SELECT
        asked.block,
        lower(left(if(asked.alias ILIKE 'the %', asked.alias[5:], asked.alias), 3)) AS beginning,
        asked.block NOT LIKE 'ORG:%'
        OR upper(asked.alias) = asked.alias
        OR NOT regexp_full_match(beginning, '[a-z0-9][a-z0-9][a-z0-9]') AS is_open
    FROM asked
    ANTI JOIN met ON asked.entity_id = met.entity_id AND asked.alias = met.alias
),

like_unmet AS (
    SELECT
        near.place,
        near.block,
        lower(left(if(near.alias ILIKE 'the %', near.alias[5:], near.alias), 3)) AS beginning,
        upper(near.alias) = near.alias
        OR NOT regexp_full_match(beginning, '[a-z0-9][a-z0-9][a-z0-9]') AS is_open
    FROM near
    SEMI JOIN unmet ON near.block = unmet.block
),

wanted AS MATERIALIZED (
    SELECT DISTINCT o.place
    FROM like_unmet AS o
    INNER JOIN unmet
        ON o.block = unmet.block AND (o.beginning = unmet.beginning OR o.is_open OR unmet.is_open)
),

told AS (
    SELECT
        a.entity_id,
        a.entity_type,
        a.alias,
        a.block,
        a.context,
        a.load_id
    FROM entity_aliases AS a
    INNER JOIN wanted ON a.rowid = wanted.place
    UNION ALL BY NAME
    SELECT
        met.entity_id,
        met.entity_type,
        met.alias,
        met.block,
        met.load_id
    FROM met
    ANTI JOIN wanted ON met.place = wanted.place
)

SELECT
    told.entity_id,
    told.entity_type,
    told.alias,
    told.block,
    told.context
FROM told
ORDER BY told.load_id, told.entity_id, told.alias;
