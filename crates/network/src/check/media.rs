//! Does a file fit a network, and what would make it fit? Decides only; converting is the library's work.

use sarafan_domain::asset::{AssetFacts, AssetKind};
use sarafan_domain::problem::Problem;

use crate::about::{Format, MediaRule};

/// What must happen to a file before a network takes it.
#[derive(Debug, Clone, PartialEq)]
pub enum Fit {
    /// Nothing.
    AsIs,
    /// It is sent as another picture.
    Convert(Conversion),
    /// No conversion of ours helps; a person must choose another file or cut it.
    Refuse(Problem),
}

/// The limits that the converted picture keeps. Proportions stay as they are.
#[derive(Debug, Clone, PartialEq)]
pub struct Conversion {
    /// Media type to write.
    pub mime: &'static str,
    /// Largest file in bytes.
    pub max_bytes: u64,
    /// Longest side in pixels.
    pub max_side: Option<u32>,
    /// Most pixels in all.
    pub max_pixels: Option<u64>,
    /// Most width plus height.
    pub max_sum: Option<u32>,
    /// Longer side over shorter side at most; holds already and must not be lost by rounding.
    pub max_ratio: Option<f64>,
}

/// The picture types we can read.
const READABLE: [&str; 4] = ["image/jpeg", "image/png", "image/gif", "image/webp"];
/// The picture types we write, the smallest result for photographs first.
const WRITABLE: [&str; 2] = ["image/jpeg", "image/png"];

/// Does a file fit the rule of its kind in this format?
pub fn fit_format(format: &Format, facts: &AssetFacts) -> Fit {
    match format.rules.iter().find(|rule| rule.kind == facts.kind) {
        Some(rule) => fit(rule, facts),
        None => Fit::Refuse(Problem::error("media-kind", "media").with("kind", facts.kind.code())),
    }
}

/// Does a file fit this rule?
pub fn fit(rule: &MediaRule, facts: &AssetFacts) -> Fit {
    if let Some(max) = rule.max_seconds.filter(|max| facts.seconds.is_some_and(|seconds| seconds > *max)) {
        let seconds = facts.seconds.unwrap_or_default();
        return Fit::Refuse(Problem::error("media-too-long", "media").with("seconds", seconds).with("max", max));
    }
    if let Some(max) = rule.max_ratio.filter(|max| facts.ratio() > *max) {
        let problem = Problem::error("media-ratio", "media").with("ratio", facts.ratio()).with("max", max);
        return Fit::Refuse(if rule.kind == AssetKind::Image { problem.fix("crop_image") } else { problem });
    }
    let type_ok = rule.types.contains(&facts.mime.as_str());
    let bytes_ok = facts.bytes <= rule.max_bytes;
    let size_ok = fits_size(rule, facts);
    if type_ok && bytes_ok && size_ok {
        return Fit::AsIs;
    }
    if rule.kind == AssetKind::Image && READABLE.contains(&facts.mime.as_str()) {
        let keep = WRITABLE.into_iter().find(|mime| *mime == facts.mime && type_ok && bytes_ok);
        if let Some(mime) = keep.or_else(|| WRITABLE.into_iter().find(|mime| rule.types.contains(mime))) {
            return Fit::Convert(Conversion {
                mime,
                max_bytes: rule.max_bytes,
                max_side: rule.max_side,
                max_pixels: rule.max_pixels,
                max_sum: rule.max_sum,
                max_ratio: rule.max_ratio,
            });
        }
    }
    Fit::Refuse(if !type_ok {
        Problem::error("media-type", "media").with("type", facts.mime.as_str())
    } else if !bytes_ok {
        Problem::error("media-too-large", "media").with("bytes", facts.bytes).with("max", rule.max_bytes)
    } else {
        Problem::error("media-dimensions", "media").with("width", facts.width).with("height", facts.height)
    })
}

fn fits_size(rule: &MediaRule, facts: &AssetFacts) -> bool {
    let (width, height) = (facts.width, facts.height);
    rule.max_side.is_none_or(|max| width.max(height) <= max)
        && rule.max_pixels.is_none_or(|max| u64::from(width) * u64::from(height) <= max)
        && rule.max_sum.is_none_or(|max| width.saturating_add(height) <= max)
}

/// The warning for a file that will be sent as another picture: nothing to do for the author, but to be seen.
pub(super) fn will_be_converted(conversion: &Conversion, facts: &AssetFacts) -> Problem {
    let fix = if conversion.mime == facts.mime { "shrink_image" } else { "convert_image" };
    Problem::warning("media-will-be-converted", "media")
        .with("type", conversion.mime)
        .with("max", conversion.max_bytes)
        .fix(fix)
}
