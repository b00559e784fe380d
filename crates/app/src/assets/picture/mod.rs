//! Pictures: reading them safely and turning them upright. All of it computes and takes time; callers run it aside.
//! Making a picture smaller or another type is in `make`.

use std::io::Cursor;

use image::codecs::gif::GifDecoder;
use image::codecs::jpeg::JpegDecoder;
use image::codecs::png::PngDecoder;
use image::codecs::webp::WebPDecoder;
use image::metadata::Orientation;
use image::{AnimationDecoder, DynamicImage, ImageDecoder, ImageError, ImageReader, Limits};
use sarafan_domain::asset::AssetKind;
use sarafan_domain::problem::Problem;

use super::kind::Found;

mod clean;
mod jpeg;
mod make;
mod size;

pub(super) use clean::clean;
pub(super) use make::{Packed, convert, thumb, upright};

/// The types we read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Type {
    Jpeg,
    Png,
    Gif,
    Webp,
}

impl Type {
    pub(super) fn mime(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Gif => "image/gif",
            Self::Webp => "image/webp",
        }
    }

    pub(super) fn of(mime: &str) -> Option<Self> {
        [Self::Jpeg, Self::Png, Self::Gif, Self::Webp].into_iter().find(|one| one.mime() == mime)
    }
}

/// Most pixels of a picture. The size is asked of the header, before anything is unpacked.
const MAX_PIXELS: u64 = 120_000_000;
/// Longest side.
const MAX_SIDE: u32 = 32_000;
/// Most memory that unpacking may take, in bytes.
const MAX_MEMORY: u64 = 640 * 1024 * 1024;
/// Most pixels of all frames of an animation together, and most frames.
const MAX_ANIMATION: u64 = 500_000_000;
const MAX_FRAMES: u64 = 3000;

/// A picture unpacked and upright: eight bits a channel and only as many channels as are used, with the colour
/// profile that belongs to its pixels.
pub(super) struct Picture {
    pub(super) pixels: DynamicImage,
    icc: Option<Vec<u8>>,
}

/// Unpacks the whole picture to see that it is one.
pub(super) fn look(bytes: &[u8], kind: Type) -> Result<Found, Problem> {
    let found = |kind: AssetKind, mime, (width, height), seconds| Found { kind, mime, width, height, seconds };
    if kind == Type::Gif {
        let (size, frames, seconds) = look_gif(bytes)?;
        let animated = frames > 1;
        let kind = if animated { AssetKind::Gif } else { AssetKind::Image };
        return Ok(found(kind, "image/gif", size, animated.then_some(seconds)));
    }
    let picture = unpack(bytes, kind)?;
    let size = (picture.pixels.width(), picture.pixels.height());
    Ok(found(AssetKind::Image, kind.mime(), size, None))
}

/// Unpacks a picture and turns it upright; of an animation the first frame.
pub(super) fn unpack(bytes: &[u8], kind: Type) -> Result<Picture, Problem> {
    let from = Cursor::new(bytes);
    match kind {
        Type::Jpeg => {
            if !jpeg::is_whole(bytes) {
                return Err(broken());
            }
            pixels(JpegDecoder::new(from).map_err(|_| broken())?)
        }
        Type::Png => pixels(PngDecoder::with_limits(from, limits()).map_err(said)?),
        Type::Gif => pixels(GifDecoder::new(from).map_err(|_| broken())?),
        Type::Webp => pixels(WebPDecoder::new(from).map_err(|_| broken())?),
    }
}

fn pixels(mut decoder: impl ImageDecoder) -> Result<Picture, Problem> {
    check_size(decoder.dimensions())?;
    decoder.set_limits(limits()).map_err(said)?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let gray = !decoder.color_type().has_color();
    // A profile of CMYK pixels says nothing about the RGB they were turned into.
    let space: &[u8] = if gray { b"GRAY" } else { b"RGB " };
    let icc = decoder.icc_profile().ok().flatten().filter(|icc| icc.get(16..20) == Some(space));
    let mut pixels = DynamicImage::from_decoder(decoder).map_err(said)?;
    pixels.apply_orientation(orientation);
    Ok(Picture { pixels: plain(pixels), icc })
}

