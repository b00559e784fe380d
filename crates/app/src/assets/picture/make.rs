//! Making another picture of a picture: smaller, of another type, upright, or a thumbnail.

use fast_image_resize::Resizer;
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::codecs::webp::WebPEncoder;
use image::{DynamicImage, ExtendedColorType, ImageEncoder, Rgb, RgbImage};
use sarafan_domain::problem::Problem;
use sarafan_network::check::Conversion;

use super::size::{scaled, smaller, within};
use super::{Picture, Type, broken};

/// Qualities of JPEG that are tried before a picture is made smaller.
const QUALITIES: [u8; 3] = [88, 80, 70];
/// No side is made shorter.
const MIN_SIDE: u32 = 16;

/// A picture packed again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::assets) struct Packed {
    pub(in crate::assets) bytes: Vec<u8>,
    pub(in crate::assets) width: u32,
    pub(in crate::assets) height: u32,
}

/// The picture within the limits of a network, as large and as good as they allow.
pub(in crate::assets) fn convert(picture: Picture, to: &Conversion) -> Result<Packed, Problem> {
    let Picture { mut pixels, icc } = picture;
    let jpeg = to.mime == "image/jpeg";
    if jpeg {
        pixels = on_white(pixels);
    }
    let mut size = within((pixels.width(), pixels.height()), to);
    loop {
        pixels = resized(pixels, size)?;
        let mut length = 0;
        for quality in QUALITIES {
            let bytes = if jpeg { pack_jpeg(&pixels, quality, &icc)? } else { pack_png(&pixels, &icc)? };
            if fits(bytes.len(), to.max_bytes) {
                return Ok(Packed { bytes, width: size.0, height: size.1 });
            }
            length = bytes.len();
            // PNG has no quality, and what is three times too large will not fit by quality alone.
            if !jpeg || !fits(length / 3, to.max_bytes) {
                break;
            }
        }
        size = smaller(size, length, to);
        if size.0.min(size.1) < MIN_SIDE {
            return Err(Problem::error("picture-cannot-fit", "media").with("max", to.max_bytes));
        }
    }
}

/// The same picture upright, of the same type; of a GIF a PNG.
pub(in crate::assets) fn upright(picture: &Picture, kind: Type) -> Result<Packed, Problem> {
    let Picture { pixels, icc } = picture;
    let bytes = match kind {
        Type::Jpeg => pack_jpeg(pixels, 92, icc)?,
        Type::Png | Type::Gif => pack_png(pixels, icc)?,
        Type::Webp => pack_webp(pixels, icc)?,
    };
    Ok(Packed { bytes, width: pixels.width(), height: pixels.height() })
}

/// A copy that fits into a square of `side`, also packed: WebP where something shines through, else JPEG.
pub(in crate::assets) fn thumb(pixels: &DynamicImage, side: u32) -> Result<(DynamicImage, Vec<u8>), Problem> {
    let small = resized(pixels.clone(), scaled((pixels.width(), pixels.height()), side))?;
    let bytes = if small.color().has_alpha() { pack_webp(&small, &None)? } else { pack_jpeg(&small, 80, &None)? };
    Ok((small, bytes))
}

fn fits(bytes: usize, max: u64) -> bool {
    u64::try_from(bytes).is_ok_and(|bytes| bytes <= max)
}

fn resized(pixels: DynamicImage, (width, height): (u32, u32)) -> Result<DynamicImage, Problem> {
    if (width, height) == (pixels.width(), pixels.height()) {
        return Ok(pixels);
    }
    // Most of a large picture is taken away by plain averages, which cost a tenth; the rest is done well. What shines
    // through must be weighed while averaging, so such pictures are done well from the start.
    let large = pixels.width() / width >= 3 && pixels.height() / height >= 3 && !pixels.color().has_alpha();
    let pixels = if large { pixels.thumbnail_exact(width * 2, height * 2) } else { pixels };
    let mut small = DynamicImage::new(width, height, pixels.color());
    Resizer::new().resize(&pixels, &mut small, None).map_err(|_| broken())?;
    Ok(small)
}

/// JPEG cannot be seen through: what shines through becomes white paper, as people see it on most pages.
fn on_white(pixels: DynamicImage) -> DynamicImage {
    if !pixels.color().has_alpha() {
        return pixels;
    }
    let from = pixels.into_rgba8();
    let paper = |color: u8, alpha: u8| {
        let (color, alpha) = (u32::from(color), u32::from(alpha));
        u8::try_from((color * alpha + 255 * (255 - alpha) + 127) / 255).unwrap_or(u8::MAX)
    };
    let mut to = RgbImage::new(from.width(), from.height());
    for (to, from) in to.pixels_mut().zip(from.pixels()) {
        let [r, g, b, a] = from.0;
        *to = Rgb([paper(r, a), paper(g, a), paper(b, a)]);
    }
    DynamicImage::ImageRgb8(to)
}

fn pack_jpeg(pixels: &DynamicImage, quality: u8, icc: &Option<Vec<u8>>) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::new();
    pack(JpegEncoder::new_with_quality(&mut bytes, quality), pixels, icc)?;
    Ok(bytes)
}

fn pack_png(pixels: &DynamicImage, icc: &Option<Vec<u8>>) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::new();
    pack(PngEncoder::new(&mut bytes), pixels, icc)?;
    Ok(bytes)
}

fn pack_webp(pixels: &DynamicImage, icc: &Option<Vec<u8>>) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::new();
    pack(WebPEncoder::new_lossless(&mut bytes), pixels, icc)?;
    Ok(bytes)
}

fn pack(mut encoder: impl ImageEncoder, pixels: &DynamicImage, icc: &Option<Vec<u8>>) -> Result<(), Problem> {
    if let Some(icc) = icc {
        // An encoder that cannot carry a profile still carries the picture.
        let _ = encoder.set_icc_profile(icc.clone());
    }
    let color = ExtendedColorType::from(pixels.color());
    encoder.write_image(pixels.as_bytes(), pixels.width(), pixels.height(), color).map_err(|_| broken())
}
