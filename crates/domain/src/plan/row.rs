//! From a row of cells to a post: content, channels and a schedule, with everything that is wrong with it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::tz::TimeZone;
use sha2::{Digest, Sha256};

use super::cells::{PHRASES, WORDS, bare, clean, split};
use super::channels::{self, PlanChannel};
use super::columns::{Column, Field};
use super::records::{Flaw, Record, Records};
use super::{DateOrder, MAX_CELL_BYTES, MAX_COLUMNS, MAX_ITEMS, POLL_HOURS, Sheet, extra, when};
use crate::id::{AssetId, ChannelId, RubricId};
use crate::post::{Content, MediaRef, Poll};
use crate::problem::Problem;
use crate::schedule::{Mode, Schedule};
use crate::text;
use crate::time::{self, Timestamp};

/// An id longer than this (characters) is a mistake.
const MAX_ID: usize = 200;

/// What a row is read against.
pub struct Context<'a> {
    /// The channels of the brand.
    pub channels: &'a [PlanChannel],
    /// The rubrics of the brand.
    pub rubrics: &'a [PlanRubric],
    /// Zone of rows that name none.
    pub zone: &'a str,
    /// Language of rows that name none.
    pub language: &'a str,
    /// Keys of the rows that were imported before; see [`Sheet::keys`].
    pub known: &'a BTreeSet<String>,
    /// The asset of a media file; see [`Sheet::media_names`].
    pub media: &'a (dyn Fn(&str) -> Option<AssetId> + Sync),
    /// Now: a row of the past is not sent.
    pub now: Timestamp,
}

/// A rubric of the brand, as far as a plan can name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanRubric {
    /// Its id.
    pub id: RubricId,
    /// Its key.
    pub key: String,
    /// Its name, in any language.
    pub names: Vec<String>,
}

/// What came of a row.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanRow {
    /// The line on which it begins, from 1; the header is a line too.
    pub line: usize,
    /// Its id as the file has it; may be empty.
    pub id: String,
    /// What the post is known by at the next import: the id, or a hash of the cells where there is none.
    /// `None` for a second row with the same one.
    pub key: Option<String>,
    /// False where the row could not be split into its cells: there is nothing to make a draft of.
    pub readable: bool,
    /// It was imported before and is passed over.
    pub known: bool,
    /// Nothing stops it from being sent.
    pub ok: bool,
    /// What is wrong.
    pub problems: Vec<Problem>,
    /// The post.
    pub content: Content,
    /// The channels it names and the brand has.
    pub channels: Vec<ChannelId>,
    /// Zone of its time, as the file or the brand has it.
    pub zone: String,
    /// When it should go out, wherever date and zone can be understood, be it past or impossible.
    pub schedule: Option<Schedule>,
    /// The instant of the schedule, where there is exactly one.
    pub at: Option<Timestamp>,
}

/// The rows of a file, one by one.
pub struct Rows<'a> {
    columns: &'a [Column],
    records: Records<'a>,
    order: Option<DateOrder>,
    context: &'a Context<'a>,
    seen: BTreeMap<String, usize>,
}

impl<'a> Rows<'a> {
    pub(super) fn new(sheet: &'a Sheet, context: &'a Context<'a>) -> Self {
        let records = sheet.records();
        Self { columns: &sheet.columns, records, order: sheet.date_order, context, seen: BTreeMap::new() }
    }
}

impl Iterator for Rows<'_> {
    type Item = PlanRow;

    fn next(&mut self) -> Option<PlanRow> {
        let record = self.records.next()?;
        let mut row = PlanRow {
            line: record.line,
            id: cell(self.columns, &record, Field::Id).trim().to_owned(),
            key: None,
            readable: true,
            known: false,
            ok: false,
            problems: Vec::new(),
            content: Content::default(),
            channels: Vec::new(),
            zone: self.context.zone.to_owned(),
            schedule: None,
            at: None,
        };
        if let Some(problem) = broken(self.columns, &record) {
            row.readable = false;
            row.problems.push(problem);
            return Some(row);
        }
        let key = key(self.columns, &record);
        if self.context.known.contains(&key) {
            row.known = true;
            row.problems.push(Problem::warning("id-known", "id").with("id", row.id.as_str()));
        }
        match self.seen.get(&key) {
            Some(line) if row.id.is_empty() => {
                row.problems.push(Problem::error("row-duplicate", "id").with("line", *line));
            }
            Some(line) => {
                let problem = Problem::error("id-duplicate", "id").with("id", row.id.as_str());
                row.problems.push(problem.with("line", *line));
            }
            None => {
                self.seen.insert(key.clone(), record.line);
                row.key = Some(key);
            }
        }
        Reader { columns: self.columns, record: &record, context: self.context, order: self.order }.fill(&mut row);
        row.ok = !row.problems.iter().any(Problem::is_error);
        Some(row)
    }
}

