//! The `extra` column: what a post has and no other column can say, as JSON. Our export writes it where it is
//! needed, so that a plan that goes out and comes back loses nothing; people need not touch it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::POLL_HOURS;
use crate::id::AssetId;
use crate::post::{Content, MediaRef, VariantPatch};
use crate::problem::Problem;

#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Extra {
    #[serde(skip_serializing_if = "Option::is_none")]
    poll_hours: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    poll_multiple: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    delete_after_minutes: Option<u32>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    options: BTreeMap<String, BTreeMap<String, String>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    variants: Vec<Patch>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Patch {
    target: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    media: Option<Vec<File>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    first_comment: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    link: Option<String>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    file: String,
    #[serde(default)]
    alt: String,
}

fn parse(cell: &str) -> Option<Extra> {
    if cell.trim().is_empty() { Some(Extra::default()) } else { serde_json::from_str(cell).ok() }
}

/// The media files that the cell names.
pub(super) fn media(cell: &str) -> Vec<String> {
    let variants = parse(cell).map(|extra| extra.variants).unwrap_or_default();
    variants.into_iter().filter_map(|patch| patch.media).flatten().map(|file| file.file).collect()
}

/// Lays the cell over a post; the problems are `extra-unreadable` and `media-missing`.
pub(super) fn read(cell: &str, content: &mut Content, asset: &dyn Fn(&str) -> Option<AssetId>) -> Vec<Problem> {
    let Some(extra) = parse(cell) else { return vec![Problem::error("extra-unreadable", "extra")] };
    let mut problems = Vec::new();
    content.delete_after_minutes = extra.delete_after_minutes;
    content.options = extra.options;
    if let Some(poll) = &mut content.poll {
        poll.hours = extra.poll_hours.unwrap_or(poll.hours);
        poll.multiple = extra.poll_multiple.unwrap_or(poll.multiple);
    }
    for patch in extra.variants {
        let media = patch.media.map(|files| {
            let found = files.into_iter().filter_map(|file| match asset(&file.file) {
                Some(asset) => Some(MediaRef { asset, alt: file.alt }),
                None => {
                    problems.push(Problem::error("media-missing", "media").with("file", file.file));
                    None
                }
            });
            found.collect()
        });
        let (text, first_comment, link) = (patch.text, patch.first_comment, patch.link);
        content.variants.push(VariantPatch { target: patch.target, text, media, first_comment, link });
    }
    problems
}

/// The cell of a post; empty where the other columns say it all.
pub(super) fn write(content: &Content, file: &dyn Fn(AssetId) -> String) -> String {
    let poll = content.poll.as_ref();
    let variants = content.variants.iter().map(|patch| Patch {
        target: patch.target.clone(),
        text: patch.text.clone(),
        media: patch
            .media
            .as_ref()
            .map(|media| media.iter().map(|one| File { file: file(one.asset), alt: one.alt.clone() }).collect()),
        first_comment: patch.first_comment.clone(),
        link: patch.link.clone(),
    });
    let extra = Extra {
        poll_hours: poll.map(|poll| poll.hours).filter(|hours| *hours != POLL_HOURS),
        poll_multiple: poll.map(|poll| poll.multiple).filter(|multiple| *multiple),
        delete_after_minutes: content.delete_after_minutes,
        options: content.options.clone(),
        variants: variants.collect(),
    };
    if extra == Extra::default() { String::new() } else { serde_json::to_string(&extra).unwrap_or_default() }
}
