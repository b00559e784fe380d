//! The elements of WebM (EBML, RFC 8794): each has an id, a length and a content, which may be elements.

use super::{Facts, real};

const EBML: u32 = 0x1a45_dfa3;
const DOC_TYPE: u32 = 0x4282;
const SEGMENT: u32 = 0x1853_8067;
const INFO: u32 = 0x1549_a966;
const TIMESTAMP_SCALE: u32 = 0x2a_d7b1;
const DURATION: u32 = 0x4489;
const TRACKS: u32 = 0x1654_ae6b;
const TRACK: u32 = 0xae;
const VIDEO: u32 = 0xe0;
const WIDTH: u32 = 0xb0;
const HEIGHT: u32 = 0xba;
const CLUSTER: u32 = 0x1f43_b675;

/// No honest file has more elements in one, clusters apart.
const MOST: usize = 10_000;

/// Length and size; `None` where it is not WebM, has no video or is cut off before its pixels begin. A recording of
/// a browser often does not say its length.
pub(super) fn read(bytes: &[u8]) -> Option<Facts> {
    let (_, head) = elements(bytes).find(|(id, _)| *id == EBML)?;
    let (_, kind) = elements(head).find(|(id, _)| *id == DOC_TYPE)?;
    if kind.strip_suffix(b"\0").unwrap_or(kind) != b"webm" {
        return None;
    }
    let (_, segment) = elements(bytes).find(|(id, _)| *id == SEGMENT)?;
    let (mut seconds, mut size) = (None, None);
    for (id, content) in elements(segment) {
        match id {
            INFO => seconds = duration(content),
            TRACKS => size = elements(content).filter(|(id, _)| *id == TRACK).find_map(|(_, track)| video_size(track)),
            CLUSTER => return size.map(|(width, height)| Facts { width, height, seconds }),
            _ => {}
        }
    }
    None
}

/// The elements in a row. One of unknown length, and one that is cut off, reach to the end.
fn elements(mut rest: &[u8]) -> impl Iterator<Item = (u32, &[u8])> {
    let mut left = MOST;
    std::iter::from_fn(move || {
        left = left.checked_sub(1)?;
        let (id, tail) = number(rest, 4, false)?;
        let (length, tail) = number(tail, 8, true)?;
        let length = usize::try_from(length).unwrap_or(usize::MAX).min(tail.len());
        let (content, after) = tail.split_at_checked(length)?;
        rest = after;
        Some((u32::try_from(id).ok()?, content))
    })
}

/// A number whose first byte tells its length by the zeros before its first one; that one is taken out of lengths.
/// All ones in a length mean "unknown".
fn number(bytes: &[u8], most: usize, masked: bool) -> Option<(u64, &[u8])> {
    let first = *bytes.first()?;
    let length = usize::try_from(first.leading_zeros()).ok()? + 1;
    if length > most {
        return None;
    }
    let (own, tail) = bytes.split_at_checked(length)?;
    let value = whole(own);
    if !masked {
        return Some((value, tail));
    }
    let mask = (1_u64 << (7 * length)) - 1;
    Some((if value & mask == mask { u64::MAX } else { value & mask }, tail))
}

fn whole(bytes: &[u8]) -> u64 {
    bytes.iter().take(8).fold(0, |number, byte| (number << 8) | u64::from(*byte))
}

fn duration(info: &[u8]) -> Option<f64> {
    let scale = elements(info).find(|(id, _)| *id == TIMESTAMP_SCALE).map_or(1_000_000, |(_, content)| whole(content));
    let (_, length) = elements(info).find(|(id, _)| *id == DURATION)?;
    let length = match length {
        [a, b, c, d] => f64::from(f32::from_be_bytes([*a, *b, *c, *d])),
        _ => f64::from_be_bytes(*length.first_chunk()?),
    };
    Some(length * real(scale) / 1e9)
}

fn video_size(track: &[u8]) -> Option<(u32, u32)> {
    let (_, video) = elements(track).find(|(id, _)| *id == VIDEO)?;
    let side = |wanted: u32| {
        let (_, content) = elements(video).find(|(id, _)| *id == wanted)?;
        u32::try_from(whole(content)).ok().filter(|side| *side > 0)
    };
    Some((side(WIDTH)?, side(HEIGHT)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn element(id: u32, content: &[u8]) -> Vec<u8> {
        let id = id.to_be_bytes().into_iter().skip_while(|byte| *byte == 0).collect::<Vec<_>>();
        let length = (u64::try_from(content.len()).unwrap() | 1 << 56).to_be_bytes();
        [&id[..], &length, content].concat()
    }

    fn file(kind: &[u8], info: &[u8], unknown_length: bool) -> Vec<u8> {
        let video = element(VIDEO, &[element(WIDTH, &[2, 128]), element(HEIGHT, &[1, 104])].concat());
        let tracks = element(TRACKS, &element(TRACK, &video));
        let content = [element(INFO, info), tracks, element(CLUSTER, &[0; 50])].concat();
        let segment = if unknown_length {
            [&SEGMENT.to_be_bytes()[..], b"\x01\xff\xff\xff\xff\xff\xff\xff", &content].concat()
        } else {
            element(SEGMENT, &content)
        };
        [element(EBML, &element(DOC_TYPE, kind)), segment].concat()
    }

    #[test]
    fn size_and_length_come_from_the_elements() {
        let eight = element(DURATION, &4_200_f64.to_be_bytes());
        let four = [element(TIMESTAMP_SCALE, &[0x1e, 0x84, 0x80]), element(DURATION, &100_f32.to_be_bytes())].concat();
        let rows = [
            ("plain", file(b"webm", &eight, false), Some(Some(4.2))),
            ("own scale", file(b"webm", &four, false), Some(Some(0.2))),
            ("of a browser", file(b"webm", &[], true), Some(None)),
            ("Matroska", file(b"matroska", &eight, false), None),
            ("nothing", Vec::new(), None),
        ];
        for (name, bytes, seconds) in rows {
            let facts = read(&bytes);
            assert_eq!(facts.map(|facts| (facts.width, facts.height)), seconds.map(|_| (640, 360)), "{name}");
            assert_eq!(facts.map(|facts| facts.seconds), seconds, "{name}");
        }
    }

    #[test]
    fn a_file_that_is_cut_before_its_pixels_is_no_video() {
        let whole = file(b"webm", &[], false);
        for cut in 0..whole.len() - 65 {
            assert_eq!(read(&whole[..cut]), None, "cut at {cut}");
        }
    }
}
