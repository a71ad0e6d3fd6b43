-- What was done to the warehouse itself, and what it cost.

CREATE TABLE upkeep (
    kind VARCHAR NOT NULL,
    target VARCHAR NOT NULL,
    done_at TIMESTAMPTZ NOT NULL,
    seconds DOUBLE NOT NULL,
    "rows" BIGINT,
    bytes_before BIGINT,
    bytes_after BIGINT,
    detail VARCHAR,
    CHECK (kind IN ('publication', 'compaction', 'removal'))
);

COMMENT ON TABLE upkeep IS 'What was done to the warehouse itself: publications, compactions, removals by age. A publication stands in the files that follow it.';
COMMENT ON COLUMN upkeep.kind IS 'publication, compaction, or removal (by age, as the settings say).';
COMMENT ON COLUMN upkeep.target IS 'The file published or compacted; the table, or archive, that something was removed from.';
COMMENT ON COLUMN upkeep.done_at IS 'When it was done.';
COMMENT ON COLUMN upkeep.seconds IS 'How long it took, in seconds.';
COMMENT ON COLUMN upkeep.rows IS 'Rows (archive: files) removed. NULL: nothing is counted.';
COMMENT ON COLUMN upkeep.bytes_before IS 'Bytes of the file before. NULL: there was none.';
COMMENT ON COLUMN upkeep.bytes_after IS 'Bytes of the file published or compacted; of a removal from the archive, 0. NULL: no file.';
COMMENT ON COLUMN upkeep.detail IS 'More in one line. NULL: nothing to add.';
