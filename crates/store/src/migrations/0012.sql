-- What a person of a brand is to hear of. `shown`: 1 in the application. `mail`: 0 not by mail, 1 soon, 2 with the letter
-- of the hour, 3 with that of the day; `messenger`: 1 by messenger. Both are 0 again once it was told so.
CREATE TABLE notice (
    brand_id BYTES NOT NULL,
    person_id BYTES NOT NULL,
    id BYTES NOT NULL,
    kind TEXT NOT NULL,
    told TEXT NOT NULL,
    at BIGINT NOT NULL,
    read_at BIGINT,
    shown BIGINT NOT NULL,
    mail BIGINT NOT NULL,
    messenger BIGINT NOT NULL,
    PRIMARY KEY (brand_id, person_id, id)
) CLUSTERED;
CREATE INDEX notice_at ON notice (brand_id, person_id, at, id);
CREATE INDEX notice_unread ON notice (brand_id, person_id, mail) WHERE read_at IS NULL;

-- What a person chose to hear of in a brand, and how; whoever chose nothing has no row.
CREATE TABLE notice_choice (
    brand_id BYTES NOT NULL,
    person_id BYTES NOT NULL,
    choices TEXT NOT NULL,
    PRIMARY KEY (brand_id, person_id)
) CLUSTERED;

-- Where a person hears of things by messenger: a chat with the installation's own account there.
CREATE TABLE messenger_chat (
    person_id BYTES NOT NULL PRIMARY KEY,
    chat TEXT NOT NULL,
    name TEXT NOT NULL,
    linked_at BIGINT NOT NULL
);

-- What a person says to that account so that it knows whose chat it is; only a hash of it.
CREATE TABLE messenger_code (
    person_id BYTES NOT NULL PRIMARY KEY,
    hash BYTES NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX messenger_code_hash ON messenger_code (hash);

-- What the team says to each other about a post; the audience's words are in `comment`.
CREATE TABLE note (
    brand_id BYTES NOT NULL,
    id BYTES NOT NULL,
    post_id BYTES NOT NULL,
    person_id BYTES NOT NULL,
    text TEXT NOT NULL,
    mentions TEXT NOT NULL,
    at BIGINT NOT NULL,
    edited_at BIGINT,
    PRIMARY KEY (brand_id, id)
);
CREATE INDEX note_post ON note (brand_id, post_id, at, id);

-- A task without a time has the greatest number there is as its `due_at`, so that one index orders all of them.
CREATE TABLE task (
    brand_id BYTES NOT NULL,
    id BYTES NOT NULL,
    title TEXT NOT NULL,
    description TEXT NOT NULL,
    assignee_id BYTES,
    post_id BYTES,
    due TEXT,
    due_at BIGINT NOT NULL,
    done_at BIGINT,
    done_by BYTES,
    created_by BYTES NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (brand_id, id)
);
CREATE INDEX task_due ON task (brand_id, due_at, id);
CREATE INDEX task_open ON task (brand_id, assignee_id, due_at, id) WHERE done_at IS NULL
