-- What went out and was counted, one narrow row each in the order of time: overviews add these up and never look at
-- the snapshots. Derived from `delivery` and `snapshot_latest`, kept with them, rebuilt from them.
CREATE TABLE sent_numbers (
    brand_id BYTES NOT NULL,
    sent_at BIGINT NOT NULL,
    delivery_id BYTES NOT NULL,
    channel_id BYTES NOT NULL,
    views DOUBLE PRECISION,
    reactions DOUBLE PRECISION,
    replies DOUBLE PRECISION,
    reposts DOUBLE PRECISION,
    PRIMARY KEY (brand_id, sent_at, delivery_id)
) CLUSTERED;

INSERT INTO sent_numbers (brand_id, sent_at, delivery_id, channel_id, views, reactions, replies, reposts)
SELECT d.brand_id, d.sent_at, d.id, d.channel_id,
    max(CASE WHEN l.metric = 'views' THEN l.value END), max(CASE WHEN l.metric = 'reactions' THEN l.value END),
    max(CASE WHEN l.metric = 'replies' THEN l.value END), max(CASE WHEN l.metric = 'reposts' THEN l.value END)
FROM delivery d JOIN snapshot_latest l ON l.brand_id = d.brand_id AND l.subject_id = d.id
WHERE d.sent_at IS NOT NULL
GROUP BY d.brand_id, d.sent_at, d.id, d.channel_id
