-- Which articles tell the same story. Filled by a later release.

CREATE TABLE stories (
    story_id VARCHAR NOT NULL,
    first_seen_at TIMESTAMPTZ NOT NULL,
    load_id VARCHAR NOT NULL
);

COMMENT ON TABLE stories IS 'A story told by several articles. Filled by a later release.';
COMMENT ON COLUMN stories.story_id IS 'Stable id of the story.';
COMMENT ON COLUMN stories.first_seen_at IS 'When its first article was seen.';
COMMENT ON COLUMN stories.load_id IS 'The run that wrote the row.';

CREATE TABLE story_articles (
    story_id VARCHAR NOT NULL,
    article_id VARCHAR NOT NULL,
    relation VARCHAR NOT NULL,
    similarity DOUBLE,
    load_id VARCHAR NOT NULL,
    reason VARCHAR,
    CHECK (relation IN ('original', 'syndicated', 'near_duplicate', 'same_story'))
);

COMMENT ON TABLE story_articles IS 'How an article relates to a story. Filled by a later release.';
COMMENT ON COLUMN story_articles.story_id IS 'The story.';
COMMENT ON COLUMN story_articles.article_id IS 'The article.';
COMMENT ON COLUMN story_articles.relation IS 'original, syndicated, near_duplicate or same_story.';
COMMENT ON COLUMN story_articles.similarity IS 'Similarity to the story''s first article, 0 to 1. NULL: not measured.';
COMMENT ON COLUMN story_articles.load_id IS 'The run that wrote the row.';
COMMENT ON COLUMN story_articles.reason IS 'Why the relation was chosen.';
