//! The record key of a post, made from the idempotency key: the same step always has the same record, so that
//! the server can refuse to make it twice.

use sarafan_network::IdempotencyKey;
use sha2::{Digest, Sha256};

const ALPHABET: &[u8; 32] = b"234567abcdefghijklmnopqrstuvwxyz";

/// A record key in the form of a TID, which posts must have: 53 bits of microseconds and 10 of a clock's number,
/// in thirteen letters (<https://atproto.com/specs/tid>).
///
/// Readers take the time in it for the time of the post. So it is the hour in which the delivery was made, where
/// the key begins with a UUIDv7; all the rest is a hash of the key: 42 bits for what one account makes within an
/// hour, or 63 for a key of another form.
pub(super) fn record_key(key: &IdempotencyKey) -> String {
    let digest = Sha256::digest(key.0.as_bytes());
    let hash = digest.iter().take(8).fold(0_u64, |all, byte| (all << 8) | u64::from(*byte));
    let micros = match made_at(&key.0) {
        Some(millis) => (millis.saturating_mul(1000) & !0xffff_ffff) | (hash & 0xffff_ffff),
        None => hash & 0x001f_ffff_ffff_ffff,
    };
    let value = ((micros & 0x001f_ffff_ffff_ffff) << 10) | (hash >> 54);
    (0..13_u32).rev().map(|place| letter(value >> (place * 5))).collect()
}

fn letter(bits: u64) -> char {
    let index = usize::try_from(bits & 31).unwrap_or_default();
    char::from(ALPHABET.get(index).copied().unwrap_or(b'2'))
}

/// The milliseconds in a UUIDv7 at the start of the key.
fn made_at(key: &str) -> Option<u64> {
    let id = key.get(..32).filter(|id| id.bytes().all(|b| b.is_ascii_hexdigit()))?;
    if id.get(12..13)? != "7" {
        return None;
    }
    u64::from_str_radix(id.get(..12)?, 16).ok()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn of(key: &str) -> String {
        record_key(&IdempotencyKey(key.to_owned()))
    }

    #[test]
    fn a_key_is_a_tid_and_stays() {
        for key in ["", "d1-0-0", "019aa0f0c0de7000800000000000abcd-0-0", "жжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжж"] {
            let tid = of(key);
            assert_eq!(tid, of(key));
            assert_eq!(tid.len(), 13, "{tid}");
            assert!(tid.bytes().all(|b| ALPHABET.contains(&b)), "{tid}");
            assert!(ALPHABET[..16].contains(&tid.as_bytes()[0]), "{tid}: the first bit is never set");
        }
    }

    #[test]
    fn keys_of_the_same_moment_differ() {
        let keys: BTreeSet<String> =
            (0..20_000).map(|n| of(&format!("019aa0f0c0de70008000{n:012x}-0-{}", n % 3))).collect();
        assert_eq!(keys.len(), 20_000);
        // 2025-11-20: all begin with the letters of that hour.
        assert!(keys.iter().all(|key| key.starts_with("3m")), "{:?}", keys.first());
    }
}
