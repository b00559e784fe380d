-- Ways to come in beside the password: codes of an application, passkeys, recovery codes, accounts elsewhere; and what is
-- under way at the entrance. `totp.confirmed_at` is missing until the first code was given.
CREATE TABLE totp (
    person_id BYTES NOT NULL PRIMARY KEY,
    sealed BYTES NOT NULL,
    made_at BIGINT NOT NULL,
    confirmed_at BIGINT,
    last_step BIGINT NOT NULL
);
CREATE TABLE recovery_code (
    person_id BYTES NOT NULL,
    hash BYTES NOT NULL,
    used_at BIGINT,
    PRIMARY KEY (person_id, hash)
) CLUSTERED;
CREATE TABLE passkey (
    id BYTES NOT NULL PRIMARY KEY,
    person_id BYTES NOT NULL,
    credential_id BYTES NOT NULL,
    name TEXT NOT NULL,
    credential TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    used_at BIGINT
);
CREATE UNIQUE INDEX passkey_credential ON passkey (credential_id);
CREATE INDEX passkey_person ON passkey (person_id);
CREATE TABLE identity (
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL,
    person_id BYTES NOT NULL,
    linked_at BIGINT NOT NULL,
    PRIMARY KEY (issuer, subject)
) CLUSTERED;
CREATE INDEX identity_person ON identity (person_id);
CREATE TABLE challenge (
    token_hash BYTES NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    person_id BYTES,
    state TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX challenge_end ON challenge (expires_at)
