-- An installation as version 0.1.0 left it on SQLite: schema 10 as it was made, and a row or two in every table.
-- Never edited; see ../released.rs.

CREATE TABLE setting (
    key TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE person (
    id BLOB NOT NULL PRIMARY KEY,
    email TEXT NOT NULL,
    name TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    language TEXT NOT NULL,
    theme TEXT NOT NULL,
    installation_owner BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX person_email ON person (email);

CREATE TABLE session (
    id BLOB NOT NULL PRIMARY KEY,
    token_hash BLOB NOT NULL,
    person_id BLOB NOT NULL,
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    agent TEXT NOT NULL,
    address TEXT NOT NULL
);
CREATE UNIQUE INDEX session_token ON session (token_hash);
CREATE INDEX session_person ON session (person_id);

CREATE TABLE brand (
    id BLOB NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    language TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    country TEXT NOT NULL,
    paused BIGINT NOT NULL,
    late_minutes BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE rubric (
    brand_id BLOB NOT NULL,
    id BLOB NOT NULL,
    key TEXT NOT NULL,
    name TEXT NOT NULL,
    purpose TEXT NOT NULL,
    color BIGINT NOT NULL,
    target_share BIGINT,
    place BIGINT NOT NULL,
    PRIMARY KEY (brand_id, id)
) WITHOUT ROWID;
CREATE UNIQUE INDEX rubric_key ON rubric (brand_id, key);

CREATE TABLE member (
    brand_id BLOB NOT NULL,
    person_id BLOB NOT NULL,
    role TEXT NOT NULL,
    since BIGINT NOT NULL,
    PRIMARY KEY (brand_id, person_id)
) WITHOUT ROWID;
CREATE INDEX member_person ON member (person_id);

CREATE TABLE invitation (
    brand_id BLOB NOT NULL,
    id BLOB NOT NULL,
    token_hash BLOB NOT NULL,
    email TEXT NOT NULL,
    role TEXT NOT NULL,
    created_by BLOB NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (brand_id, id)
) WITHOUT ROWID;
CREATE UNIQUE INDEX invitation_token ON invitation (token_hash);

CREATE TABLE channel (
    brand_id BLOB NOT NULL,
    id BLOB NOT NULL,
    network TEXT NOT NULL,
    external_id TEXT NOT NULL,
    name TEXT NOT NULL,
    handle TEXT NOT NULL,
    url TEXT,
    state TEXT NOT NULL,
    reason TEXT,
    time_zone TEXT NOT NULL,
    slots TEXT NOT NULL,
    facts TEXT NOT NULL,
    checked_at BIGINT,
    health TEXT,
    expires_at BIGINT,
    blocked_until BIGINT,
    created_at BIGINT NOT NULL,
    removed_at BIGINT,
    PRIMARY KEY (brand_id, id)
);
CREATE UNIQUE INDEX channel_external ON channel (brand_id, network, external_id) WHERE removed_at IS NULL;

CREATE TABLE credential (
    brand_id BLOB NOT NULL,
    channel_id BLOB NOT NULL,
    sealed BLOB NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (brand_id, channel_id)
);

CREATE TABLE pending_connect (
    brand_id BLOB NOT NULL,
    id BLOB NOT NULL,
    person_id BLOB NOT NULL,
    network TEXT NOT NULL,
    sealed BLOB NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (brand_id, id)
);
CREATE UNIQUE INDEX pending_connect_id ON pending_connect (id);

CREATE TABLE asset (
    brand_id BLOB NOT NULL,
    id BLOB NOT NULL,
    kind TEXT NOT NULL,
    mime TEXT NOT NULL,
    bytes BIGINT NOT NULL,
    width BIGINT NOT NULL,
    height BIGINT NOT NULL,
    seconds DOUBLE PRECISION,
    name TEXT NOT NULL,
    folder TEXT NOT NULL,
    labels TEXT NOT NULL,
    alt TEXT NOT NULL,
    source TEXT NOT NULL,
    rights TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    blob TEXT NOT NULL,
    search TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    created_by BLOB NOT NULL,
    PRIMARY KEY (brand_id, id)
);
CREATE UNIQUE INDEX asset_sha256 ON asset (brand_id, sha256);
CREATE INDEX asset_created ON asset (brand_id, created_at, id);
CREATE INDEX asset_folder ON asset (brand_id, folder, created_at, id);

CREATE TABLE asset_label (
    brand_id BLOB NOT NULL,
    label TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    asset_id BLOB NOT NULL,
    PRIMARY KEY (brand_id, label, created_at, asset_id)
) WITHOUT ROWID;

CREATE TABLE post (
    brand_id BLOB NOT NULL,
    id BLOB NOT NULL,
    version BIGINT NOT NULL,
    key TEXT,
    state TEXT NOT NULL,
    due_at BIGINT NOT NULL,
    mode TEXT,
    wall TEXT,
    zone TEXT,
    title TEXT NOT NULL,
    rubric_id BLOB,
    campaign TEXT NOT NULL,
    language TEXT NOT NULL,
    labels TEXT NOT NULL,
    channels TEXT NOT NULL,
    thumb BLOB,
    problems BIGINT NOT NULL,
    author_id BLOB NOT NULL,
    series_id BLOB,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    tags TEXT NOT NULL,
    repeat TEXT,
    content TEXT NOT NULL,
    words TEXT NOT NULL,
    PRIMARY KEY (brand_id, id)
);
CREATE UNIQUE INDEX post_key ON post (brand_id, key) WHERE key IS NOT NULL;
CREATE INDEX post_due ON post (brand_id, due_at, id);
CREATE INDEX post_state ON post (brand_id, state, due_at, id);
CREATE INDEX post_problems ON post (brand_id, state) WHERE problems > 0;
CREATE INDEX post_updated ON post (brand_id, updated_at, id);

CREATE TABLE post_tag (
    brand_id BLOB NOT NULL,
    tag TEXT NOT NULL,
    due_at BIGINT NOT NULL,
    post_id BLOB NOT NULL,
    PRIMARY KEY (brand_id, tag, due_at, post_id)
) WITHOUT ROWID;

CREATE TABLE delivery (
    brand_id BLOB NOT NULL,
    id BLOB NOT NULL,
    rev BIGINT NOT NULL,
    post_id BLOB NOT NULL,
    channel_id BLOB NOT NULL,
    state TEXT NOT NULL,
    due_at BIGINT NOT NULL,
    wall TEXT NOT NULL,
    zone TEXT NOT NULL,
    step BIGINT NOT NULL,
    tries BIGINT NOT NULL,
    round BIGINT NOT NULL,
    refreshed BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    next_at BIGINT,
    sent_at BIGINT,
    external_id TEXT,
    url TEXT,
    parts TEXT,
    reason TEXT,
    resume TEXT,
    PRIMARY KEY (brand_id, id)
);
CREATE INDEX delivery_post ON delivery (brand_id, post_id);
CREATE INDEX delivery_due ON delivery (brand_id, due_at, id);
CREATE INDEX delivery_state ON delivery (brand_id, state, due_at, id);
CREATE INDEX delivery_channel ON delivery (brand_id, channel_id, state, due_at, id);
CREATE INDEX delivery_sent ON delivery (brand_id, sent_at, id) WHERE sent_at IS NOT NULL;
CREATE INDEX delivery_channel_sent ON delivery (brand_id, channel_id, sent_at, id) WHERE sent_at IS NOT NULL;

CREATE TABLE attempt (
    brand_id BLOB NOT NULL,
    delivery_id BLOB NOT NULL,
    n BIGINT NOT NULL,
    step BIGINT NOT NULL,
    kind TEXT NOT NULL,
    started_at BIGINT NOT NULL,
    done_by TEXT,
    ended_at BIGINT,
    outcome TEXT,
    detail TEXT,
    PRIMARY KEY (brand_id, delivery_id, n)
);

CREATE TABLE job (
    brand_id BLOB NOT NULL,
    id BLOB NOT NULL,
    kind TEXT NOT NULL,
    wake_at BIGINT NOT NULL,
    run_at BIGINT NOT NULL,
    again_at BIGINT,
    serial BLOB,
    parked BIGINT NOT NULL,
    dedupe TEXT,
    tries BIGINT NOT NULL,
    token BLOB,
    worker TEXT,
    payload TEXT NOT NULL,
    PRIMARY KEY (brand_id, id)
);
CREATE INDEX job_wake ON job (kind, wake_at);
CREATE UNIQUE INDEX job_dedupe ON job (brand_id, dedupe) WHERE dedupe IS NOT NULL;
CREATE INDEX job_leased ON job (wake_at) WHERE token IS NOT NULL;
CREATE INDEX job_parked ON job (brand_id, serial, run_at) WHERE parked = 1;

CREATE TABLE job_lane (
    brand_id BLOB NOT NULL,
    serial BLOB NOT NULL,
    token BLOB NOT NULL,
    job_id BLOB NOT NULL,
    until BIGINT NOT NULL,
    PRIMARY KEY (brand_id, serial)
) WITHOUT ROWID;

CREATE TABLE worker (
    name TEXT NOT NULL PRIMARY KEY,
    started_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL
);

CREATE TABLE snapshot (
    brand_id BLOB NOT NULL,
    subject_id BLOB NOT NULL,
    metric TEXT NOT NULL,
    at BIGINT NOT NULL,
    value DOUBLE PRECISION,
    PRIMARY KEY (brand_id, subject_id, metric, at)
) WITHOUT ROWID;

CREATE TABLE snapshot_latest (
    brand_id BLOB NOT NULL,
    subject_id BLOB NOT NULL,
    metric TEXT NOT NULL,
    at BIGINT NOT NULL,
    value DOUBLE PRECISION,
    PRIMARY KEY (brand_id, subject_id, metric)
) WITHOUT ROWID;

CREATE TABLE audit (
    brand_id BLOB NOT NULL,
    id BLOB NOT NULL,
    at BIGINT NOT NULL,
    person_id BLOB,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL,
    PRIMARY KEY (brand_id, id)
);
CREATE INDEX audit_at ON audit (brand_id, at, id)
;
CREATE VIRTUAL TABLE post_words USING fts5 (
    words,
    content = '',
    contentless_delete = 1,
    detail = none,
    tokenize = 'ascii',
    prefix = '2 3'
);
CREATE TABLE migration (version BIGINT NOT NULL PRIMARY KEY, hash TEXT NOT NULL, applied_at BIGINT NOT NULL);
INSERT INTO migration (version, hash, applied_at) VALUES (1, '0a7f8a37f038d265129445214750720d0d62d01dfb6cf36a0d7295d6f57d6986', 1790000000000000);
INSERT INTO setting (key, value) VALUES ('paused', '1');
INSERT INTO person (id, email, name, password_hash, language, theme, installation_owner, created_at) VALUES (X'0000000000000000000000000000000e', 'anna@zerno.example', 'Анна', '$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ$aGFzaA', 'ru', 'system', 1, 1790000000000000);
INSERT INTO session (id, token_hash, person_id, created_at, seen_at, expires_at, agent, address) VALUES (X'00000000000000000000000000000055', X'abababababababababababababababababababababababababababababababab', X'0000000000000000000000000000000e', 1790000000000000, 1790000000000000, 1791000000000000, 'Browser', '203.0.113.7');
INSERT INTO brand (id, name, language, time_zone, country, paused, late_minutes, created_at) VALUES (X'0000000000000000000000000000000b', 'Зерно и пар', 'ru', 'Europe/Moscow', 'RU', 0, 60, 1790000000000000);
INSERT INTO rubric (brand_id, id, key, name, purpose, color, target_share, place) VALUES (X'0000000000000000000000000000000b', X'0000000000000000000000000000000f', 'news', 'Новости', 'news', 3, 20, 1);
INSERT INTO rubric (brand_id, id, key, name, purpose, color, target_share, place) VALUES (X'0000000000000000000000000000000b', X'0000000000000000000000000000001f', 'fun', 'Веселье', 'entertainment', 4, NULL, 2);
INSERT INTO member (brand_id, person_id, role, since) VALUES (X'0000000000000000000000000000000b', X'0000000000000000000000000000000e', 'owner', 1790000000000000);
INSERT INTO invitation (brand_id, id, token_hash, email, role, created_by, created_at, expires_at) VALUES (X'0000000000000000000000000000000b', X'00000000000000000000000000000011', X'cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd', 'ola@zerno.example', 'author', X'0000000000000000000000000000000e', 1790000000000000, 1791000000000000);
INSERT INTO channel (brand_id, id, network, external_id, name, handle, url, state, reason, time_zone, slots, facts, checked_at, health, expires_at, blocked_until, created_at, removed_at) VALUES (X'0000000000000000000000000000000b', X'0000000000000000000000000000000c', 'telegram', '-100200', 'Новости', '@zerno', 'https://t.me/zerno', 'ok', NULL, 'Europe/Moscow', '[]', '{}', 1790000000000000, NULL, NULL, NULL, 1790000000000000, NULL);
INSERT INTO credential (brand_id, channel_id, sealed, changed_at) VALUES (X'0000000000000000000000000000000b', X'0000000000000000000000000000000c', X'01aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 1790000000000000);
INSERT INTO pending_connect (brand_id, id, person_id, network, sealed, created_at, expires_at) VALUES (X'0000000000000000000000000000000b', X'00000000000000000000000000000012', X'0000000000000000000000000000000e', 'mastodon', X'01bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb', 1790000000000000, 1790001000000000);
INSERT INTO asset (brand_id, id, kind, mime, bytes, width, height, seconds, name, folder, labels, alt, source, rights, sha256, blob, search, created_at, created_by) VALUES (X'0000000000000000000000000000000b', X'0000000000000000000000000000000a', 'image', 'image/jpeg', 7, 800, 600, NULL, 'помол.jpg', 'осень', '["осень"]', 'Кофе', '', '', 'efefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefef', 'aa/file.jpg', 'помол.jpg кофе осень', 1790000000000000, X'0000000000000000000000000000000e');
INSERT INTO asset_label (brand_id, label, created_at, asset_id) VALUES (X'0000000000000000000000000000000b', 'осень', 1790000000000000, X'0000000000000000000000000000000a');
INSERT INTO post (brand_id, id, version, key, state, due_at, mode, wall, zone, title, rubric_id, campaign, language, labels, channels, thumb, problems, author_id, series_id, created_at, updated_at, tags, repeat, content, words) VALUES (X'0000000000000000000000000000000b', X'00000000000000000000000000000005', 3, 'row-1', 'scheduled', 1790010000000000, 'at', '2026-09-22T10:00:00', 'Europe/Moscow', 'Осенний помол уже в продаже', NULL, '', 'ru', '["осень"]', '["00000000-0000-0000-0000-00000000000c"]', NULL, 0, X'0000000000000000000000000000000e', NULL, 1790000000000000, 1790000000000000, '["channel:00000000-0000-0000-0000-00000000000c","label:осень"]', NULL, '{"text":"Осенний помол уже в продаже","language":"ru","labels":["осень"]}', 'в осень осенний помол продаже уже');
INSERT INTO post_tag (brand_id, tag, due_at, post_id) VALUES (X'0000000000000000000000000000000b', 'channel:00000000-0000-0000-0000-00000000000c', 1790010000000000, X'00000000000000000000000000000005');
INSERT INTO post_tag (brand_id, tag, due_at, post_id) VALUES (X'0000000000000000000000000000000b', 'label:осень', 1790010000000000, X'00000000000000000000000000000005');
INSERT INTO delivery (brand_id, id, rev, post_id, channel_id, state, due_at, wall, zone, step, tries, round, refreshed, attempts, next_at, sent_at, external_id, url, parts, reason, resume) VALUES (X'0000000000000000000000000000000b', X'0000000000000000000000000000000d', 2, X'00000000000000000000000000000005', X'0000000000000000000000000000000c', 'scheduled', 1790010000000000, '2026-09-22T10:00:00', 'Europe/Moscow', 0, 1, 0, 0, 1, 1790010000000000, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO attempt (brand_id, delivery_id, n, step, kind, started_at, done_by, ended_at, outcome, detail) VALUES (X'0000000000000000000000000000000b', X'0000000000000000000000000000000d', 1, 0, 'publish', 1790000000000000, NULL, 1790000000000001, 'failed', NULL);
INSERT INTO job (brand_id, id, kind, wake_at, run_at, again_at, serial, parked, dedupe, tries, token, worker, payload) VALUES (X'0000000000000000000000000000000b', X'00000000000000000000000000000010', 'publish', 1790010000000000, 1790010000000000, NULL, X'0000000000000000000000000000000c', 0, 'publish:00000000-0000-0000-0000-00000000000d', 0, NULL, NULL, '{"delivery":"00000000-0000-0000-0000-00000000000d"}');
INSERT INTO job_lane (brand_id, serial, token, job_id, until) VALUES (X'0000000000000000000000000000000b', X'00000000000000000000000000000077', X'00000000000000000000000000000078', X'00000000000000000000000000000079', 1790000000000000);
INSERT INTO worker (name, started_at, seen_at) VALUES ('one', 1790000000000000, 1790000000000000);
INSERT INTO snapshot (brand_id, subject_id, metric, at, value) VALUES (X'0000000000000000000000000000000b', X'0000000000000000000000000000000c', 'followers', 1790000000000000, 120.5);
INSERT INTO snapshot (brand_id, subject_id, metric, at, value) VALUES (X'0000000000000000000000000000000b', X'0000000000000000000000000000000c', 'reach', 1790000000000000, NULL);
INSERT INTO snapshot_latest (brand_id, subject_id, metric, at, value) VALUES (X'0000000000000000000000000000000b', X'0000000000000000000000000000000c', 'followers', 1790000000000000, 120.5);
INSERT INTO audit (brand_id, id, at, person_id, action, subject, detail) VALUES (X'0000000000000000000000000000000b', X'00000000000000000000000000000080', 1790000000000000, X'0000000000000000000000000000000e', 'brand.create', 'brand', '{}');
INSERT INTO post_words (rowid, words) SELECT rowid, words FROM post;
-- What people wrote under posts and to channels, as the networks tell it. `post_id` and `delivery_id` are missing where
-- it answers nothing of ours.
CREATE TABLE comment (
    brand_id BLOB NOT NULL,
    channel_id BLOB NOT NULL,
    external_id TEXT NOT NULL,
    post_id BLOB,
    delivery_id BLOB,
    parent TEXT,
    author TEXT NOT NULL,
    author_id TEXT NOT NULL,
    text TEXT NOT NULL,
    url TEXT,
    at BIGINT NOT NULL,
    own BIGINT NOT NULL,
    PRIMARY KEY (brand_id, channel_id, external_id)
) WITHOUT ROWID;
CREATE INDEX comment_post ON comment (brand_id, post_id, at, channel_id, external_id) WHERE post_id IS NOT NULL;
CREATE INDEX comment_delivery ON comment (brand_id, delivery_id) WHERE delivery_id IS NOT NULL;

-- How far the news of a channel were read: the network's own words.
CREATE TABLE channel_news (
    brand_id BLOB NOT NULL,
    channel_id BLOB NOT NULL,
    cursor TEXT NOT NULL,
    PRIMARY KEY (brand_id, channel_id)
) WITHOUT ROWID;

CREATE INDEX delivery_external ON delivery (brand_id, channel_id, external_id) WHERE external_id IS NOT NULL
;
INSERT INTO migration (version, hash, applied_at) VALUES (2, '2e2ddfed929710229d8c0b4290ea093e46f02802e57267b5a70798ccb30bc05c', 1790000000000000);
-- What went out and was counted, one narrow row each in the order of time: overviews add these up and never look at
-- the snapshots. Derived from `delivery` and `snapshot_latest`, kept with them, rebuilt from them.
CREATE TABLE sent_numbers (
    brand_id BLOB NOT NULL,
    sent_at BIGINT NOT NULL,
    delivery_id BLOB NOT NULL,
    channel_id BLOB NOT NULL,
    views DOUBLE PRECISION,
    reactions DOUBLE PRECISION,
    replies DOUBLE PRECISION,
    reposts DOUBLE PRECISION,
    PRIMARY KEY (brand_id, sent_at, delivery_id)
) WITHOUT ROWID;

INSERT INTO sent_numbers (brand_id, sent_at, delivery_id, channel_id, views, reactions, replies, reposts)
SELECT d.brand_id, d.sent_at, d.id, d.channel_id,
    max(CASE WHEN l.metric = 'views' THEN l.value END), max(CASE WHEN l.metric = 'reactions' THEN l.value END),
    max(CASE WHEN l.metric = 'replies' THEN l.value END), max(CASE WHEN l.metric = 'reposts' THEN l.value END)
FROM delivery d JOIN snapshot_latest l ON l.brand_id = d.brand_id AND l.subject_id = d.id
WHERE d.sent_at IS NOT NULL
GROUP BY d.brand_id, d.sent_at, d.id, d.channel_id
;
INSERT INTO migration (version, hash, applied_at) VALUES (3, 'b618f53e066f166e58135d803cb7978af6eda4a98ee9d6f1288198ffd31b738d', 1790000000000000);
INSERT INTO comment (brand_id, channel_id, external_id, post_id, delivery_id, parent, author, author_id, text, url, at, own) VALUES (X'0000000000000000000000000000000b', X'0000000000000000000000000000000c', 'external_id', X'00000000000000000000000000000005', X'0000000000000000000000000000000d', 'parent', 'author', 'author_id', 'text', 'url', 1790000000000000, 1);
INSERT INTO channel_news (brand_id, channel_id, cursor) VALUES (X'0000000000000000000000000000000b', X'0000000000000000000000000000000c', 'cursor');
INSERT INTO sent_numbers (brand_id, sent_at, delivery_id, channel_id, views, reactions, replies, reposts) VALUES (X'0000000000000000000000000000000b', 1790000000000000, X'0000000000000000000000000000000d', X'0000000000000000000000000000000c', 1.5, 1.5, 1.5, 1.5);

-- Tokens of programs. `brands` is missing where the token is good for all brands of its person.
CREATE TABLE token (
    id BLOB NOT NULL PRIMARY KEY,
    hash BLOB NOT NULL,
    person_id BLOB NOT NULL,
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
;
INSERT INTO migration (version, hash, applied_at) VALUES (4, '14bcae1e5747d4f0b8458eef7a66937a3bc436d34cf94938b02808d1038387f3', 1790000000000000);

-- Requests with a key of the caller's: what was asked, whether anything was done, and what was answered. `status` is
-- missing while the request runs, and for ever where its answer was lost.
CREATE TABLE idempotency (
    person_id BLOB NOT NULL,
    key TEXT NOT NULL,
    id BLOB NOT NULL,
    request BLOB NOT NULL,
    held_until BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    acted BIGINT NOT NULL,
    status BIGINT,
    answer BLOB,
    PRIMARY KEY (person_id, key)
);
CREATE UNIQUE INDEX idempotency_id ON idempotency (id);
CREATE INDEX idempotency_ends ON idempotency (ends_at)
;
INSERT INTO migration (version, hash, applied_at) VALUES (5, 'ad835d12ed040979a5a8e5a9c6103e5e34f03f64aef09b3412b36c308b989db5', 1790000000000000);

-- Endpoints of programs elsewhere, what they are to be told, and every try to tell them. `secrets` is sealed: the present
-- secret and, for a while, the one before.
CREATE TABLE webhook (
    brand_id BLOB NOT NULL,
    id BLOB NOT NULL,
    name TEXT NOT NULL,
    url TEXT NOT NULL,
    topics TEXT NOT NULL,
    live BIGINT NOT NULL,
    reason TEXT,
    secrets BLOB NOT NULL,
    failed BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    created_by BLOB NOT NULL,
    PRIMARY KEY (brand_id, id)
);

CREATE TABLE webhook_message (
    brand_id BLOB NOT NULL,
    id BLOB NOT NULL,
    webhook_id BLOB NOT NULL,
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
    brand_id BLOB NOT NULL,
    message_id BLOB NOT NULL,
    n BIGINT NOT NULL,
    at BIGINT NOT NULL,
    millis BIGINT NOT NULL,
    status BIGINT,
    problem TEXT,
    answer TEXT NOT NULL,
    PRIMARY KEY (brand_id, message_id, n)
) WITHOUT ROWID
;
INSERT INTO migration (version, hash, applied_at) VALUES (6, '3aff9cd23851473a8b61171b34fab33aa797206b1e7400a94d9dd3b750324f58', 1790000000000000);

-- Ways to come in beside the password: codes of an application, passkeys, recovery codes, accounts elsewhere; and what is
-- under way at the entrance. `totp.confirmed_at` is missing until the first code was given.
CREATE TABLE totp (
    person_id BLOB NOT NULL PRIMARY KEY,
    sealed BLOB NOT NULL,
    made_at BIGINT NOT NULL,
    confirmed_at BIGINT,
    last_step BIGINT NOT NULL
);
CREATE TABLE recovery_code (
    person_id BLOB NOT NULL,
    hash BLOB NOT NULL,
    used_at BIGINT,
    PRIMARY KEY (person_id, hash)
) WITHOUT ROWID;
CREATE TABLE passkey (
    id BLOB NOT NULL PRIMARY KEY,
    person_id BLOB NOT NULL,
    credential_id BLOB NOT NULL,
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
    person_id BLOB NOT NULL,
    linked_at BIGINT NOT NULL,
    PRIMARY KEY (issuer, subject)
) WITHOUT ROWID;
CREATE INDEX identity_person ON identity (person_id);
CREATE TABLE challenge (
    token_hash BLOB NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    person_id BLOB,
    state TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX challenge_end ON challenge (expires_at)
;
INSERT INTO migration (version, hash, applied_at) VALUES (7, '413e29c59782f6a90150de136f3b5f5fbc74ada74ac7a2695b2dc2d7bc645bd2', 1790000000000000);

-- Letters that are to be mailed, and what became of them. What a letter says is sealed, since links in it open doors, and
-- is forgotten with its end. `about` is what it is about, such as an invitation.
CREATE TABLE letter (
    brand_id BLOB NOT NULL,
    id BLOB NOT NULL,
    kind TEXT NOT NULL,
    recipient TEXT NOT NULL,
    language TEXT NOT NULL,
    about BLOB,
    state TEXT NOT NULL,
    tries BIGINT NOT NULL,
    reason TEXT,
    sealed BLOB,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    ended_at BIGINT,
    PRIMARY KEY (brand_id, id)
);
CREATE INDEX letter_about ON letter (brand_id, about) WHERE about IS NOT NULL;
CREATE INDEX letter_ended ON letter (brand_id, ended_at) WHERE ended_at IS NOT NULL
;
INSERT INTO migration (version, hash, applied_at) VALUES (8, '6bc550c6f0607e43a1e14067d394994aa6406974f8ea843e6c65bbfc510857f3', 1790000000000000);

-- What a post was: one row for each state that somebody saved, kept with the post. The newest row is the present.
CREATE TABLE post_version (
    brand_id BLOB NOT NULL,
    post_id BLOB NOT NULL,
    version BIGINT NOT NULL,
    begun_at BIGINT NOT NULL,
    saved_at BIGINT NOT NULL,
    person_id BLOB NOT NULL,
    restored BIGINT,
    channels TEXT NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (brand_id, post_id, version)
);

CREATE INDEX audit_subject ON audit (brand_id, subject, at, id);
CREATE INDEX audit_person ON audit (brand_id, person_id, at, id);

-- The channels a member writes for and sends to, as a list of ids; missing for all of them.
ALTER TABLE member ADD COLUMN channels TEXT
;
INSERT INTO migration (version, hash, applied_at) VALUES (9, '55715009e6d84bf86aaafd020482c7b1a4484a0efd03f97377463bbfdb6bd80a', 1790000000000000);

-- What a brand wants of approval; a brand that says nothing has no row. A channel may say otherwise.
CREATE TABLE approval_policy (
    brand_id BLOB NOT NULL PRIMARY KEY,
    required BIGINT NOT NULL,
    when_due TEXT NOT NULL,
    remind_hours TEXT NOT NULL
);

CREATE TABLE approval_channel (
    brand_id BLOB NOT NULL,
    channel_id BLOB NOT NULL,
    required BIGINT NOT NULL,
    PRIMARY KEY (brand_id, channel_id)
) WITHOUT ROWID;

-- Where the approval of a post stands, for posts about which somebody was ever asked. `hash` is what was submitted or
-- approved; who did it and what they said is repeated from the last event, for lists.
CREATE TABLE approval (
    brand_id BLOB NOT NULL,
    post_id BLOB NOT NULL,
    standing TEXT NOT NULL,
    hash TEXT NOT NULL,
    at BIGINT NOT NULL,
    person_id BLOB,
    done_by TEXT NOT NULL,
    note TEXT NOT NULL,
    PRIMARY KEY (brand_id, post_id)
) WITHOUT ROWID;
CREATE INDEX approval_standing ON approval (brand_id, standing, at, post_id);

-- The history: added to and never changed. `seen` is the content as it was shown then.
CREATE TABLE approval_event (
    brand_id BLOB NOT NULL,
    post_id BLOB NOT NULL,
    id BLOB NOT NULL,
    at BIGINT NOT NULL,
    kind TEXT NOT NULL,
    person_id BLOB,
    link_id BLOB,
    done_by TEXT NOT NULL,
    note TEXT NOT NULL,
    hash TEXT NOT NULL,
    seen TEXT,
    PRIMARY KEY (brand_id, post_id, id)
);

-- Links by which people without an account approve. The token itself is never kept.
CREATE TABLE review_link (
    brand_id BLOB NOT NULL,
    id BLOB NOT NULL,
    token_hash BLOB NOT NULL,
    name TEXT NOT NULL,
    language TEXT NOT NULL,
    covers TEXT NOT NULL,
    created_by BLOB NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    revoked_at BIGINT,
    used_at BIGINT,
    PRIMARY KEY (brand_id, id)
) WITHOUT ROWID;
CREATE UNIQUE INDEX review_link_token ON review_link (token_hash)
;
INSERT INTO migration (version, hash, applied_at) VALUES (10, '30434077b8f827677ca491a1d344cdb69c389cc98b6a9d4955be63b5d9f4445f', 1790000000000000);

INSERT INTO token (id, hash, person_id, name, ending, scopes, brands, created_at, expires_at, used_at) VALUES (X'a103d4bdfaa7d22591c4dacda81ba540', X'79244824f9169e2645c1fb974b68cc4b5c10ad0748c602e9be7ced8e2e655175', X'0000000000000000000000000000000e', 'name', 'ending', '["posts:read"]', NULL, 1790000000000000, 1790000000000000, 1790000000000000);
INSERT INTO idempotency (person_id, key, id, request, held_until, ends_at, acted, status, answer) VALUES (X'0000000000000000000000000000000e', 'key', X'af9001fc24714fa0ac0106876b2fcfff', X'60468a9b92abe2564c6aa70f32aae3c6e4b4b90b2d22b24bf3fa18a8cca0ffdf', 1790000000000000, 1790000000000000, 1, 1, X'1937cb1714dedac6fae66b22c06eb5dc865dc3f6958ee3da3a00d6251f3fbca0');
INSERT INTO webhook (brand_id, id, name, url, topics, live, reason, secrets, failed, created_at, created_by) VALUES (X'0000000000000000000000000000000b', X'09d97a258083d90460c232631206d836', 'name', 'url', '["post.sent"]', 1, NULL, X'2b538e99be929d74ff58876459b45341737a22e2e4ee63916a5438cdf725ec76', 1, 1790000000000000, X'0000000000000000000000000000000e');
INSERT INTO webhook_message (brand_id, id, webhook_id, topic, state, step, tries, status, created_at, next_at, body) VALUES (X'0000000000000000000000000000000b', X'af3dbd03b8c7fbd271d11f637f13683d', X'eabacc5c4dc8bf37717fa2fa5f47c096', 'topic', 'sent', 1, 1, 1, 1790000000000000, 1790000000000000, '{}');
INSERT INTO webhook_try (brand_id, message_id, n, at, millis, status, problem, answer) VALUES (X'0000000000000000000000000000000b', X'8be878103b06022085d7cd40ebac3004', 1, 1790000000000000, 1, 1, NULL, 'answer');
INSERT INTO totp (person_id, sealed, made_at, confirmed_at, last_step) VALUES (X'0000000000000000000000000000000e', X'5f9c7877ba9ab876b4bcd47056ab681d6c2d5802c33c6b26b281c1340b2ebc11', 1790000000000000, 1790000000000000, 1);
INSERT INTO recovery_code (person_id, hash, used_at) VALUES (X'0000000000000000000000000000000e', X'9f8bb9196af931246c3f20a2d7ddf50c9da4ac8c174e70b4459b8e1d0334bb77', 1790000000000000);
INSERT INTO passkey (id, person_id, credential_id, name, credential, created_at, used_at) VALUES (X'190f7895896ffcdc7af3af424bdac798', X'0000000000000000000000000000000e', X'1e20fd5a4b79f909efa08890616ce469', 'name', '{}', 1790000000000000, 1790000000000000);
INSERT INTO identity (issuer, subject, person_id, linked_at) VALUES ('issuer', 'subject', X'0000000000000000000000000000000e', 1790000000000000);
INSERT INTO challenge (token_hash, kind, person_id, state, created_at, expires_at) VALUES (X'8a069b8f8d6267f40cb30876b415ccad251ba48d719af393521fd049a832b7d8', 'approved', X'0000000000000000000000000000000e', 'sent', 1790000000000000, 1790000000000000);
INSERT INTO letter (brand_id, id, kind, recipient, language, about, state, tries, reason, sealed, created_at, expires_at, ended_at) VALUES (X'0000000000000000000000000000000b', X'9803c1b924ea7b6bb8b577d5823ae5d8', 'approved', 'recipient', 'ru', X'0d92251b88915ec38b5a71059c44667ad4d01a6a950de4e8239c2537d8e13a10', 'sent', 1, NULL, X'dfcd739446afe82731f808919bb661c25145949505c4f6053c6420960f053da6', 1790000000000000, 1790000000000000, 1790000000000000);
INSERT INTO post_version (brand_id, post_id, version, begun_at, saved_at, person_id, restored, channels, content) VALUES (X'0000000000000000000000000000000b', X'00000000000000000000000000000005', 1, 1790000000000000, 1790000000000000, X'0000000000000000000000000000000e', 1, '[]', '{"text":"Осенний помол"}');
INSERT INTO approval_policy (brand_id, required, when_due, remind_hours) VALUES (X'0000000000000000000000000000000b', 1, 'hold', '[24]');
INSERT INTO approval_channel (brand_id, channel_id, required) VALUES (X'0000000000000000000000000000000b', X'0000000000000000000000000000000c', 1);
INSERT INTO approval (brand_id, post_id, standing, hash, at, person_id, done_by, note) VALUES (X'0000000000000000000000000000000b', X'00000000000000000000000000000005', 'approved', 'hash', 1790000000000000, X'0000000000000000000000000000000e', 'done_by', 'note');
INSERT INTO approval_event (brand_id, post_id, id, at, kind, person_id, link_id, done_by, note, hash, seen) VALUES (X'0000000000000000000000000000000b', X'00000000000000000000000000000005', X'8a764c991e5cca13c987ce91a179d126', 1790000000000000, 'approved', X'0000000000000000000000000000000e', X'c00d860960a704840d90cff312d55ab0', 'done_by', 'note', 'hash', NULL);
INSERT INTO review_link (brand_id, id, token_hash, name, language, covers, created_by, created_at, expires_at, revoked_at, used_at) VALUES (X'0000000000000000000000000000000b', X'94ae2bfc032eabb9e4a2967277c5ff8a', X'2ed05c23236f1b61c745df1517b1502853139bd7095bfa9dea4c881fc291da1a', 'name', 'ru', '{"posts":[]}', X'0000000000000000000000000000000e', 1790000000000000, 1790000000000000, 1790000000000000, 1790000000000000);
