//! Recovery codes: ten at a time, 80 random bits each, kept as hashes. At that length a fast hash is enough.

use sha2::{Digest, Sha256};

/// So many at a time.
const COUNT: usize = 10;
/// Without letters that look like digits or like each other.
const LETTERS: &[u8; 32] = b"23456789abcdefghijkmnpqrstuvwxyz";
const GROUPS: usize = 4;
const GROUP: usize = 4;

/// New codes: `7kqp-m2xn-d9ab-3fgh`.
pub(super) fn fresh() -> Vec<String> {
    let letter = |_| LETTERS.get(rand::random_range(0..LETTERS.len())).copied().map(char::from);
    let group = |_| (0..GROUP).filter_map(letter).collect::<String>();
    (0..COUNT).map(|_| (0..GROUPS).map(group).collect::<Vec<_>>().join("-")).collect()
}

/// What is kept of a code, however it was typed.
pub(super) fn hash(code: &str) -> Vec<u8> {
    let plain: String = code.chars().filter(char::is_ascii_alphanumeric).take(64).collect();
    Sha256::digest(plain.to_ascii_lowercase().as_bytes()).to_vec()
}

/// What is kept of codes.
pub(super) fn hashes(codes: &[String]) -> Vec<Vec<u8>> {
    codes.iter().map(|code| hash(code)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_many_and_read_however_they_are_typed() {
        let codes = fresh();
        let mut all = hashes(&codes);
        all.sort();
        all.dedup();
        assert_eq!(all.len(), COUNT);
        let code = codes.first().unwrap();
        assert_eq!(code.len(), 19);
        let typed = format!("  {} ", code.to_uppercase().replace('-', " "));
        assert_eq!(hash(&typed), hash(code));
        assert_ne!(hash(&code.replace(code.chars().next().unwrap(), "0")), hash(code));
    }
}
