//! Limits are data, checked in one place for the composer, the API and the worker, without a single call.
//!
//! Deliberately absent: what only one network knows (that is `Network::check`, asked at the end of [`check`]) and
//! what is wrong with a post whatever the network (that is `Content::check`).
//!
//! Every code with its arguments; the sentences are `problem-<code>` in the texts. `n` counts from 1.
//!
//! | code | field | arguments |
//! |---|---|---|
//! | `text-too-long` | text | count, max, over, part, parts; fix `split_thread`; span |
//! | `text-too-many-bytes` | text | count, max, over, part, parts; fix `split_thread`; span |
//! | `post-empty` | text | |
//! | `thread-unsupported` | text | network, parts |
//! | `link-dropped` (warning) | link | network |
//! | `first-comment-unsupported` (warning) | first_comment | network |
//! | `first-comment-too-long` | first_comment | count, max |
//! | `media-too-many` | media | count, max; fix `drop_extra_media` |
//! | `media-too-few` | media | count, min |
//! | `media-too-many-of-kind` | media | kind, count, max; fix `drop_extra_media` |
//! | `media-mixed` | media | kind |
//! | `media-kind` | media | n, kind |
//! | `media-type` | media | n, type |
//! | `media-too-large` | media | n, bytes, max |
//! | `media-dimensions` | media | n, width, height |
//! | `media-ratio` | media | n, ratio, max; fix `crop_image` for pictures |
//! | `media-too-long` | media | n, seconds, max |
//! | `media-will-be-converted` (warning) | media | n, type, max (bytes); fix `convert_image` or `shrink_image` |
//! | `alt-missing` (warning) | media | n |
//! | `alt-too-long` | media | n, count, max |
//! | `poll-unsupported` | poll | network |
//! | `poll-options` | poll | count, min, max |
//! | `poll-option-too-long` | poll | n, count, max |
//! | `poll-hours-range` | poll | hours, min, max |
//! | `poll-with-media` | poll | network |
//! | `option-missing` | options.KEY | option |
//! | `option-too-long` | options.KEY | option, count, max |
//! | `option-not-url`, `option-not-flag`, `option-not-choice` | options.KEY | option |
//! | `option-number` | options.KEY | option, min, max |
//! | `option-too-many` | options.KEY | option, count, max |
//! | `option-unknown` (warning) | options.KEY | option |

use std::collections::BTreeMap;

use sarafan_domain::asset::{AssetFacts, AssetKind};
use sarafan_domain::post::Variant;
use sarafan_domain::problem::Problem;
use sarafan_domain::text::{Counter, TextUnit};
use serde_json::Value;

use crate::about::{Field, Format, Input};
use crate::{Composed, Network};

mod media;
#[cfg(test)]
mod tests;

pub use media::{Conversion, Fit, fit, fit_format};

/// The length of one part of a post, in the network's own units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PartCount {
    /// So long it is,
    pub count: usize,
    /// so long it may be.
    pub max: usize,
}

/// The lengths that a counter shows, part by part.
pub fn count(network: &dyn Network, variant: &Variant, facts: &Value) -> Vec<PartCount> {
    let format = network.format(variant, facts);
    let composed = network.compose(variant, facts);
    composed.parts.iter().map(|part| PartCount { count: format.counter.count(part), max: format.text_max }).collect()
}

/// What this network would refuse, or what will be different from what the author sees.
///
/// `assets` are the facts of the files in the order of `variant.media`; `facts` is `Channel::facts`.
pub fn check(network: &dyn Network, variant: &Variant, assets: &[AssetFacts], facts: &Value) -> Vec<Problem> {
    let title = network.about().title;
    let format = network.format(variant, facts);
    let composed = network.compose(variant, facts);
    let mut problems = text(variant, &format, &composed, title);
    problems.extend(comment(variant, &format, title));
    problems.extend(media(variant, assets, &format));
    problems.extend(poll(variant, &format, title));
    problems.extend(fields(network.about().options, &variant.options, "options."));
    problems.extend(network.check(variant, facts));
    problems
}

