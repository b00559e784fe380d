-- Endpoints of programs elsewhere, what they are to be told, and every try to tell them. `secrets` is sealed: the present
-- secret and, for a while, the one before.
CREATE TABLE webhook (
    brand_id BYTES NOT NULL,
    id BYTES NOT NULL,
    name TEXT NOT NULL,
    url TEXT NOT NULL,
    topics TEXT NOT NULL,
    live BIGINT NOT NULL,
    reason TEXT,
    secrets BYTES NOT NULL,
    failed BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    created_by BYTES NOT NULL,
    PRIMARY KEY (brand_id, id)
);

CREATE TABLE webhook_message (
    brand_id BYTES NOT NULL,
    id BYTES NOT NULL,
    webhook_id BYTES NOT NULL,
    topic TEXT NOT NULL,
    state TEXT NOT NULL,
    step BIGINT NOT NULL,
    tries BIGINT NOT NULL,
    status BIGINT,
    created_at BIGINT NOT NULL,
    next_at BIGINT,
    body TEXT NOT NULL,
    PRIMARY KEY (brand_id, id)
);
CREATE INDEX webhook_message_of ON webhook_message (brand_id, webhook_id, created_at, id);
CREATE INDEX webhook_message_made ON webhook_message (brand_id, created_at);

CREATE TABLE webhook_try (
    brand_id BYTES NOT NULL,
    message_id BYTES NOT NULL,
    n BIGINT NOT NULL,
    at BIGINT NOT NULL,
    millis BIGINT NOT NULL,
    status BIGINT,
    problem TEXT,
    answer TEXT NOT NULL,
    PRIMARY KEY (brand_id, message_id, n)
) CLUSTERED
