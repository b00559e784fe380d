//! Pictures made on the spot: each is refused, read or converted as its row says.

use image::{Rgba, RgbaImage};
use sarafan_network::check::Conversion;

use super::*;

fn packed(picture: &DynamicImage, format: image::ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// Noise packs badly, so that limits are hard to keep.
fn noise(width: u32, height: u32) -> DynamicImage {
    let mut seed = 1_u32;
    let mut next = move || {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        seed.to_be_bytes()[0]
    };
    DynamicImage::ImageRgb8(image::RgbImage::from_fn(width, height, |_, _| image::Rgb([next(), next(), next()])))
}

fn to(mime: &'static str, max_bytes: u64) -> Conversion {
    Conversion { mime, max_bytes, max_side: None, max_pixels: None, max_sum: None, max_ratio: None }
}

/// A PNG whose header promises a size that its pixels do not have.
fn png_that_promises(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = packed(&noise(2, 2), image::ImageFormat::Png);
    bytes[16..20].copy_from_slice(&width.to_be_bytes());
    bytes[20..24].copy_from_slice(&height.to_be_bytes());
    // The checksum is checked too, so it must be right for the decoder to come as far as the size.
    let crc = crc(&bytes[12..29]);
    bytes[29..33].copy_from_slice(&crc.to_be_bytes());
    bytes
}

fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |crc: u32, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 })
    })
}

/// A JPEG with the EXIF orientation that says "turn me right".
fn turned(width: u32, height: u32) -> Vec<u8> {
    let jpeg = packed(&noise(width, height), image::ImageFormat::Jpeg);
    let tiff = b"MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
    let length = u16::try_from(2 + 6 + tiff.len()).unwrap().to_be_bytes();
    [&jpeg[..2], b"\xff\xe1", &length, b"Exif\0\0", tiff, &jpeg[2..]].concat()
}

fn gif(frames: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = image::codecs::gif::GifEncoder::new(&mut bytes);
    for _ in 0..frames {
        let frame = image::Frame::from_parts(noise(8, 4).into_rgba8(), 0, 0, image::Delay::from_numer_denom_ms(500, 1));
        encoder.encode_frame(frame).unwrap();
    }
    drop(encoder);
    bytes
}

#[test]
fn pictures_are_read_or_refused() {
    let whole = packed(&noise(40, 30), image::ImageFormat::Jpeg);
    let half_png = packed(&noise(40, 30), image::ImageFormat::Png);
    let rows: [(&str, Vec<u8>, Type, &str); 10] = [
        ("whole", whole.clone(), Type::Jpeg, "40x30"),
        ("turned", turned(40, 30), Type::Jpeg, "30x40"),
        ("cut JPEG", whole[..whole.len() - 200].to_vec(), Type::Jpeg, "file-broken"),
        ("JPEG without its last mark", whole[..whole.len() - 2].to_vec(), Type::Jpeg, "file-broken"),
        ("something behind its end", [&whole[..], b"trailer"].concat(), Type::Jpeg, "40x30"),
        ("cut PNG", half_png[..half_png.len() / 2].to_vec(), Type::Png, "file-broken"),
        ("a bomb", png_that_promises(30_000, 30_000), Type::Png, "picture-too-large"),
        ("a wide bomb", png_that_promises(2_000_000, 10), Type::Png, "picture-too-large"),
        ("WebP", packed(&noise(7, 5), image::ImageFormat::WebP), Type::Webp, "7x5"),
        ("not a JPEG at all", b"\xff\xd8\xff".to_vec(), Type::Jpeg, "file-broken"),
    ];
    for (name, bytes, kind, expected) in rows {
        let got = match look(&bytes, kind) {
            Ok(found) => format!("{}x{}", found.width, found.height),
            Err(problem) => problem.code.into_owned(),
        };
        assert_eq!(got, expected, "{name}");
    }
}

#[test]
fn only_a_gif_that_moves_is_an_animation() {
    let still = look(&gif(1), Type::Gif).unwrap();
    assert_eq!((still.kind, still.seconds), (AssetKind::Image, None));
    let moving = look(&gif(3), Type::Gif).unwrap();
    assert_eq!((moving.kind, moving.seconds, moving.width), (AssetKind::Gif, Some(1.5), 8));
    let bytes = gif(3);
    assert_eq!(look(&bytes[..bytes.len() / 2], Type::Gif).unwrap_err().code, "file-broken");
}

