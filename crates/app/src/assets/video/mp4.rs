//! The boxes of MP4 and QuickTime (ISO/IEC 14496-12): each has a length, a name and a content, which may be boxes.

use super::{Facts, real};

/// No honest file nests boxes deeper or has more of them in one.
const MOST: usize = 10_000;

/// Length and size, from the `moov` box; `None` where there is no video in it or it is cut off.
pub(super) fn read(bytes: &[u8]) -> Option<Facts> {
    let moov = boxes(bytes).find(|(name, _)| *name == b"moov")?.1;
    let seconds = boxes(moov).find(|(name, _)| *name == b"mvhd").and_then(|(_, content)| duration(content));
    let tracks = boxes(moov).filter(|(name, _)| *name == b"trak");
    let (width, height) = tracks.filter_map(|(_, track)| video_size(track)).next()?;
    // The pixels must be there too, or at least begin: a file of tables alone was cut off.
    boxes(bytes).any(|(name, _)| name == b"mdat" || name == b"moof").then_some(Facts { width, height, seconds })
}

/// The boxes in a row; ends at the first that is cut off.
fn boxes(mut rest: &[u8]) -> impl Iterator<Item = (&[u8; 4], &[u8])> {
    let mut left = MOST;
    std::iter::from_fn(move || {
        left = left.checked_sub(1)?;
        let (head, tail) = rest.split_first_chunk::<4>()?;
        let (name, tail) = tail.split_first_chunk::<4>()?;
        let (length, content) = match u32::from_be_bytes(*head) {
            // To the end of the file.
            0 => (tail.len(), tail),
            1 => {
                let (long, tail) = tail.split_first_chunk::<8>()?;
                (usize::try_from(u64::from_be_bytes(*long)).ok()?.checked_sub(16)?, tail)
            }
            short => (usize::try_from(short).ok()?.checked_sub(8)?, tail),
        };
        // Pixels may be cut off by a range; tables may not.
        let (content, after) = content.split_at_checked(length)?;
        rest = after;
        Some((name, content))
    })
}

fn duration(mvhd: &[u8]) -> Option<f64> {
    let (scale, length) = match mvhd.first()? {
        0 => (u32_at(mvhd, 12)?, u64::from(u32_at(mvhd, 16)?)),
        1 => (u32_at(mvhd, 20)?, u64::from_be_bytes(*mvhd.get(24..)?.first_chunk()?)),
        _ => return None,
    };
    (scale > 0).then(|| real(length) / f64::from(scale))
}

/// The size of a track as shown: width and height change places where its matrix turns it by a quarter.
fn video_size(track: &[u8]) -> Option<(u32, u32)> {
    let media = boxes(track).find(|(name, _)| *name == b"mdia")?.1;
    let handler = boxes(media).find(|(name, _)| *name == b"hdlr")?.1;
    if handler.get(8..12)? != b"vide" {
        return None;
    }
    let head = boxes(track).find(|(name, _)| *name == b"tkhd")?.1;
    let matrix = if *head.first()? == 1 { 52 } else { 40 };
    let (a, b) = (u32_at(head, matrix)?, u32_at(head, matrix + 4)?);
    // Sizes are fixed-point numbers with sixteen bits behind the point.
    let (width, height) = (u32_at(head, matrix + 36)? >> 16, u32_at(head, matrix + 40)? >> 16);
    let quarter = a == 0 && b != 0;
    (width > 0 && height > 0).then_some(if quarter { (height, width) } else { (width, height) })
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|word| u32::from_be_bytes(*word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn boxed(name: &str, content: &[u8]) -> Vec<u8> {
        let length = u32::try_from(content.len() + 8).unwrap().to_be_bytes();
        [&length, name.as_bytes(), content].concat()
    }

    fn track(kind: &str, width: u32, height: u32, turned: bool) -> Vec<u8> {
        let one = 0x0001_0000_u32.to_be_bytes();
        let zero = [0_u8; 4];
        let (a, b) = if turned { (zero, one) } else { (one, zero) };
        let size = [(width << 16).to_be_bytes(), (height << 16).to_be_bytes()].concat();
        let tkhd = [&[0_u8; 40][..], &a, &b, &[0; 28], &size].concat();
        let hdlr = [&[0_u8; 8][..], kind.as_bytes(), &[0; 12]].concat();
        boxed("trak", &[boxed("tkhd", &tkhd), boxed("mdia", &boxed("hdlr", &hdlr))].concat())
    }

    fn file(tracks: &[Vec<u8>]) -> Vec<u8> {
        let mvhd = [&[0_u8; 12][..], &1000_u32.to_be_bytes(), &12_500_u32.to_be_bytes(), &[0; 80]].concat();
        let moov = boxed("moov", &[boxed("mvhd", &mvhd), tracks.concat()].concat());
        [boxed("ftyp", b"isom\0\0\0\0"), boxed("mdat", &[7; 100]), moov].concat()
    }

    #[test]
    fn size_and_length_come_from_the_tables() {
        let sound = track("soun", 0, 0, false);
        let rows = [
            ("wide", file(&[sound.clone(), track("vide", 1920, 1080, false)]), Some((1920, 1080))),
            ("turned", file(&[track("vide", 1920, 1080, true)]), Some((1080, 1920))),
            ("sound only", file(&[sound]), None),
            ("no tables", boxed("ftyp", b"isom\0\0\0\0"), None),
            ("nothing", Vec::new(), None),
        ];
        for (name, bytes, size) in rows {
            let facts = read(&bytes);
            assert_eq!(facts.map(|facts| (facts.width, facts.height)), size, "{name}");
            assert_eq!(facts.and_then(|facts| facts.seconds), size.map(|_| 12.5), "{name}");
        }
    }

    #[test]
    fn a_cut_or_lying_file_is_no_video() {
        let whole = file(&[track("vide", 640, 360, false)]);
        for cut in 0..whole.len() {
            assert_eq!(read(&whole[..cut]), None, "cut at {cut}");
        }
        let mut lying = whole.clone();
        lying[0..4].copy_from_slice(&u32::MAX.to_be_bytes());
        assert_eq!(read(&lying), None);
    }
}