/// Media type and size, from the header alone.
pub(super) fn size(bytes: &[u8]) -> Result<(&'static str, u32, u32), Problem> {
    let reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|_| broken())?;
    let kind = reader.format().and_then(|format| Type::of(format.to_mime_type())).ok_or_else(broken)?;
    let (width, height) = reader.into_dimensions().map_err(|_| broken())?;
    Ok((kind.mime(), width, height))
}

/// Size, frames and seconds.
fn look_gif(bytes: &[u8]) -> Result<((u32, u32), u64, f64), Problem> {
    let mut decoder = GifDecoder::new(Cursor::new(bytes)).map_err(|_| broken())?;
    let (width, height) = decoder.dimensions();
    check_size((width, height))?;
    decoder.set_limits(limits()).map_err(said)?;
    let each = u64::from(width) * u64::from(height);
    let (mut frames, mut seconds) = (0_u64, 0.0);
    for frame in decoder.into_frames() {
        let (numerator, denominator) = frame.map_err(said)?.delay().numer_denom_ms();
        frames += 1;
        seconds += f64::from(numerator) / f64::from(denominator.max(1)) / 1000.0;
        if frames > MAX_FRAMES || frames * each > MAX_ANIMATION {
            return Err(Problem::error("animation-too-long", "file").with("frames", MAX_FRAMES));
        }
    }
    if frames == 0 { Err(broken()) } else { Ok(((width, height), frames, seconds)) }
}

/// Would it be shown turned? Reads the beginning of a JPEG, or the whole of another picture.
pub(super) fn is_turned(bytes: &[u8], kind: Type) -> bool {
    let from = Cursor::new(bytes);
    let orientation = match kind {
        Type::Jpeg => jpeg::exif(bytes).and_then(Orientation::from_exif_chunk),
        Type::Png => PngDecoder::with_limits(from, limits()).ok().and_then(|mut decoder| decoder.orientation().ok()),
        Type::Webp => WebPDecoder::new(from).ok().and_then(|mut decoder| decoder.orientation().ok()),
        Type::Gif => None,
    };
    orientation.is_some_and(|orientation| orientation != Orientation::NoTransforms)
}

/// Eight bits a channel, and only as many channels as are used.
fn plain(pixels: DynamicImage) -> DynamicImage {
    match pixels {
        DynamicImage::ImageRgb8(_) | DynamicImage::ImageLuma8(_) | DynamicImage::ImageRgba8(_) => pixels,
        other if other.color().has_alpha() => DynamicImage::ImageRgba8(other.into_rgba8()),
        other if other.color().has_color() => DynamicImage::ImageRgb8(other.into_rgb8()),
        other => DynamicImage::ImageLuma8(other.into_luma8()),
    }
}

fn limits() -> Limits {
    let mut limits = Limits::default();
    limits.max_image_width = Some(MAX_SIDE);
    limits.max_image_height = Some(MAX_SIDE);
    limits.max_alloc = Some(MAX_MEMORY);
    limits
}

fn check_size((width, height): (u32, u32)) -> Result<(), Problem> {
    if width == 0 || height == 0 {
        return Err(broken());
    }
    if width > MAX_SIDE || height > MAX_SIDE || u64::from(width) * u64::from(height) > MAX_PIXELS {
        let problem = Problem::error("picture-too-large", "file").with("width", width).with("height", height);
        return Err(problem.with("max", MAX_PIXELS / 1_000_000));
    }
    Ok(())
}

fn broken() -> Problem {
    Problem::error("file-broken", "file")
}

#[expect(clippy::needless_pass_by_value, reason = "for `map_err`")]
fn said(error: ImageError) -> Problem {
    match error {
        ImageError::Limits(_) => Problem::error("picture-too-large", "file").with("max", MAX_PIXELS / 1_000_000),
        _ => broken(),
    }
}

#[cfg(test)]
mod tests;
