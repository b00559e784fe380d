-- What people wrote under posts and to channels, as the networks tell it. `post_id` and `delivery_id` are missing where
-- it answers nothing of ours.
CREATE TABLE comment (
    brand_id BYTES NOT NULL,
    channel_id BYTES NOT NULL,
    external_id TEXT NOT NULL,
    post_id BYTES,
    delivery_id BYTES,
    parent TEXT,
    author TEXT NOT NULL,
    author_id TEXT NOT NULL,
    text TEXT NOT NULL,
    url TEXT,
    at BIGINT NOT NULL,
    own BIGINT NOT NULL,
    PRIMARY KEY (brand_id, channel_id, external_id)
) CLUSTERED;
CREATE INDEX comment_post ON comment (brand_id, post_id, at, channel_id, external_id) WHERE post_id IS NOT NULL;
CREATE INDEX comment_delivery ON comment (brand_id, delivery_id) WHERE delivery_id IS NOT NULL;

-- How far the news of a channel were read: the network's own words.
CREATE TABLE channel_news (
    brand_id BYTES NOT NULL,
    channel_id BYTES NOT NULL,
    cursor TEXT NOT NULL,
    PRIMARY KEY (brand_id, channel_id)
) CLUSTERED;

CREATE INDEX delivery_external ON delivery (brand_id, channel_id, external_id) WHERE external_id IS NOT NULL
