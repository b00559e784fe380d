//! The statement for one page of a list of posts, under one leading index.

use sarafan_domain::approval::Standing;
use sarafan_domain::id::{BrandId, PostId};
use sarafan_domain::post::PostState;
use sarafan_domain::time::Timestamp;
use uuid::Uuid;

use super::list::{PostBriefRow, PostFilter, Sort};
use super::words::{self, Asked};
use super::{UNDATED, due_of};
use crate::Result;
use crate::paging::{Cursor, one_more};
use crate::sql::{Fields, Sql, built};
use crate::store::Engine;

const COLUMNS: &str = "SELECT p.id, p.version, p.key, p.state, p.due_at, p.wall, p.zone, p.title, p.rubric_id, \
                       p.campaign, p.language, p.labels, p.channels, p.thumb, p.problems, p.author_id, \
                       COALESCE(a.name, ''), p.updated_at, v.standing FROM ";
/// What belongs to the rows of `p` from other tables.
const BESIDE: &str = " LEFT JOIN person a ON a.id = p.author_id \
                      LEFT JOIN approval v ON v.brand_id = p.brand_id AND v.post_id = p.id WHERE ";

pub(super) fn read(f: &mut Fields<'_>) -> Result<PostBriefRow> {
    Ok(PostBriefRow {
        id: f.id()?,
        version: f.int()?,
        key: f.text_opt()?,
        state: f.code(PostState::parse)?,
        due_at: due_of(f)?,
        wall: f.text_opt()?,
        zone: f.text_opt()?,
        title: f.text()?,
        rubric: f.id_opt()?,
        campaign: f.text()?,
        language: f.text()?,
        labels: f.json()?,
        channels: f.json()?,
        thumb: f.id_opt()?,
        problems: f.int()?,
        author: f.id()?,
        author_name: f.text()?,
        updated_at: f.at()?,
        standing: f.code_opt(Standing::parse)?,
    })
}

/// The rows of some posts.
pub(super) fn of_ids(brand: BrandId, ids: &[PostId]) -> Sql {
    let text = format!(
        "{COLUMNS}post p{BESIDE}p.brand_id = $1 AND p.id IN ({})",
        crate::sql::marks(2, ids.len())
    );
    ids.iter().fold(built(text).bind(brand), |statement, id| statement.bind(*id)).of_rows(ids.len())
}

/// The index that leads.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Lead {
    /// All posts of the brand in the order of the list.
    All,
    /// Those in a state.
    State(PostState),
    /// Those with a tag.
    Tag(String),
    /// Those found by their words.
    Words,
}

/// Tags of which a post must have at least one.
pub(super) type AnyOf = Vec<String>;

/// What is asked for.
pub(super) struct Page<'a> {
    pub(super) engine: Engine,
    pub(super) brand: BrandId,
    pub(super) filter: &'a PostFilter,
    pub(super) tags: Vec<AnyOf>,
    pub(super) asked: Option<Asked>,
    pub(super) cursor: Option<Cursor>,
    pub(super) limit: usize,
}

/// The text of a statement that grows, and its values from `$6` on.
#[derive(Default)]
struct Growing {
    text: String,
    values: Vec<String>,
}

impl Growing {
    /// Adds a piece; each `#` in it stands for the next value.
    fn add(&mut self, piece: &str, values: impl IntoIterator<Item = String>) {
        let mut parts = piece.split('#');
        self.text.push_str(parts.next().unwrap_or_default());
        for (part, value) in parts.zip(values) {
            self.values.push(value);
            self.text.push_str(&format!("${}{part}", self.values.len() + 5));
        }
    }
}

fn marks(count: usize) -> String {
    vec!["#"; count].join(", ")
}

