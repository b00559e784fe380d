//! The marks of a JPEG: is all of it there, and what does it say about itself? Unpacks nothing.

/// The decoder fills what is missing with grey and says nothing, so the marks of the format are followed to its end.
pub(super) fn is_whole(bytes: &[u8]) -> bool {
    let mut at = 2;
    loop {
        // Between segments: a mark, perhaps after filling bytes.
        let Some([0xff, mark]) = bytes.get(at..at + 2) else { return false };
        match mark {
            0xff => at += 1,
            0xd9 => return true,
            0x01 | 0xd0..=0xd7 => at += 2,
            _ => {
                let Some([high, low]) = bytes.get(at + 2..at + 4) else { return false };
                at += 2 + usize::from(u16::from_be_bytes([*high, *low]));
                if *mark == 0xda {
                    at = end_of_scan(bytes, at);
                }
            }
        }
    }
}

/// Where the packed pixels that begin at `at` end: at the first mark that is neither a stuffed byte nor a restart.
fn end_of_scan(bytes: &[u8], mut at: usize) -> usize {
    while let Some(rest) = bytes.get(at..) {
        let Some(next) = rest.iter().position(|byte| *byte == 0xff) else { return bytes.len() };
        at += next;
        match bytes.get(at + 1) {
            Some(0x00 | 0xd0..=0xd7) => at += 2,
            Some(0xff) => at += 1,
            _ => return at,
        }
    }
    bytes.len()
}

/// The EXIF block of a JPEG.
pub(super) fn exif(bytes: &[u8]) -> Option<&[u8]> {
    let mut at = 2;
    loop {
        let [0xff, mark, high, low] = bytes.get(at..at + 4)? else { return None };
        let length = usize::from(u16::from_be_bytes([*high, *low]));
        let content = bytes.get(at + 4..at + 2 + length)?;
        match (mark, content.strip_prefix(b"Exif\0\0")) {
            (0xe1, Some(exif)) => return Some(exif),
            (0xda | 0xd9, _) => return None,
            _ => at += 2 + length,
        }
    }
}
