-- The registry of entities: under which names each is known, and among whom it was seen.

CREATE TABLE entity_aliases (
    entity_id VARCHAR NOT NULL,
    entity_type VARCHAR NOT NULL,
    alias VARCHAR NOT NULL,
    block VARCHAR NOT NULL,
    "context" VARCHAR[],
    version_id VARCHAR NOT NULL,
    extractor VARCHAR NOT NULL,
    extractor_version VARCHAR NOT NULL,
    load_id VARCHAR NOT NULL,
    reason VARCHAR
);

COMMENT ON TABLE entity_aliases IS 'The registry: names under which people and organisations are known across articles; a row a name and the article that it was first seen in.';
COMMENT ON COLUMN entity_aliases.entity_id IS 'Whose name it is: entities.entity_id.';
COMMENT ON COLUMN entity_aliases.entity_type IS 'PERSON or ORG.';
COMMENT ON COLUMN entity_aliases.alias IS 'The name as printed there, in full.';
COMMENT ON COLUMN entity_aliases.block IS 'Key by which names that may mean the same are looked up: initial and surname of a person, initials of an organisation.';
COMMENT ON COLUMN entity_aliases.context IS 'Organisations, places and role nouns of the article it was first seen in, by entity_id or word; what two articles share speaks for one entity..';
COMMENT ON COLUMN entity_aliases.version_id IS 'The text that it was first seen in: article_versions.version_id.';
COMMENT ON COLUMN entity_aliases.extractor IS 'What wrote the row: the linker.';
COMMENT ON COLUMN entity_aliases.extractor_version IS 'Its version.';
COMMENT ON COLUMN entity_aliases.load_id IS 'The run that wrote the row: loads.load_id.';
COMMENT ON COLUMN entity_aliases.reason IS 'Why the name was given to this entity, or kept apart from one of a like name. NULL: a name not seen before.';

ALTER TABLE mentions ADD COLUMN sense VARCHAR;
COMMENT ON COLUMN mentions.sense IS 'metonymic: the name of a place or building stands for who governs there. NULL: not decided, meant as it says.';
