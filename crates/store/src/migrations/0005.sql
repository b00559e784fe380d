-- Requests with a key of the caller's: what was asked, whether anything was done, and what was answered. `status` is
-- missing while the request runs, and for ever where its answer was lost.
CREATE TABLE idempotency (
    person_id BYTES NOT NULL,
    key TEXT NOT NULL,
    id BYTES NOT NULL,
    request BYTES NOT NULL,
    held_until BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    acted BIGINT NOT NULL,
    status BIGINT,
    answer BYTES,
    PRIMARY KEY (person_id, key)
);
CREATE UNIQUE INDEX idempotency_id ON idempotency (id);
CREATE INDEX idempotency_ends ON idempotency (ends_at)
