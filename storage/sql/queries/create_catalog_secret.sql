-- How to connect to the catalog: kept in memory, and shown by nothing.
CREATE OR REPLACE SECRET "{name}" (TYPE postgres{options}); -- noqa: PRS
