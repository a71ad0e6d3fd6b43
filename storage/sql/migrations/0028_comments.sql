-- Comments that did not say what NULL means, or in which unit a number is.

COMMENT ON COLUMN article_versions.published_precision IS 'year, month, day, minute or second: finer parts of published_at are filled with zeros. NULL with it.';
COMMENT ON COLUMN article_versions.published_tz_known IS 'False: no zone was printed, UTC is assumed. NULL: published_at is.';
COMMENT ON COLUMN article_versions.published_origin IS 'Where published_at was stated, such as json-ld or feed. NULL: published_at is.';
COMMENT ON COLUMN article_versions.stated IS 'Every value that the page or its feed states, best first, by column: a list of objects with value and origin. The first one won. Dates are in published_candidates. NULL: written before all were kept.';
COMMENT ON COLUMN entities.reason IS 'How the entity was told apart. NULL: nothing to explain.';
COMMENT ON COLUMN entity_aliases.context IS 'Organisations, places and role nouns of the article it was first seen in, by entity_id or word; what two articles share speaks for one entity. NULL: the article has none.';
COMMENT ON COLUMN events.reason IS 'How a value was chosen, or why there is none. NULL: nothing to explain.';
COMMENT ON COLUMN polls.bytes IS 'Size of the body, decompressed, in bytes. NULL: none read.';
COMMENT ON COLUMN polls.milliseconds IS 'Time of the request, in milliseconds. NULL: no answer.';
COMMENT ON COLUMN ledger.bytes IS 'Size of the body, in bytes. NULL: none read.';
COMMENT ON COLUMN quality.value IS 'The figure: a share from 0 to 1.';
COMMENT ON COLUMN quantities.value IS 'The number in the unit of the column unit; the lower one of a range. NULL: vague, reason says so.';
COMMENT ON COLUMN quantities.value_high IS 'The upper number of a range, in the unit of the column unit. NULL: no range.';
COMMENT ON COLUMN story_articles.reason IS 'Why the relation was chosen. NULL: nothing to explain.';
COMMENT ON COLUMN topics.confidence IS 'Probability from 0 to 1 that the row is right. NULL: no estimate.';
COMMENT ON COLUMN topics.reason IS 'Why it was chosen. NULL: nothing to explain.';
COMMENT ON COLUMN visits.bytes IS 'Size of the body, decompressed, in bytes. NULL: none read.';
COMMENT ON COLUMN visits.milliseconds IS 'Time until the whole answer was there, in milliseconds. NULL: no answer, or not asked.';