/// The text of a cell as it was meant: one kind of line break, no control characters, no guarding apostrophe.
pub(super) fn cell(columns: &[Column], record: &Record<'_>, field: Field) -> String {
    let index = columns.iter().position(|column| column.field == Some(field));
    let raw = index.and_then(|index| record.cells.get(index));
    raw.map(|raw| bare(&clean(raw).0).to_owned()).unwrap_or_default()
}

/// What the row is known by.
pub(super) fn key(columns: &[Column], record: &Record<'_>) -> String {
    let id = cell(columns, record, Field::Id);
    let id = id.trim();
    if !id.is_empty() && id.chars().count() <= MAX_ID {
        return id.to_owned();
    }
    let digest =
        record.cells.iter().fold(Sha256::new(), |hash, cell| hash.chain_update(cell.as_bytes()).chain_update([0]));
    let hash = hex::encode(digest.finalize());
    format!("row-{}", hash.get(..16).unwrap_or_default())
}

/// The media files that a row names.
pub(super) fn media_names(columns: &[Column], record: &Record<'_>) -> Vec<String> {
    let names = split(&cell(columns, record, Field::Media), PHRASES);
    names.into_iter().take(MAX_ITEMS).filter(|name| !name.is_empty()).collect()
}

/// Why the cells of a row cannot be trusted to stand in their columns.
pub(super) fn broken(columns: &[Column], record: &Record<'_>) -> Option<Problem> {
    let beyond = record.cells.get(columns.len()..).unwrap_or_default();
    match record.flaw {
        Some(Flaw::Open { line }) => Some(Problem::error("quote-open", "row").with("line", line)),
        Some(Flaw::Stray { line }) => Some(Problem::error("quote-stray", "row").with("line", line)),
        Some(Flaw::Huge { column }) => Some(
            Problem::error("cell-huge", "row")
                .with("column", columns.get(column).map(|column| column.name.as_str()).unwrap_or_default())
                .with("max", MAX_CELL_BYTES),
        ),
        Some(Flaw::Wide) => Some(Problem::error("row-wide", "row").with("max", MAX_COLUMNS)),
        None if record.cells.len() < columns.len() || beyond.iter().any(|cell| !cell.trim().is_empty()) => {
            Some(Problem::error("row-cells", "row").with("found", record.cells.len()).with("expected", columns.len()))
        }
        None => None,
    }
}

struct Reader<'a> {
    columns: &'a [Column],
    record: &'a Record<'a>,
    context: &'a Context<'a>,
    order: Option<DateOrder>,
}

