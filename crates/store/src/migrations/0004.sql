-- Tokens of programs. `brands` is missing where the token is good for all brands of its person.
CREATE TABLE token (
    id BYTES NOT NULL PRIMARY KEY,
    hash BYTES NOT NULL,
    person_id BYTES NOT NULL,
    name TEXT NOT NULL,
    ending TEXT NOT NULL,
    scopes TEXT NOT NULL,
    brands TEXT,
    created_at BIGINT NOT NULL,
    expires_at BIGINT,
    used_at BIGINT
);
CREATE UNIQUE INDEX token_hash ON token (hash);
CREATE INDEX token_person ON token (person_id)
