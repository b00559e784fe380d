-- The channels a member writes for and sends to, as a list of ids; missing for all of them.
ALTER TABLE member ADD COLUMN channels TEXT