impl Reader<'_> {
    fn cell(&self, field: Field) -> String {
        cell(self.columns, self.record, field)
    }

    fn short(&self, field: Field) -> String {
        self.cell(field).trim().to_owned()
    }

    /// The items of a list, [`MAX_ITEMS`] at most.
    fn list(&self, row: &mut PlanRow, field: Field, separators: &[char]) -> Vec<String> {
        let mut items = split(&self.cell(field), separators);
        if items.len() > MAX_ITEMS {
            items.truncate(MAX_ITEMS);
            row.problems.push(Problem::error("list-long", field.code()).with("max", MAX_ITEMS));
        }
        items
    }

    fn fill(&self, row: &mut PlanRow) {
        if row.id.chars().count() > MAX_ID {
            row.problems.push(Problem::error("id-too-long", "id").with("max", MAX_ID));
        }
        for (column, raw) in self.columns.iter().zip(&self.record.cells) {
            if column.field.is_some() && clean(raw).1 {
                row.problems.push(Problem::warning("control-dropped", "row").with("column", column.name.as_str()));
            }
        }
        row.content.text = self.cell(Field::Text);
        row.content.first_comment = self.cell(Field::FirstComment);
        row.content.campaign = self.short(Field::Campaign);
        row.content.link = Some(self.short(Field::Link)).filter(|link| !link.is_empty());
        row.content.labels = self.list(row, Field::Labels, WORDS);
        row.content.labels.retain(|label| !label.is_empty());
        self.language(row);
        self.rubric(row);
        self.media(row);
        self.poll(row);
        row.problems.extend(extra::read(&self.cell(Field::Extra), &mut row.content, &self.context.media));
        let (channels, problems) = channels::read(&self.list(row, Field::Channels, WORDS), self.context.channels);
        row.channels = channels;
        row.problems.extend(problems);
        self.schedule(row);
        row.problems.extend(row.content.check());
    }

    fn language(&self, row: &mut PlanRow) {
        let language = self.short(Field::Language);
        row.content.language = if language.is_empty() { self.context.language.to_owned() } else { language };
        let language = &row.content.language;
        if language.len() > 35 || !language.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') {
            row.problems.push(Problem::error("language-unknown", "language").with("language", language.as_str()));
        }
    }

    fn rubric(&self, row: &mut PlanRow) {
        let wanted = self.short(Field::Rubric).to_lowercase();
        if wanted.is_empty() {
            return;
        }
        let named = |rubric: &&PlanRubric| {
            rubric.key.to_lowercase() == wanted || rubric.names.iter().any(|name| name.to_lowercase() == wanted)
        };
        row.content.rubric = self.context.rubrics.iter().find(named).map(|rubric| rubric.id);
        if row.content.rubric.is_none() {
            row.problems.push(Problem::warning("rubric-unknown", "rubric").with("rubric", self.short(Field::Rubric)));
        }
    }

    fn media(&self, row: &mut PlanRow) {
        let names = self.list(row, Field::Media, PHRASES);
        let alts = self.list(row, Field::Alt, PHRASES);
        for (index, name) in names.iter().enumerate().filter(|(_, name)| !name.is_empty()) {
            match (self.context.media)(name) {
                Some(asset) => {
                    let alt = alts.get(index).cloned().unwrap_or_default();
                    row.content.media.push(MediaRef { asset, alt });
                }
                None => row.problems.push(Problem::error("media-missing", "media").with("file", name.as_str())),
            }
        }
        if alts.len() > names.len() {
            row.problems.push(Problem::warning("alt-extra", "alt"));
        }
        if row.content.text.trim().is_empty() && names.iter().all(String::is_empty) {
            row.problems.push(Problem::error("post-empty", "text"));
        }
    }

    fn poll(&self, row: &mut PlanRow) {
        let options = self.list(row, Field::Poll, PHRASES);
        if !options.is_empty() {
            row.content.poll = Some(Poll { options, multiple: false, hours: POLL_HOURS });
        }
    }

    fn schedule(&self, row: &mut PlanRow) {
        let zone = self.short(Field::TimeZone);
        if !zone.is_empty() {
            row.zone = zone;
        }
        let zone = time::zone(&row.zone).map_err(|problem| row.problems.push(problem)).ok();
        if let Some(name) = zone.as_ref().and_then(TimeZone::iana_name) {
            row.zone = name.to_owned();
        }
        let mut text = self.short(Field::At);
        if text.is_empty() {
            text = format!("{} {}", self.short(Field::Date), self.short(Field::Time)).trim().to_owned();
        }
        if text.is_empty() {
            return;
        }
        // Said even where the zone is unknown, so that both can be mended at once.
        let utc = TimeZone::UTC;
        let when = match when::read(&text, self.order, zone.as_ref().unwrap_or(&utc)) {
            Ok(when) => when,
            Err(problem) => return row.problems.push(problem),
        };
        let Some(zone) = zone else { return };
        row.schedule = Some(Schedule { mode: Mode::At, wall: when.wall, zone: row.zone.clone() });
        match when.at.map_or_else(|| time::instant(when.wall, &zone, None), Ok) {
            Ok(at) => {
                row.at = Some(at);
                if at <= self.context.now {
                    let shown = when.wall.strftime("%Y-%m-%d %H:%M").to_string();
                    row.problems
                        .push(Problem::error("at-past", "at").with("wall", shown).with("zone", row.zone.as_str()));
                }
            }
            Err(problem) => row.problems.push(problem),
        }
        if row.channels.is_empty() && !row.problems.iter().any(|problem| problem.field == "channels") {
            row.problems.push(Problem::error("channels-empty", "channels"));
        }
    }
}

impl PlanRow {
    /// The first line of its text, for lists.
    pub fn title(&self) -> String {
        text::title(&self.content.text, 120)
    }
}
