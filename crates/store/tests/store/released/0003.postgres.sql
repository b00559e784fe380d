-- An installation as version 0.1.0 left it on PostgreSQL: schema 3 as it was made, and a row or two in every table.
-- Never edited; see ../released.rs.

CREATE TABLE setting (
    key TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE person (
    id BYTEA NOT NULL PRIMARY KEY,
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
    id BYTEA NOT NULL PRIMARY KEY,
    token_hash BYTEA NOT NULL,
    person_id BYTEA NOT NULL,
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    agent TEXT NOT NULL,
    address TEXT NOT NULL
);
CREATE UNIQUE INDEX session_token ON session (token_hash);
CREATE INDEX session_person ON session (person_id);

CREATE TABLE brand (
    id BYTEA NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    language TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    country TEXT NOT NULL,
    paused BIGINT NOT NULL,
    late_minutes BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE rubric (
    brand_id BYTEA NOT NULL,
    id BYTEA NOT NULL,
    key TEXT NOT NULL,
    name TEXT NOT NULL,
    purpose TEXT NOT NULL,
    color BIGINT NOT NULL,
    target_share BIGINT,
    place BIGINT NOT NULL,
    PRIMARY KEY (brand_id, id)
) ;
CREATE UNIQUE INDEX rubric_key ON rubric (brand_id, key);

CREATE TABLE member (
    brand_id BYTEA NOT NULL,
    person_id BYTEA NOT NULL,
    role TEXT NOT NULL,
    since BIGINT NOT NULL,
    PRIMARY KEY (brand_id, person_id)
) ;
CREATE INDEX member_person ON member (person_id);

CREATE TABLE invitation (
    brand_id BYTEA NOT NULL,
    id BYTEA NOT NULL,
    token_hash BYTEA NOT NULL,
    email TEXT NOT NULL,
    role TEXT NOT NULL,
    created_by BYTEA NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (brand_id, id)
) ;
CREATE UNIQUE INDEX invitation_token ON invitation (token_hash);

CREATE TABLE channel (
    brand_id BYTEA NOT NULL,
    id BYTEA NOT NULL,
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
    brand_id BYTEA NOT NULL,
    channel_id BYTEA NOT NULL,
    sealed BYTEA NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (brand_id, channel_id)
);

CREATE TABLE pending_connect (
    brand_id BYTEA NOT NULL,
    id BYTEA NOT NULL,
    person_id BYTEA NOT NULL,
    network TEXT NOT NULL,
    sealed BYTEA NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (brand_id, id)
);
CREATE UNIQUE INDEX pending_connect_id ON pending_connect (id);

CREATE TABLE asset (
    brand_id BYTEA NOT NULL,
    id BYTEA NOT NULL,
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
    created_by BYTEA NOT NULL,
    PRIMARY KEY (brand_id, id)
);
CREATE UNIQUE INDEX asset_sha256 ON asset (brand_id, sha256);
CREATE INDEX asset_created ON asset (brand_id, created_at, id);
CREATE INDEX asset_folder ON asset (brand_id, folder, created_at, id);

CREATE TABLE asset_label (
    brand_id BYTEA NOT NULL,
    label TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    asset_id BYTEA NOT NULL,
    PRIMARY KEY (brand_id, label, created_at, asset_id)
) ;

CREATE TABLE post (
    brand_id BYTEA NOT NULL,
    id BYTEA NOT NULL,
    version BIGINT NOT NULL,
    key TEXT,
    state TEXT NOT NULL,
    due_at BIGINT NOT NULL,
    mode TEXT,
    wall TEXT,
    zone TEXT,
    title TEXT NOT NULL,
    rubric_id BYTEA,
    campaign TEXT NOT NULL,
    language TEXT NOT NULL,
    labels TEXT NOT NULL,
    channels TEXT NOT NULL,
    thumb BYTEA,
    problems BIGINT NOT NULL,
    author_id BYTEA NOT NULL,
    series_id BYTEA,
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
    brand_id BYTEA NOT NULL,
    tag TEXT NOT NULL,
    due_at BIGINT NOT NULL,
    post_id BYTEA NOT NULL,
    PRIMARY KEY (brand_id, tag, due_at, post_id)
) ;

CREATE TABLE delivery (
    brand_id BYTEA NOT NULL,
    id BYTEA NOT NULL,
    rev BIGINT NOT NULL,
    post_id BYTEA NOT NULL,
    channel_id BYTEA NOT NULL,
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
    brand_id BYTEA NOT NULL,
    delivery_id BYTEA NOT NULL,
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
    brand_id BYTEA NOT NULL,
    id BYTEA NOT NULL,
    kind TEXT NOT NULL,
    wake_at BIGINT NOT NULL,
    run_at BIGINT NOT NULL,
    again_at BIGINT,
    serial BYTEA,
    parked BIGINT NOT NULL,
    dedupe TEXT,
    tries BIGINT NOT NULL,
    token BYTEA,
    worker TEXT,
    payload TEXT NOT NULL,
    PRIMARY KEY (brand_id, id)
);
CREATE INDEX job_wake ON job (kind, wake_at);
CREATE UNIQUE INDEX job_dedupe ON job (brand_id, dedupe) WHERE dedupe IS NOT NULL;
CREATE INDEX job_leased ON job (wake_at) WHERE token IS NOT NULL;
CREATE INDEX job_parked ON job (brand_id, serial, run_at) WHERE parked = 1;

CREATE TABLE job_lane (
    brand_id BYTEA NOT NULL,
    serial BYTEA NOT NULL,
    token BYTEA NOT NULL,
    job_id BYTEA NOT NULL,
    until BIGINT NOT NULL,
    PRIMARY KEY (brand_id, serial)
) ;

CREATE TABLE worker (
    name TEXT NOT NULL PRIMARY KEY,
    started_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL
);

CREATE TABLE snapshot (
    brand_id BYTEA NOT NULL,
    subject_id BYTEA NOT NULL,
    metric TEXT NOT NULL,
    at BIGINT NOT NULL,
    value DOUBLE PRECISION,
    PRIMARY KEY (brand_id, subject_id, metric, at)
) ;

CREATE TABLE snapshot_latest (
    brand_id BYTEA NOT NULL,
    subject_id BYTEA NOT NULL,
    metric TEXT NOT NULL,
    at BIGINT NOT NULL,
    value DOUBLE PRECISION,
    PRIMARY KEY (brand_id, subject_id, metric)
) ;

CREATE TABLE audit (
    brand_id BYTEA NOT NULL,
    id BYTEA NOT NULL,
    at BIGINT NOT NULL,
    person_id BYTEA,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL,
    PRIMARY KEY (brand_id, id)
);
CREATE INDEX audit_at ON audit (brand_id, at, id)
;
CREATE INDEX post_words ON post USING gin (array_to_tsvector(string_to_array(words, ' ')));
CREATE TABLE migration (version BIGINT NOT NULL PRIMARY KEY, hash TEXT NOT NULL, applied_at BIGINT NOT NULL);
INSERT INTO migration (version, hash, applied_at) VALUES (1, '743b0c14a785a16eb854e1c18fd78168098eafb82fddc624bddf088fec42e2a7', 1790000000000000);
INSERT INTO setting (key, value) VALUES ('paused', '1');
INSERT INTO person (id, email, name, password_hash, language, theme, installation_owner, created_at) VALUES ('\x0000000000000000000000000000000e', 'anna@zerno.example', 'Анна', '$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ$aGFzaA', 'ru', 'system', 1, 1790000000000000);
INSERT INTO session (id, token_hash, person_id, created_at, seen_at, expires_at, agent, address) VALUES ('\x00000000000000000000000000000055', '\xabababababababababababababababababababababababababababababababab', '\x0000000000000000000000000000000e', 1790000000000000, 1790000000000000, 1791000000000000, 'Browser', '203.0.113.7');
INSERT INTO brand (id, name, language, time_zone, country, paused, late_minutes, created_at) VALUES ('\x0000000000000000000000000000000b', 'Зерно и пар', 'ru', 'Europe/Moscow', 'RU', 0, 60, 1790000000000000);
INSERT INTO rubric (brand_id, id, key, name, purpose, color, target_share, place) VALUES ('\x0000000000000000000000000000000b', '\x0000000000000000000000000000000f', 'news', 'Новости', 'news', 3, 20, 1);
INSERT INTO rubric (brand_id, id, key, name, purpose, color, target_share, place) VALUES ('\x0000000000000000000000000000000b', '\x0000000000000000000000000000001f', 'fun', 'Веселье', 'entertainment', 4, NULL, 2);
INSERT INTO member (brand_id, person_id, role, since) VALUES ('\x0000000000000000000000000000000b', '\x0000000000000000000000000000000e', 'owner', 1790000000000000);
INSERT INTO invitation (brand_id, id, token_hash, email, role, created_by, created_at, expires_at) VALUES ('\x0000000000000000000000000000000b', '\x00000000000000000000000000000011', '\xcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd', 'ola@zerno.example', 'author', '\x0000000000000000000000000000000e', 1790000000000000, 1791000000000000);
INSERT INTO channel (brand_id, id, network, external_id, name, handle, url, state, reason, time_zone, slots, facts, checked_at, health, expires_at, blocked_until, created_at, removed_at) VALUES ('\x0000000000000000000000000000000b', '\x0000000000000000000000000000000c', 'telegram', '-100200', 'Новости', '@zerno', 'https://t.me/zerno', 'ok', NULL, 'Europe/Moscow', '[]', '{}', 1790000000000000, NULL, NULL, NULL, 1790000000000000, NULL);
INSERT INTO credential (brand_id, channel_id, sealed, changed_at) VALUES ('\x0000000000000000000000000000000b', '\x0000000000000000000000000000000c', '\x01aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 1790000000000000);
INSERT INTO pending_connect (brand_id, id, person_id, network, sealed, created_at, expires_at) VALUES ('\x0000000000000000000000000000000b', '\x00000000000000000000000000000012', '\x0000000000000000000000000000000e', 'mastodon', '\x01bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb', 1790000000000000, 1790001000000000);
INSERT INTO asset (brand_id, id, kind, mime, bytes, width, height, seconds, name, folder, labels, alt, source, rights, sha256, blob, search, created_at, created_by) VALUES ('\x0000000000000000000000000000000b', '\x0000000000000000000000000000000a', 'image', 'image/jpeg', 7, 800, 600, NULL, 'помол.jpg', 'осень', '["осень"]', 'Кофе', '', '', 'efefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefef', 'aa/file.jpg', 'помол.jpg кофе осень', 1790000000000000, '\x0000000000000000000000000000000e');
INSERT INTO asset_label (brand_id, label, created_at, asset_id) VALUES ('\x0000000000000000000000000000000b', 'осень', 1790000000000000, '\x0000000000000000000000000000000a');
INSERT INTO post (brand_id, id, version, key, state, due_at, mode, wall, zone, title, rubric_id, campaign, language, labels, channels, thumb, problems, author_id, series_id, created_at, updated_at, tags, repeat, content, words) VALUES ('\x0000000000000000000000000000000b', '\x00000000000000000000000000000005', 3, 'row-1', 'scheduled', 1790010000000000, 'at', '2026-09-22T10:00:00', 'Europe/Moscow', 'Осенний помол уже в продаже', NULL, '', 'ru', '["осень"]', '["00000000-0000-0000-0000-00000000000c"]', NULL, 0, '\x0000000000000000000000000000000e', NULL, 1790000000000000, 1790000000000000, '["channel:00000000-0000-0000-0000-00000000000c","label:осень"]', NULL, '{"text":"Осенний помол уже в продаже","language":"ru","labels":["осень"]}', 'в осень осенний помол продаже уже');
INSERT INTO post_tag (brand_id, tag, due_at, post_id) VALUES ('\x0000000000000000000000000000000b', 'channel:00000000-0000-0000-0000-00000000000c', 1790010000000000, '\x00000000000000000000000000000005');
INSERT INTO post_tag (brand_id, tag, due_at, post_id) VALUES ('\x0000000000000000000000000000000b', 'label:осень', 1790010000000000, '\x00000000000000000000000000000005');
INSERT INTO delivery (brand_id, id, rev, post_id, channel_id, state, due_at, wall, zone, step, tries, round, refreshed, attempts, next_at, sent_at, external_id, url, parts, reason, resume) VALUES ('\x0000000000000000000000000000000b', '\x0000000000000000000000000000000d', 2, '\x00000000000000000000000000000005', '\x0000000000000000000000000000000c', 'scheduled', 1790010000000000, '2026-09-22T10:00:00', 'Europe/Moscow', 0, 1, 0, 0, 1, 1790010000000000, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO attempt (brand_id, delivery_id, n, step, kind, started_at, done_by, ended_at, outcome, detail) VALUES ('\x0000000000000000000000000000000b', '\x0000000000000000000000000000000d', 1, 0, 'publish', 1790000000000000, NULL, 1790000000000001, 'failed', NULL);
INSERT INTO job (brand_id, id, kind, wake_at, run_at, again_at, serial, parked, dedupe, tries, token, worker, payload) VALUES ('\x0000000000000000000000000000000b', '\x00000000000000000000000000000010', 'publish', 1790010000000000, 1790010000000000, NULL, '\x0000000000000000000000000000000c', 0, 'publish:00000000-0000-0000-0000-00000000000d', 0, NULL, NULL, '{"delivery":"00000000-0000-0000-0000-00000000000d"}');
INSERT INTO job_lane (brand_id, serial, token, job_id, until) VALUES ('\x0000000000000000000000000000000b', '\x00000000000000000000000000000077', '\x00000000000000000000000000000078', '\x00000000000000000000000000000079', 1790000000000000);
INSERT INTO worker (name, started_at, seen_at) VALUES ('one', 1790000000000000, 1790000000000000);
INSERT INTO snapshot (brand_id, subject_id, metric, at, value) VALUES ('\x0000000000000000000000000000000b', '\x0000000000000000000000000000000c', 'followers', 1790000000000000, 120.5);
INSERT INTO snapshot (brand_id, subject_id, metric, at, value) VALUES ('\x0000000000000000000000000000000b', '\x0000000000000000000000000000000c', 'reach', 1790000000000000, NULL);
INSERT INTO snapshot_latest (brand_id, subject_id, metric, at, value) VALUES ('\x0000000000000000000000000000000b', '\x0000000000000000000000000000000c', 'followers', 1790000000000000, 120.5);
INSERT INTO audit (brand_id, id, at, person_id, action, subject, detail) VALUES ('\x0000000000000000000000000000000b', '\x00000000000000000000000000000080', 1790000000000000, '\x0000000000000000000000000000000e', 'brand.create', 'brand', '{}');
-- What people wrote under posts and to channels, as the networks tell it. `post_id` and `delivery_id` are missing where
-- it answers nothing of ours.
CREATE TABLE comment (
    brand_id BYTEA NOT NULL,
    channel_id BYTEA NOT NULL,
    external_id TEXT NOT NULL,
    post_id BYTEA,
    delivery_id BYTEA,
    parent TEXT,
    author TEXT NOT NULL,
    author_id TEXT NOT NULL,
    text TEXT NOT NULL,
    url TEXT,
    at BIGINT NOT NULL,
    own BIGINT NOT NULL,
    PRIMARY KEY (brand_id, channel_id, external_id)
) ;
CREATE INDEX comment_post ON comment (brand_id, post_id, at, channel_id, external_id) WHERE post_id IS NOT NULL;
CREATE INDEX comment_delivery ON comment (brand_id, delivery_id) WHERE delivery_id IS NOT NULL;

-- How far the news of a channel were read: the network's own words.
CREATE TABLE channel_news (
    brand_id BYTEA NOT NULL,
    channel_id BYTEA NOT NULL,
    cursor TEXT NOT NULL,
    PRIMARY KEY (brand_id, channel_id)
) ;

CREATE INDEX delivery_external ON delivery (brand_id, channel_id, external_id) WHERE external_id IS NOT NULL
;
INSERT INTO migration (version, hash, applied_at) VALUES (2, 'dcc2c8bd28c40f53643ab0273b4e4cfcec5af9971637d95552dfb268adadbdf0', 1790000000000000);
-- What went out and was counted, one narrow row each in the order of time: overviews add these up and never look at
-- the snapshots. Derived from `delivery` and `snapshot_latest`, kept with them, rebuilt from them.
CREATE TABLE sent_numbers (
    brand_id BYTEA NOT NULL,
    sent_at BIGINT NOT NULL,
    delivery_id BYTEA NOT NULL,
    channel_id BYTEA NOT NULL,
    views DOUBLE PRECISION,
    reactions DOUBLE PRECISION,
    replies DOUBLE PRECISION,
    reposts DOUBLE PRECISION,
    PRIMARY KEY (brand_id, sent_at, delivery_id)
) ;

INSERT INTO sent_numbers (brand_id, sent_at, delivery_id, channel_id, views, reactions, replies, reposts)
SELECT d.brand_id, d.sent_at, d.id, d.channel_id,
    max(CASE WHEN l.metric = 'views' THEN l.value END), max(CASE WHEN l.metric = 'reactions' THEN l.value END),
    max(CASE WHEN l.metric = 'replies' THEN l.value END), max(CASE WHEN l.metric = 'reposts' THEN l.value END)
FROM delivery d JOIN snapshot_latest l ON l.brand_id = d.brand_id AND l.subject_id = d.id
WHERE d.sent_at IS NOT NULL
GROUP BY d.brand_id, d.sent_at, d.id, d.channel_id
;
INSERT INTO migration (version, hash, applied_at) VALUES (3, '97bc2aa288ed3e4c4411a1bf8a53b2edc5f2bcecbeafdec2474bf17829af6fd0', 1790000000000000);
INSERT INTO comment (brand_id, channel_id, external_id, post_id, delivery_id, parent, author, author_id, text, url, at, own) VALUES ('\x0000000000000000000000000000000b', '\x0000000000000000000000000000000c', 'external_id', '\x00000000000000000000000000000005', '\x0000000000000000000000000000000d', 'parent', 'author', 'author_id', 'text', 'url', 1790000000000000, 1);
INSERT INTO channel_news (brand_id, channel_id, cursor) VALUES ('\x0000000000000000000000000000000b', '\x0000000000000000000000000000000c', 'cursor');
INSERT INTO sent_numbers (brand_id, sent_at, delivery_id, channel_id, views, reactions, replies, reposts) VALUES ('\x0000000000000000000000000000000b', 1790000000000000, '\x0000000000000000000000000000000d', '\x0000000000000000000000000000000c', 1.5, 1.5, 1.5, 1.5);
