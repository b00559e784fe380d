//! The plan as a file that [`super::read`] reads back to the same posts, and that every spreadsheet opens:
//! CSV in UTF-8 with a byte order mark, formulas guarded by an apostrophe.

use super::cells::{PHRASES, WORDS, guarded, join};
use super::channels::{self, PlanChannel};
use super::{Field, PlanRubric, extra};
use crate::id::{AssetId, ChannelId};
use crate::post::{Content, MediaRef};
use crate::schedule::{Schedule, wall_text};
use crate::time::{self, Timestamp};

/// A post to be written.
#[derive(Debug, Clone, PartialEq)]
pub struct ExportRow {
    /// What it is known by: the key of its plan row, or its id.
    pub id: String,
    /// The post.
    pub content: Content,
    /// Its channels.
    pub channels: Vec<ChannelId>,
    /// When it goes out. Only the time is written: one that came from a slot comes back as chosen.
    pub schedule: Option<Schedule>,
    /// The instant, which tells the two passes of a doubled hour apart.
    pub at: Option<Timestamp>,
}

/// The columns that are written; date and time stand together in `at`.
fn fields(rows: &[ExportRow], file: &dyn Fn(AssetId) -> String) -> Vec<Field> {
    let poll = rows.iter().any(|row| row.content.poll.is_some());
    let more = rows.iter().any(|row| !extra::write(&row.content, file).is_empty());
    Field::ALL
        .into_iter()
        .filter(|field| match field {
            Field::Date | Field::Time => false,
            Field::Poll => poll,
            Field::Extra => more,
            _ => true,
        })
        .collect()
}

/// Writes the file. `file` names the file of an asset; two assets must not have one name.
///
/// Line breaks inside texts come back as `\n`; short fields and the items of lists come back without spaces around.
pub fn write(
    rows: &[ExportRow],
    channels: &[PlanChannel],
    rubrics: &[PlanRubric],
    file: &dyn Fn(AssetId) -> String,
) -> Vec<u8> {
    let fields = fields(rows, file);
    let mut text = String::from("\u{feff}");
    line(&mut text, fields.iter().map(|field| field.code().to_owned()));
    for row in rows {
        line(&mut text, fields.iter().map(|field| cell(row, *field, channels, rubrics, file)));
    }
    text.into_bytes()
}

fn cell(
    row: &ExportRow,
    field: Field,
    channels: &[PlanChannel],
    rubrics: &[PlanRubric],
    file: &dyn Fn(AssetId) -> String,
) -> String {
    let content = &row.content;
    let listed = |of: &dyn Fn(&MediaRef) -> String| {
        let items: Vec<String> = content.media.iter().map(of).collect();
        join(items.iter().map(String::as_str), PHRASES)
    };
    match field {
        Field::Id => row.id.clone(),
        Field::Rubric => {
            let rubric = rubrics.iter().find(|rubric| Some(rubric.id) == content.rubric);
            rubric.map(|rubric| rubric.key.clone()).unwrap_or_default()
        }
        Field::Campaign => content.campaign.clone(),
        Field::Language => content.language.clone(),
        Field::Channels => {
            let token = |id: &ChannelId| {
                let known = channels.iter().find(|channel| channel.id == *id);
                known.map_or_else(|| id.to_string(), |channel| channels::token(channel, channels))
            };
            let tokens: Vec<String> = row.channels.iter().map(token).collect();
            join(tokens.iter().map(String::as_str), WORDS)
        }
        Field::TimeZone => row.schedule.as_ref().map(|schedule| schedule.zone.clone()).unwrap_or_default(),
        Field::At => row.schedule.as_ref().map(|schedule| at(schedule, row.at)).unwrap_or_default(),
        Field::Date | Field::Time => String::new(),
        Field::Text => content.text.clone(),
        Field::Media => listed(&|media| file(media.asset)),
        Field::Alt if content.media.iter().all(|media| media.alt.is_empty()) => String::new(),
        Field::Alt => listed(&|media| media.alt.clone()),
        Field::Link => content.link.clone().unwrap_or_default(),
        Field::FirstComment => content.first_comment.clone(),
        Field::Labels => join(content.labels.iter().map(String::as_str), WORDS),
        Field::Poll => {
            let options = content.poll.iter().flat_map(|poll| &poll.options);
            join(options.map(String::as_str), PHRASES)
        }
        Field::Extra => extra::write(content, file),
    }
}

/// The time on the wall, with the offset where the wall shows it twice.
fn at(schedule: &Schedule, at: Option<Timestamp>) -> String {
    let wall = wall_text::format(schedule.wall).replace('T', " ");
    let twice = || {
        let zone = time::zone(&schedule.zone).ok()?;
        let problem = time::instant(schedule.wall, &zone, None).err()?;
        let offset = zone.to_offset(at?);
        (problem.code == "wall-twice").then(|| format!("{}{offset}", schedule.wall))
    };
    twice().unwrap_or(wall)
}

/// A line of a table that every spreadsheet opens: cells quoted where they must be, formulas guarded.
pub fn line(text: &mut String, cells: impl Iterator<Item = String>) {
    for (index, cell) in cells.enumerate() {
        if index > 0 {
            text.push(',');
        }
        let cell = guarded(&cell);
        let plain = |c: char| !matches!(c, ',' | '"' | '\n' | '\r');
        if cell.chars().all(plain) && cell.trim() == cell {
            text.push_str(&cell);
        } else {
            text.push('"');
            text.push_str(&cell.replace('"', "\"\""));
            text.push('"');
        }
    }
    text.push_str("\r\n");
}
