-- Letters that are to be mailed, and what became of them. What a letter says is sealed, since links in it open doors, and
-- is forgotten with its end. `about` is what it is about, such as an invitation.
CREATE TABLE letter (
    brand_id BYTES NOT NULL,
    id BYTES NOT NULL,
    kind TEXT NOT NULL,
    recipient TEXT NOT NULL,
    language TEXT NOT NULL,
    about BYTES,
    state TEXT NOT NULL,
    tries BIGINT NOT NULL,
    reason TEXT,
    sealed BYTES,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    ended_at BIGINT,
    PRIMARY KEY (brand_id, id)
);
CREATE INDEX letter_about ON letter (brand_id, about) WHERE about IS NOT NULL;
CREATE INDEX letter_ended ON letter (brand_id, ended_at) WHERE ended_at IS NOT NULL
