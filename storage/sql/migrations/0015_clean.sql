-- What a page is, how its text is built, and every value that it states.

ALTER TABLE article_versions ADD COLUMN page_type VARCHAR;
ALTER TABLE article_versions ADD COLUMN is_partial BOOLEAN;
ALTER TABLE article_versions ADD COLUMN from_feed BOOLEAN;
ALTER TABLE article_versions ADD COLUMN blocks STRUCT(kind VARCHAR, start_char INTEGER, end_char INTEGER, "level" INTEGER)[];
ALTER TABLE article_versions ADD COLUMN author_organisations VARCHAR[];
ALTER TABLE article_versions ADD COLUMN published_day DATE;
ALTER TABLE article_versions ADD COLUMN site_name VARCHAR;
ALTER TABLE article_versions ADD COLUMN image_url VARCHAR;
ALTER TABLE article_versions ADD COLUMN license_url VARCHAR;
ALTER TABLE article_versions ADD COLUMN stated JSON;

COMMENT ON COLUMN article_versions.page_type IS 'article or live_blog; other pages end in the ledger. NULL: written before pages had types.';
COMMENT ON COLUMN article_versions.is_partial IS 'The text is a part of the article; reasons[''is_partial''] says why it is taken for one. NULL: written before this was asked.';
COMMENT ON COLUMN article_versions.from_feed IS 'The page could not be had; the text is what the feed has of it. NULL: written before feeds were read for text.';
COMMENT ON COLUMN article_versions.blocks IS 'Lines of the text that are no paragraphs: heading, list_item, quote, caption, table_row, code; level of headings, 1 to 6. Headings, captions, rows of tables and code are not read as sentences. NULL: only headings were noted.';
COMMENT ON COLUMN article_versions.author_organisations IS 'Those of authors that are organisations: agencies, newsrooms. NULL: written before they were told apart.';
COMMENT ON COLUMN article_versions.published_day IS 'Calendar day of publication where it was published, as printed. NULL: not stated to the day.';
COMMENT ON COLUMN article_versions.site_name IS 'What the site calls itself. NULL: not stated.';
COMMENT ON COLUMN article_versions.image_url IS 'Address of the lead image. NULL: not stated.';
COMMENT ON COLUMN article_versions.license_url IS 'Address of the licence. NULL: not stated.';
COMMENT ON COLUMN article_versions.stated IS 'Every value that the page or its feed states, best first, by column: a list of objects with value and origin. The first one won. Dates are in published_candidates.';