#[test]
fn a_turned_picture_is_known_by_its_first_bytes_and_packed_upright() {
    let bytes = turned(400, 300);
    assert!(is_turned(&bytes[..200], Type::Jpeg));
    assert!(!is_turned(&packed(&noise(4, 3), image::ImageFormat::Jpeg), Type::Jpeg));
    let upright = upright(&unpack(&bytes, Type::Jpeg).unwrap(), Type::Jpeg).unwrap();
    assert_eq!((upright.width, upright.height), (300, 400));
    assert!(!is_turned(&upright.bytes, Type::Jpeg));
    let again = look(&upright.bytes, Type::Jpeg).unwrap();
    assert_eq!((again.width, again.height), (300, 400));
}

#[test]
fn conversions_keep_every_limit_and_the_proportions() {
    let side = Conversion { max_side: Some(100), ..to("image/jpeg", 1_000_000) };
    let sum = Conversion { max_sum: Some(150), ..to("image/png", 1_000_000) };
    let few = Conversion { max_pixels: Some(1000), ..to("image/jpeg", 1_000_000) };
    let rows = [
        ("as it is", to("image/jpeg", 1_000_000), 400, 300),
        ("longest side", side, 100, 75),
        ("width plus height", sum, 85, 64),
        ("pixels", few, 36, 27),
    ];
    for (name, conversion, width, height) in rows {
        let picture = Picture { pixels: noise(400, 300), icc: None };
        let made = convert(picture, &conversion).unwrap();
        assert_eq!((made.width, made.height), (width, height), "{name}");
        let kind = Type::of(conversion.mime).unwrap();
        let found = look(&made.bytes, kind).unwrap();
        assert_eq!((found.width, found.height), (width, height), "{name}");
    }
}

#[test]
fn a_picture_is_made_smaller_until_its_file_fits() {
    for (mime, max) in [("image/jpeg", 60_000), ("image/jpeg", 9_000), ("image/png", 60_000)] {
        let made = convert(Picture { pixels: noise(400, 300), icc: None }, &to(mime, max)).unwrap();
        assert!(made.bytes.len() <= usize::try_from(max).unwrap(), "{mime} {max}: {}", made.bytes.len());
        assert!(made.bytes.len() * 4 > usize::try_from(max).unwrap(), "{mime} {max}: needlessly small");
    }
    let impossible = convert(Picture { pixels: noise(400, 300), icc: None }, &to("image/jpeg", 100));
    assert_eq!(impossible.unwrap_err().code, "picture-cannot-fit");
}

#[test]
fn a_ratio_that_holds_is_not_lost_by_rounding() {
    let long = Conversion { max_side: Some(333), max_ratio: Some(20.0), ..to("image/jpeg", 1_000_000) };
    let made = convert(Picture { pixels: noise(2000, 100), icc: None }, &long).unwrap();
    assert!(f64::from(made.width) / f64::from(made.height) <= 20.0, "{}x{}", made.width, made.height);
}

#[test]
fn what_shines_through_becomes_white() {
    let clear = RgbaImage::from_pixel(64, 64, Rgba([255, 0, 0, 0]));
    let picture = Picture { pixels: DynamicImage::ImageRgba8(clear), icc: None };
    let made = convert(picture, &to("image/jpeg", 100_000)).unwrap();
    let shown = unpack(&made.bytes, Type::Jpeg).unwrap().pixels.into_rgb8();
    assert!(shown.pixels().all(|pixel| pixel.0.iter().all(|channel| *channel > 250)));
}

#[test]
fn thumbnails_fit_and_are_never_larger_than_the_picture() {
    let (small, bytes) = thumb(&noise(400, 300), 160).unwrap();
    assert_eq!((small.width(), small.height()), (160, 120));
    assert!(bytes.starts_with(b"\xff\xd8\xff"));
    let (small, _) = thumb(&noise(40, 30), 160).unwrap();
    assert_eq!((small.width(), small.height()), (40, 30));
    let clear = DynamicImage::ImageRgba8(RgbaImage::from_pixel(8, 8, Rgba([1, 2, 3, 9])));
    assert!(thumb(&clear, 160).unwrap().1.starts_with(b"RIFF"));
}
