-- What only PostgreSQL has: the words of posts, found by their beginnings. `words` is cut at its spaces and nowhere else;
-- no text parser and no language, so that both engines find the same.
CREATE INDEX post_words ON post USING gin (array_to_tsvector(string_to_array(words, ' ')))
