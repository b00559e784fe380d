//! Pictures without what they tell beside what they show: where and when a photograph was taken, with which camera,
//! and what programs wrote into it. Pixels are not touched, and the colour profile stays, for it belongs to them.

use bytes::Bytes;
use img_parts::jpeg::{Jpeg, markers};
use img_parts::png::Png;
use img_parts::webp::WebP;

use super::Type;

/// Chunks of PNG that tell something else than the picture.
const PNG_WORDS: [&[u8; 4]; 5] = [b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"];
/// The same of WebP.
const WEBP_WORDS: [[u8; 4]; 2] = [*b"EXIF", *b"XMP "];

/// The picture without its words about itself; `None` where it has none, or where its parts cannot be told apart.
pub(in crate::assets) fn clean(bytes: &Bytes, kind: Type) -> Option<Vec<u8>> {
    match kind {
        Type::Jpeg => jpeg(bytes),
        Type::Png => png(bytes),
        Type::Webp => webp(bytes),
        // Comments of GIF come from programs, not from cameras, and hold no place.
        Type::Gif => None,
    }
}

fn jpeg(bytes: &Bytes) -> Option<Vec<u8>> {
    let mut jpeg = Jpeg::from_bytes(bytes.clone()).ok()?;
    let before = jpeg.segments().len();
    // APP1 is EXIF or XMP, APP13 what agencies write, COM anything.
    jpeg.segments_mut().retain(|part| !matches!(part.marker(), markers::APP1 | markers::APP13 | markers::COM));
    (jpeg.segments().len() < before).then(|| jpeg.encoder().bytes().to_vec())
}

fn png(bytes: &Bytes) -> Option<Vec<u8>> {
    let mut png = Png::from_bytes(bytes.clone()).ok()?;
    let before = png.chunks().len();
    png.chunks_mut().retain(|part| !PNG_WORDS.contains(&&part.kind()));
    (png.chunks().len() < before).then(|| png.encoder().bytes().to_vec())
}

fn webp(bytes: &Bytes) -> Option<Vec<u8>> {
    let mut webp = WebP::from_bytes(bytes.clone()).ok()?;
    let before = webp.chunks().len();
    for kind in WEBP_WORDS {
        webp.remove_chunks_by_id(kind);
    }
    if webp.chunks().len() == before {
        return None;
    }
    let mut bytes = webp.encoder().bytes().to_vec();
    // The head of the extended format says which chunks there are: bit 3 EXIF, bit 2 XMP.
    if bytes.get(12..16) == Some(b"VP8X")
        && let Some(flags) = bytes.get_mut(20)
    {
        *flags &= !0b1100;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use img_parts::riff::{RiffChunk, RiffContent};

    use super::*;

    /// The extended head of a picture that says that EXIF follows, then the picture.
    fn tagged() -> WebP {
        let mut pixels = Vec::new();
        let picture = image::DynamicImage::new_rgb8(3, 2);
        picture.write_to(&mut std::io::Cursor::new(&mut pixels), image::ImageFormat::WebP).unwrap();
        let mut webp = WebP::from_bytes(pixels.into()).unwrap();
        let head = Bytes::from_static(&[0b1000, 0, 0, 0, 2, 0, 0, 1, 0, 0]);
        webp.chunks_mut().insert(0, RiffChunk::new(*b"VP8X", RiffContent::Data(head)));
        webp.chunks_mut().push(RiffChunk::new(*b"EXIF", RiffContent::Data(Bytes::from_static(b"GPS here"))));
        webp
    }

    #[test]
    fn webp_forgets_and_says_that_it_did() {
        let told = tagged().encoder().bytes();
        let clean = clean(&told, Type::Webp).unwrap();
        assert!(!clean.windows(3).any(|window| window == b"GPS"));
        assert_eq!((&clean[12..16], clean[20]), (&b"VP8X"[..], 0));
        assert!(image::load_from_memory(&clean).is_ok());
        assert_eq!(super::clean(&Bytes::from(clean), Type::Webp), None, "there is nothing more to forget");
    }

    #[test]
    fn what_cannot_be_told_apart_is_left_alone() {
        for kind in [Type::Jpeg, Type::Png, Type::Webp, Type::Gif] {
            assert_eq!(clean(&Bytes::from_static(b"not a picture"), kind), None);
        }
    }
}