fn text(variant: &Variant, format: &Format, composed: &Composed, title: &'static str) -> Vec<Problem> {
    let mut problems = Vec::new();
    let empty = composed.parts.iter().all(|part| part.trim().is_empty());
    if format.text_required && empty && variant.media.is_empty() && composed.card.is_none() {
        problems.push(Problem::error("post-empty", "text"));
    }
    let written = variant.parts();
    let parts = composed.parts.len();
    if parts > 1 && !format.thread {
        problems.push(Problem::error("thread-unsupported", "text").with("network", title).with("parts", parts));
    }
    let bytes = Counter::plain(TextUnit::Bytes);
    for (index, part) in composed.parts.iter().enumerate() {
        let own = (format.counter, format.text_max, "text-too-long");
        let in_bytes = format.bytes_max.map(|max| (bytes, max, "text-too-many-bytes"));
        for (counter, max, code) in [Some(own), in_bytes].into_iter().flatten() {
            let count = counter.count(part);
            if count <= max {
                continue;
            }
            let mut problem = Problem::error(code, "text")
                .with("count", count)
                .with("max", max)
                .with("over", count - max)
                .with("part", index + 1)
                .with("parts", parts);
            if format.thread {
                problem = problem.fix("split_thread");
            }
            problem.span = written.get(index).and_then(|own| span(&variant.text, own, part, counter, max));
            problems.push(problem);
            // One sentence about one length is enough.
            break;
        }
    }
    if let Some(link) = &variant.link {
        let shown = composed.card.is_some() || composed.parts.iter().any(|part| part.contains(link.as_str()));
        if !shown {
            problems.push(Problem::warning("link-dropped", "link").with("network", title));
        }
    }
    problems
}

/// Where in the whole text the overflow of one part lies, in UTF-16 units. What the connector added behind the
/// author's words is not in the author's text and cannot be marked.
fn span(text: &str, own: &str, composed: &str, counter: Counter, max: usize) -> Option<(usize, usize)> {
    if !composed.starts_with(own) {
        return None;
    }
    // `own` is a slice of `text`; searching for it would find the wrong one where two parts are alike.
    let at = own.as_ptr().addr().checked_sub(text.as_ptr().addr())?;
    let before = text.get(..at)?.encode_utf16().count();
    let end = own.encode_utf16().count();
    let (from, _) = counter.overflow(composed, max)?;
    (from < end).then_some((before + from, before + end))
}

fn comment(variant: &Variant, format: &Format, title: &'static str) -> Vec<Problem> {
    if variant.first_comment.trim().is_empty() {
        return Vec::new();
    }
    if !format.first_comment {
        return vec![Problem::warning("first-comment-unsupported", "first_comment").with("network", title)];
    }
    let count = format.counter.count(&variant.first_comment);
    if count > format.text_max {
        let problem = Problem::error("first-comment-too-long", "first_comment");
        return vec![problem.with("count", count).with("max", format.text_max)];
    }
    Vec::new()
}

fn media(variant: &Variant, assets: &[AssetFacts], format: &Format) -> Vec<Problem> {
    let mut problems = Vec::new();
    let count = variant.media.len();
    let (min, max) = format.media;
    if count < min {
        problems.push(Problem::error("media-too-few", "media").with("count", count).with("min", min));
    }
    if count > max {
        let problem = Problem::error("media-too-many", "media").with("count", count).with("max", max);
        problems.push(problem.fix("drop_extra_media"));
    }
    for rule in format.rules.iter() {
        let same = assets.iter().filter(|facts| facts.kind == rule.kind).count();
        // More than fits into the post at all was said above.
        if same > rule.max_count && rule.max_count < max {
            let problem = Problem::error("media-too-many-of-kind", "media").with("kind", rule.kind.code());
            problems.push(problem.with("count", same).with("max", rule.max_count).fix("drop_extra_media"));
        }
        if same > 0 && same < assets.len() && !rule.mixes {
            problems.push(Problem::error("media-mixed", "media").with("kind", rule.kind.code()));
        }
    }
    for (index, facts) in assets.iter().enumerate() {
        match fit_format(format, facts) {
            Fit::AsIs => {}
            Fit::Convert(conversion) => {
                problems.push(media::will_be_converted(&conversion, facts).with("n", index + 1));
            }
            Fit::Refuse(problem) => problems.push(problem.with("n", index + 1)),
        }
    }
    for (index, reference) in variant.media.iter().enumerate() {
        let alt = reference.alt.trim();
        let shows = assets.get(index).is_none_or(|facts| matches!(facts.kind, AssetKind::Image | AssetKind::Gif));
        let count = alt.chars().count();
        if format.alt_max == 0 {
        } else if alt.is_empty() && shows {
            problems.push(Problem::warning("alt-missing", "media").with("n", index + 1));
        } else if count > format.alt_max {
            let problem = Problem::error("alt-too-long", "media").with("n", index + 1);
            problems.push(problem.with("count", count).with("max", format.alt_max));
        }
    }
    problems
}

