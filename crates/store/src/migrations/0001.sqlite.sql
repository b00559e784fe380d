-- What only SQLite has: the words of posts, found by their beginnings. The text is kept in `post`; `words` holds nothing
-- but lower-case words with one space between, so the simplest tokenizer cuts it exactly where we did.
CREATE VIRTUAL TABLE post_words USING fts5 (
    words,
    content = '',
    contentless_delete = 1,
    detail = none,
    tokenize = 'ascii',
    prefix = '2 3'
)
