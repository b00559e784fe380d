-- Since when an account elsewhere opens nothing any more: it is remembered, or its next sign-in would link it again.
ALTER TABLE identity ADD COLUMN unlinked_at BIGINT
