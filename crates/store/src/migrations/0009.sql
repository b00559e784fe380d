-- What a post was: one row for each state that somebody saved, kept with the post. The newest row is the present.
CREATE TABLE post_version (
    brand_id BYTES NOT NULL,
    post_id BYTES NOT NULL,
    version BIGINT NOT NULL,
    begun_at BIGINT NOT NULL,
    saved_at BIGINT NOT NULL,
    person_id BYTES NOT NULL,
    restored BIGINT,
    channels TEXT NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (brand_id, post_id, version)
);

CREATE INDEX audit_subject ON audit (brand_id, subject, at, id);
CREATE INDEX audit_person ON audit (brand_id, person_id, at, id);

-- The channels a member writes for and sends to, as a list of ids; missing for all of them.
ALTER TABLE member ADD COLUMN channels TEXT
