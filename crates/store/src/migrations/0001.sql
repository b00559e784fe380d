-- The first schema. One text for both engines; a released migration is never edited.
--
-- BYTES and CLUSTERED are replaced per engine (see migrate.rs). Ids are 16 bytes, instants microseconds UTC,
-- JSON is TEXT, truth is 0 or 1. Every key begins with the brand, so that the tables can be spread by it;
-- what belongs to no brand, or must be found without one, is listed in `migrate::UNBRANDED`.

CREATE TABLE setting (
    key TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE person (
    id BYTES NOT NULL PRIMARY KEY,
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
    id BYTES NOT NULL PRIMARY KEY,
    token_hash BYTES NOT NULL,
    person_id BYTES NOT NULL,
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    agent TEXT NOT NULL,
    address TEXT NOT NULL
);
CREATE UNIQUE INDEX session_token ON session (token_hash);
CREATE INDEX session_person ON session (person_id);

CREATE TABLE brand (
    id BYTES NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    language TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    country TEXT NOT NULL,
    paused BIGINT NOT NULL,
    late_minutes BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE rubric (
    brand_id BYTES NOT NULL,
    id BYTES NOT NULL,
    key TEXT NOT NULL,
    name TEXT NOT NULL,
    purpose TEXT NOT NULL,
    color BIGINT NOT NULL,
    target_share BIGINT,
    place BIGINT NOT NULL,
    PRIMARY KEY (brand_id, id)
) CLUSTERED;
CREATE UNIQUE INDEX rubric_key ON rubric (brand_id, key);

CREATE TABLE member (
    brand_id BYTES NOT NULL,
    person_id BYTES NOT NULL,
    role TEXT NOT NULL,
    since BIGINT NOT NULL,
    PRIMARY KEY (brand_id, person_id)
) CLUSTERED;
CREATE INDEX member_person ON member (person_id);

CREATE TABLE invitation (
    brand_id BYTES NOT NULL,
    id BYTES NOT NULL,
    token_hash BYTES NOT NULL,
    email TEXT NOT NULL,
    role TEXT NOT NULL,
    created_by BYTES NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (brand_id, id)
) CLUSTERED;
CREATE UNIQUE INDEX invitation_token ON invitation (token_hash);

CREATE TABLE channel (
    brand_id BYTES NOT NULL,
    id BYTES NOT NULL,
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
-- A channel that was removed and connected again is a new row; among the present ones it is unique.
CREATE UNIQUE INDEX channel_external ON channel (brand_id, network, external_id) WHERE removed_at IS NULL;

CREATE TABLE credential (
    brand_id BYTES NOT NULL,
    channel_id BYTES NOT NULL,
    sealed BYTES NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (brand_id, channel_id)
);

CREATE TABLE pending_connect (
    brand_id BYTES NOT NULL,
    id BYTES NOT NULL,
    person_id BYTES NOT NULL,
    network TEXT NOT NULL,
    sealed BYTES NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (brand_id, id)
);
-- An OAuth server sends the person back with nothing but this id.
CREATE UNIQUE INDEX pending_connect_id ON pending_connect (id);

CREATE TABLE asset (
    brand_id BYTES NOT NULL,
    id BYTES NOT NULL,
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
    created_by BYTES NOT NULL,
    PRIMARY KEY (brand_id, id)
);
CREATE UNIQUE INDEX asset_sha256 ON asset (brand_id, sha256);
CREATE INDEX asset_created ON asset (brand_id, created_at, id);
CREATE INDEX asset_folder ON asset (brand_id, folder, created_at, id);

CREATE TABLE asset_label (
    brand_id BYTES NOT NULL,
    label TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    asset_id BYTES NOT NULL,
    PRIMARY KEY (brand_id, label, created_at, asset_id)
) CLUSTERED;

-- What lists show comes first and the large texts last: SQLite then reads no overflow pages for a list.
-- An undated post has the last instant there is as its `due_at`, so that one index orders all of them.
CREATE TABLE post (
    brand_id BYTES NOT NULL,
    id BYTES NOT NULL,
    version BIGINT NOT NULL,
    key TEXT,
    state TEXT NOT NULL,
    due_at BIGINT NOT NULL,
    mode TEXT,
    wall TEXT,
    zone TEXT,
    title TEXT NOT NULL,
    rubric_id BYTES,
    campaign TEXT NOT NULL,
    language TEXT NOT NULL,
    labels TEXT NOT NULL,
    channels TEXT NOT NULL,
    thumb BYTES,
    problems BIGINT NOT NULL,
    author_id BYTES NOT NULL,
    series_id BYTES,
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

-- Whatever posts are filtered by, and the assets they use: `channel:…`, `rubric:…`, `label:…`, `asset:…`, ...
CREATE TABLE post_tag (
    brand_id BYTES NOT NULL,
    tag TEXT NOT NULL,
    due_at BIGINT NOT NULL,
    post_id BYTES NOT NULL,
    PRIMARY KEY (brand_id, tag, due_at, post_id)
) CLUSTERED;

CREATE TABLE delivery (
    brand_id BYTES NOT NULL,
    id BYTES NOT NULL,
    rev BIGINT NOT NULL,
    post_id BYTES NOT NULL,
    channel_id BYTES NOT NULL,
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
    brand_id BYTES NOT NULL,
    delivery_id BYTES NOT NULL,
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

-- The queue. `wake_at` is when a worker may take the job: its time, or the end of the lease of whoever has it.
CREATE TABLE job (
    brand_id BYTES NOT NULL,
    id BYTES NOT NULL,
    kind TEXT NOT NULL,
    wake_at BIGINT NOT NULL,
    run_at BIGINT NOT NULL,
    again_at BIGINT,
    serial BYTES,
    parked BIGINT NOT NULL,
    dedupe TEXT,
    tries BIGINT NOT NULL,
    token BYTES,
    worker TEXT,
    payload TEXT NOT NULL,
    PRIMARY KEY (brand_id, id)
);
-- Workers look across brands.
CREATE INDEX job_wake ON job (kind, wake_at);
CREATE UNIQUE INDEX job_dedupe ON job (brand_id, dedupe) WHERE dedupe IS NOT NULL;
CREATE INDEX job_leased ON job (wake_at) WHERE token IS NOT NULL;
CREATE INDEX job_parked ON job (brand_id, serial, run_at) WHERE parked = 1;

-- A serial key that is taken: the row is the lock.
CREATE TABLE job_lane (
    brand_id BYTES NOT NULL,
    serial BYTES NOT NULL,
    token BYTES NOT NULL,
    job_id BYTES NOT NULL,
    until BIGINT NOT NULL,
    PRIMARY KEY (brand_id, serial)
) CLUSTERED;

CREATE TABLE worker (
    name TEXT NOT NULL PRIMARY KEY,
    started_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL
);

-- Every value of every number at every time, for ever.
CREATE TABLE snapshot (
    brand_id BYTES NOT NULL,
    subject_id BYTES NOT NULL,
    metric TEXT NOT NULL,
    at BIGINT NOT NULL,
    value DOUBLE PRECISION,
    PRIMARY KEY (brand_id, subject_id, metric, at)
) CLUSTERED;

-- Derived from `snapshot` and rebuilt from it: what lists and overviews show.
CREATE TABLE snapshot_latest (
    brand_id BYTES NOT NULL,
    subject_id BYTES NOT NULL,
    metric TEXT NOT NULL,
    at BIGINT NOT NULL,
    value DOUBLE PRECISION,
    PRIMARY KEY (brand_id, subject_id, metric)
) CLUSTERED;

CREATE TABLE audit (
    brand_id BYTES NOT NULL,
    id BYTES NOT NULL,
    at BIGINT NOT NULL,
    person_id BYTES,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL,
    PRIMARY KEY (brand_id, id)
);
CREATE INDEX audit_at ON audit (brand_id, at, id)
