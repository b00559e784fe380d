-- What a brand wants of approval; a brand that says nothing has no row. A channel may say otherwise.
CREATE TABLE approval_policy (
    brand_id BYTES NOT NULL PRIMARY KEY,
    required BIGINT NOT NULL,
    when_due TEXT NOT NULL,
    remind_hours TEXT NOT NULL
);

CREATE TABLE approval_channel (
    brand_id BYTES NOT NULL,
    channel_id BYTES NOT NULL,
    required BIGINT NOT NULL,
    PRIMARY KEY (brand_id, channel_id)
) CLUSTERED;

-- Where the approval of a post stands, for posts about which somebody was ever asked. `hash` is what was submitted or
-- approved; who did it and what they said is repeated from the last event, for lists.
CREATE TABLE approval (
    brand_id BYTES NOT NULL,
    post_id BYTES NOT NULL,
    standing TEXT NOT NULL,
    hash TEXT NOT NULL,
    at BIGINT NOT NULL,
    person_id BYTES,
    done_by TEXT NOT NULL,
    note TEXT NOT NULL,
    PRIMARY KEY (brand_id, post_id)
) CLUSTERED;
CREATE INDEX approval_standing ON approval (brand_id, standing, at, post_id);

-- The history: added to and never changed. `seen` is the content as it was shown then.
CREATE TABLE approval_event (
    brand_id BYTES NOT NULL,
    post_id BYTES NOT NULL,
    id BYTES NOT NULL,
    at BIGINT NOT NULL,
    kind TEXT NOT NULL,
    person_id BYTES,
    link_id BYTES,
    done_by TEXT NOT NULL,
    note TEXT NOT NULL,
    hash TEXT NOT NULL,
    seen TEXT,
    PRIMARY KEY (brand_id, post_id, id)
);

-- Links by which people without an account approve. The token itself is never kept.
CREATE TABLE review_link (
    brand_id BYTES NOT NULL,
    id BYTES NOT NULL,
    token_hash BYTES NOT NULL,
    name TEXT NOT NULL,
    language TEXT NOT NULL,
    covers TEXT NOT NULL,
    created_by BYTES NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    revoked_at BIGINT,
    used_at BIGINT,
    PRIMARY KEY (brand_id, id)
) CLUSTERED;
CREATE UNIQUE INDEX review_link_token ON review_link (token_hash)
