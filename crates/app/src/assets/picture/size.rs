//! Which size a picture is made: as large as the limits allow, with the same proportions.

use sarafan_network::check::Conversion;

/// The size within the limits, with the same proportions.
pub(super) fn within(size: (u32, u32), to: &Conversion) -> (u32, u32) {
    let (width, height) = (f64::from(size.0), f64::from(size.1));
    let mut scale: f64 = 1.0;
    if let Some(max) = to.max_side {
        scale = scale.min(f64::from(max) / width.max(height));
    }
    if let Some(max) = to.max_sum {
        scale = scale.min(f64::from(max) / (width + height));
    }
    if let Some(max) = to.max_pixels {
        scale = scale.min((whole_to_real(max) / (width * height)).sqrt());
    }
    by(size, scale, to.max_ratio)
}

/// The next smaller size to try, by how much too large the file was.
pub(super) fn smaller(size: (u32, u32), bytes: usize, to: &Conversion) -> (u32, u32) {
    let much = whole_to_real(to.max_bytes) / whole_to_real(u64::try_from(bytes).unwrap_or(u64::MAX));
    by(size, much.sqrt().clamp(0.25, 0.9), to.max_ratio)
}

/// The size with its longer side made `side`.
pub(super) fn scaled(size: (u32, u32), side: u32) -> (u32, u32) {
    by(size, f64::from(side) / f64::from(size.0.max(size.1)), None)
}

/// The size times `scale`, rounded down; the shorter side up where the proportions would become too long.
fn by((width, height): (u32, u32), scale: f64, max_ratio: Option<f64>) -> (u32, u32) {
    if scale >= 1.0 {
        return (width, height);
    }
    let side = |side: u32| real_to_side((f64::from(side) * scale).floor()).max(1);
    let (mut w, mut h) = (side(width), side(height));
    if let Some(max) = max_ratio {
        let long = f64::from(w.max(h));
        let short = real_to_side((long / max).ceil());
        if w < h { w = w.max(short) } else { h = h.max(short) }
    }
    (w, h)
}

#[expect(clippy::as_conversions, reason = "a limit for a quotient; exact up to 2^53")]
fn whole_to_real(number: u64) -> f64 {
    number as f64
}

#[expect(clippy::as_conversions, reason = "between 0 and a side; the conversion saturates")]
fn real_to_side(number: f64) -> u32 {
    number as u32
}
