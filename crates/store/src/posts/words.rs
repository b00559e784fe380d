//! The words of a post, for search. A post is found by the beginnings of all the words that are asked for, in any order
//! and any case. There is no stemming: it would need the language of every word, and people see why a beginning fits.

use std::collections::BTreeSet;

use sarafan_domain::id::{BrandId, PostId};

use super::PostRow;
use crate::sql::{only, sql};
use crate::store::Engine;
use crate::{Conn, Result};

/// Longer words are cut here: PostgreSQL refuses very long ones, and nobody types them.
const LONGEST: usize = 64;

fn cut(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| word.chars().flat_map(char::to_lowercase).take(LONGEST).collect())
}

/// What is kept of a post: each word once, one space between.
pub(super) fn of(post: &PostRow) -> String {
    let content = &post.content;
    let variants = content.variants.iter().filter_map(|patch| patch.text.as_deref());
    let labels = content.labels.iter().map(String::as_str);
    let texts = [content.text.as_str(), content.campaign.as_str(), post.key.as_deref().unwrap_or_default()];
    let words: BTreeSet<String> = texts.into_iter().chain(variants).chain(labels).flat_map(cut).collect();
    words.into_iter().collect::<Vec<_>>().join(" ")
}

/// What a person asks for.
#[derive(Debug, Clone)]
pub(super) struct Asked(Vec<String>);

impl Asked {
    /// The words of a question; `None` where there are none, which asks for nothing.
    pub(super) fn of(q: &str) -> Option<Self> {
        let words: BTreeSet<String> = cut(q).take(16).collect();
        (!words.is_empty()).then(|| Self(words.into_iter().collect()))
    }

    /// One `LIKE` pattern per word, for `' ' || words`. Words hold nothing that a pattern would take for its own.
    pub(super) fn patterns(&self) -> Vec<String> {
        self.0.iter().map(|word| format!("% {word}%")).collect()
    }

    /// The question in the language of the engine's own index.
    pub(super) fn query(&self, engine: Engine) -> String {
        let (before, after, and) = match engine {
            Engine::Sqlite => ("\"", "\" *", " AND "),
            Engine::Postgres => ("'", "':*", " & "),
        };
        self.0.iter().map(|word| format!("{before}{word}{after}")).collect::<Vec<_>>().join(and)
    }

    /// For SQLite: the question with whole words only, which finds no more than [`Asked::query`].
    fn whole(&self) -> String {
        self.0.iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(" AND ")
    }
}

/// A table `w` of the posts that the engine's own index finds (`#` stands for [`Asked::query`], `$1` is the brand), and
/// how it meets the post `p`. `OFFSET 0` keeps PostgreSQL from walking another index in the hope of an early hit.
pub(super) fn found(engine: Engine) -> (&'static str, &'static str) {
    match engine {
        Engine::Sqlite => {
            ("(SELECT rowid AS found FROM post_words WHERE post_words MATCH # LIMIT -1) w", "p.rowid = w.found")
        }
        Engine::Postgres => (
            "(SELECT id FROM post WHERE brand_id = $1 AND array_to_tsvector(string_to_array(words, ' ')) @@ \
             CAST(# AS tsquery) OFFSET 0) w",
            "p.id = w.id",
        ),
    }
}

/// How many posts, of all brands, the question finds; counting stops at `most`.
pub(super) async fn count(conn: &mut Conn, asked: &Asked, most: i64) -> Result<i64> {
    let engine = conn.engine();
    let (queries, text) = match engine {
        // For the beginning of a word all its posts are put together first, for a whole word they come one by one: a
        // common word is then known to be common at once.
        Engine::Sqlite => (
            vec![asked.whole(), asked.query(engine)],
            "SELECT count(*) FROM (SELECT 1 FROM post_words WHERE post_words MATCH $1 LIMIT $2) counted",
        ),
        Engine::Postgres => (
            vec![asked.query(engine)],
            "SELECT count(*) FROM (SELECT 1 FROM post p WHERE array_to_tsvector(string_to_array(p.words, ' ')) @@ \
             CAST($1 AS tsquery) LIMIT $2) counted",
        ),
    };
    let mut count = 0;
    for query in queries {
        count = sql(text).bind(query).bind(most).one(conn, only::int).await?;
        if count >= most {
            break;
        }
    }
    Ok(count)
}

/// Puts the words of a post that is in the table already into SQLite's index; PostgreSQL does it by itself.
pub(super) async fn put(conn: &mut Conn, brand: BrandId, id: PostId) -> Result<()> {
    if conn.engine() == Engine::Postgres {
        return Ok(());
    }
    sql("INSERT INTO post_words (rowid, words) SELECT rowid, words FROM post WHERE brand_id = $1 AND id = $2")
        .bind(brand)
        .bind(id)
        .run(conn)
        .await
        .map(|_| ())
}

/// Takes the words of a post out of SQLite's index, while the post is still in the table.
pub(super) async fn drop(conn: &mut Conn, brand: BrandId, id: PostId) -> Result<()> {
    if conn.engine() == Engine::Postgres {
        return Ok(());
    }
    sql("DELETE FROM post_words WHERE rowid = (SELECT rowid FROM post WHERE brand_id = $1 AND id = $2)")
        .bind(brand)
        .bind(id)
        .run(conn)
        .await
        .map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_is_its_words() {
        let asked = Asked::of("Скидка 50% «Чай» -x'y OR*").unwrap();
        assert_eq!(asked.0, ["50", "or", "x", "y", "скидка", "чай"]);
        assert_eq!(asked.patterns()[0], "% 50%");
        assert_eq!(Asked::of("ab b").unwrap().query(Engine::Sqlite), "\"ab\" * AND \"b\" *");
        assert_eq!(Asked::of("ab b").unwrap().query(Engine::Postgres), "'ab':* & 'b':*");
        assert!(Asked::of(" %_! ").is_none());
        assert_eq!(Asked::of(&"я".repeat(500)).unwrap().0[0].chars().count(), LONGEST);
    }
}
