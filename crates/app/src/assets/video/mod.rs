//! Reading how long and how large a video is, from its own tables: the boxes of MP4 and QuickTime, the elements of
//! WebM. Nothing is unpacked and no other program is called; what the tables do not say stays unknown.

use sarafan_domain::asset::AssetKind;
use sarafan_domain::problem::Problem;

use super::kind::Found;

mod mp4;
mod webm;

/// Reads an MP4 or QuickTime file, or says what else it is in that box format.
pub(super) fn look_mp4(bytes: &[u8]) -> Result<Found, Problem> {
    let brand = bytes.get(8..12).unwrap_or_default();
    match brand {
        b"heic" | b"heix" | b"hevc" | b"mif1" | b"msf1" | b"avif" | b"avis" => {
            return Err(Problem::error("picture-type", "file"));
        }
        b"M4A " | b"M4B " => {
            return Ok(Found { kind: AssetKind::Document, mime: "audio/mp4", width: 0, height: 0, seconds: None });
        }
        _ => {}
    }
    let mime = if brand == b"qt  " { "video/quicktime" } else { "video/mp4" };
    found(mime, mp4::read(bytes))
}

/// Reads a WebM file.
pub(super) fn look_webm(bytes: &[u8]) -> Result<Found, Problem> {
    found("video/webm", webm::read(bytes))
}

fn found(mime: &'static str, facts: Option<Facts>) -> Result<Found, Problem> {
    let facts = facts.ok_or_else(|| Problem::error("file-broken", "file"))?;
    let seconds = facts.seconds.filter(|seconds| seconds.is_finite() && *seconds > 0.0);
    Ok(Found { kind: AssetKind::Video, mime, width: facts.width, height: facts.height, seconds })
}

/// What the tables say.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
struct Facts {
    width: u32,
    height: u32,
    seconds: Option<f64>,
}

#[expect(clippy::as_conversions, reason = "a duration; exact up to 2^53 units")]
fn real(number: u64) -> f64 {
    number as f64
}