fn poll(variant: &Variant, format: &Format, title: &'static str) -> Vec<Problem> {
    let Some(poll) = &variant.poll else { return Vec::new() };
    let Some(rule) = &format.poll else {
        return vec![Problem::error("poll-unsupported", "poll").with("network", title)];
    };
    let mut problems = Vec::new();
    let (min, max) = rule.options;
    let count = poll.options.len();
    if count < min || count > max {
        let problem = Problem::error("poll-options", "poll").with("count", count);
        problems.push(problem.with("min", min).with("max", max));
    }
    for (index, option) in poll.options.iter().enumerate() {
        let count = Counter::plain(TextUnit::Graphemes).count(option);
        if count > rule.option_max {
            let problem = Problem::error("poll-option-too-long", "poll").with("n", index + 1);
            problems.push(problem.with("count", count).with("max", rule.option_max));
        }
    }
    let (min, max) = rule.hours;
    if poll.hours < min || poll.hours > max {
        let problem = Problem::error("poll-hours-range", "poll").with("hours", poll.hours);
        problems.push(problem.with("min", min).with("max", max));
    }
    if !rule.media && !variant.media.is_empty() {
        problems.push(Problem::error("poll-with-media", "poll").with("network", title));
    }
    problems
}

/// What is wrong with the values of a form; `prefix` stands before the key in `Problem::field`.
///
/// The same for the options of a post and for the form that connects a channel.
pub fn fields(fields: &[Field], values: &BTreeMap<String, String>, prefix: &str) -> Vec<Problem> {
    let mut problems = Vec::new();
    let named = |mut problem: Problem, key: &str| {
        problem.field = format!("{prefix}{key}").into();
        problem.with("option", key)
    };
    for field in fields {
        let value = values.get(field.key).map(|value| value.trim()).unwrap_or_default();
        if !value.is_empty() {
            problems.extend(wrong(&field.input, value).map(|problem| named(problem, field.key)));
        } else if field.required {
            problems.push(named(Problem::error("option-missing", ""), field.key));
        }
    }
    for key in values.keys() {
        if !fields.iter().any(|field| field.key == key) {
            problems.push(named(Problem::warning("option-unknown", ""), key));
        }
    }
    problems
}

fn wrong(input: &Input, value: &str) -> Option<Problem> {
    let too_long = |max: usize| {
        let count = value.chars().count();
        (count > max).then(|| Problem::error("option-too-long", "").with("count", count).with("max", max))
    };
    match input {
        Input::Text { max } | Input::Multiline { max } => too_long(*max),
        Input::Secret => too_long(MAX_SECRET),
        Input::Url => (!is_address(value)).then(|| Problem::error("option-not-url", "")),
        Input::Flag => (!matches!(value, "true" | "false")).then(|| Problem::error("option-not-flag", "")),
        Input::Choice(choices) => (!choices.contains(&value)).then(|| Problem::error("option-not-choice", "")),
        Input::Number { min, max } => {
            let good = value.parse::<i64>().is_ok_and(|number| (*min..=*max).contains(&number));
            (!good).then(|| Problem::error("option-number", "").with("min", *min).with("max", *max))
        }
        Input::List { max_items } => {
            let count = value.split(',').filter(|item| !item.trim().is_empty()).count();
            let problem = || Problem::error("option-too-many", "").with("count", count).with("max", *max_items);
            (count > *max_items).then(problem)
        }
    }
}

/// A web address, or the name of a server without a scheme, as people type it.
fn is_address(value: &str) -> bool {
    let host = |text: &str| {
        let url = url::Url::parse(text).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
        url.and_then(|url| url.host_str().map(str::to_owned))
    };
    match value.contains("://") {
        true => host(value).is_some(),
        false => host(&format!("https://{value}")).is_some_and(|host| host.contains('.')),
    }
}

/// No network's secret is longer; what is longer was pasted by mistake.
const MAX_SECRET: usize = 4096;