impl Page<'_> {
    /// The statement under this lead.
    pub(super) fn under(&self, lead: &Lead) -> Sql {
        let mut words = Growing::default();
        let (due, id) = self.lead(lead, &mut words);
        self.narrow(lead, &mut words);
        let (after, other) = self.cut(due, id, &mut words);
        let statement = built(words.text).bind(self.brand).bind(after.at).bind(after.id).bind(other);
        let statement = words.values.into_iter().fold(statement.bind(one_more(self.limit)), Sql::bind);
        // That order has an instant in its text.
        if self.filter.sort == Sort::Updated && self.filter.to.is_some() { statement.once() } else { statement }
    }

    /// From which table and by which index; tells the names of the columns that the list goes by.
    fn lead(&self, lead: &Lead, words: &mut Growing) -> (&'static str, &'static str) {
        let walk = |index: &str| format!("{COLUMNS}post p{}{BESIDE}p.brand_id = $1", self.engine.walk(index));
        match lead {
            Lead::Tag(tag) => {
                let piece = "d.brand_id = $1 AND d.tag = # AND p.brand_id = d.brand_id AND p.id = d.post_id";
                words.add(&format!("{COLUMNS}post_tag d CROSS JOIN post p{BESIDE}{piece}"), [tag.clone()]);
                return ("d.due_at", "d.post_id");
            }
            Lead::Words => {
                let query = self.asked.as_ref().map(|asked| asked.query(self.engine)).unwrap_or_default();
                let (found, same) = words::found(self.engine);
                words.add(&format!("{COLUMNS}{found} CROSS JOIN post p{BESIDE}p.brand_id = $1 AND {same}"), [query]);
            }
            Lead::State(state) => {
                words.add(&format!("{} AND p.state = #", walk("post_state")), [state.code().to_owned()]);
            }
            Lead::All if self.filter.sort == Sort::Updated => words.add(&walk("post_updated"), []),
            Lead::All => words.add(&walk("post_due"), []),
        }
        ("p.due_at", "p.id")
    }

    /// The filters that do not lead.
    fn narrow(&self, lead: &Lead, words: &mut Growing) {
        let states = &self.filter.states;
        if !states.is_empty() && !matches!(lead, Lead::State(_)) {
            let codes = states.iter().map(|state| state.code().to_owned());
            words.add(&format!(" AND p.state IN ({})", marks(states.len())), codes);
        }
        for any in self.tags.iter().filter(|any| !matches!(lead, Lead::Tag(tag) if any.contains(tag))) {
            let piece = format!(
                " AND EXISTS (SELECT 1 FROM post_tag t WHERE t.brand_id = $1 AND t.tag IN ({}) \
                 AND t.due_at = p.due_at AND t.post_id = p.id)",
                marks(any.len())
            );
            words.add(&piece, any.iter().cloned());
        }
        for pattern in self.asked.iter().filter(|_| *lead != Lead::Words).flat_map(Asked::patterns) {
            words.add(" AND ' ' || p.words LIKE #", [pattern]);
        }
    }

    /// The order, the row before the page (`$2`, `$3`), the other end of the time asked for (`$4`), the limit (`$5`).
    fn cut(&self, due: &str, id: &str, words: &mut Growing) -> (Cursor, i64) {
        let filter = self.filter;
        let from = filter.from.map_or(i64::MIN, Timestamp::as_microsecond);
        let dated = if filter.from.is_some() { UNDATED - 1 } else { UNDATED };
        let to = filter.to.map_or(dated, |to| to.as_microsecond().saturating_sub(1));
        match filter.sort {
            Sort::DueFirst => {
                words.add(&format!(" AND ({due}, {id}) > ($2, $3) AND {due} <= $4 ORDER BY {due}, {id} LIMIT $5"), []);
                let start = Cursor { at: from, id: Uuid::nil() };
                (self.cursor.filter(|cursor| cursor.at >= from).unwrap_or(start), to)
            }
            Sort::DueLast => {
                let order = format!("ORDER BY {due} DESC, {id} DESC LIMIT $5");
                words.add(&format!(" AND ({due}, {id}) < ($2, $3) AND {due} >= $4 {order}"), []);
                let end = Cursor { at: to, id: Uuid::max() };
                (self.cursor.filter(|cursor| cursor.at <= to).unwrap_or(end), from)
            }
            Sort::Updated => {
                let order = "ORDER BY p.updated_at DESC, p.id DESC LIMIT $5";
                let span = format!("{due} >= $4 AND {due} <= {to}");
                words.add(&format!(" AND (p.updated_at, p.id) < ($2, $3) AND {span} {order}"), []);
                (self.cursor.unwrap_or(Cursor { at: i64::MAX, id: Uuid::max() }), from)
            }
        }
    }
}
