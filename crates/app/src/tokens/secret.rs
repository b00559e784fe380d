//! What a token of a program looks like: `sfn_`, 43 letters and digits of chance (256 bits), and six that follow from them.
//!
//! The prefix lets scanners find a token that was put where it does not belong, and the last six let them (and us) tell a
//! token from what only looks like one, without asking anybody.

use std::fmt;

use sha2::{Digest, Sha256};

use crate::sessions::digest;

/// Every token begins with it.
const PREFIX: &str = "sfn_";
const LETTERS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/// 62 to the power of 43 is a little more than 2 to the power of 256.
const CHANCE: usize = 43;
const CHECK: usize = 6;

/// A token on its way to the one who shall carry it. It cannot be printed.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Secret(String);

impl Secret {
    /// A new one.
    pub(super) fn fresh() -> Self {
        let letter = |_| LETTERS.get(rand::random_range(0..LETTERS.len())).copied().map(char::from);
        let chance: String = (0..CHANCE).filter_map(letter).collect();
        let check = check(&chance);
        Self(format!("{PREFIX}{chance}{check}"))
    }

    /// The token itself, to be shown once.
    pub(super) fn expose(&self) -> &str {
        &self.0
    }

    /// Its last four characters, which may be shown again.
    pub(super) fn ending(&self) -> String {
        let from = self.0.chars().count().saturating_sub(4);
        self.0.chars().skip(from).collect()
    }

    /// What is kept of it.
    pub(super) fn hash(&self) -> Vec<u8> {
        digest(&self.0)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// Could this be one of ours? What is not need not be looked up.
pub(super) fn is_one(text: &str) -> bool {
    let Some(rest) = text.strip_prefix(PREFIX) else { return false };
    let Some((chance, given)) = rest.split_at_checked(CHANCE) else { return false };
    given.len() == CHECK && rest.bytes().all(|byte| LETTERS.contains(&byte)) && check(chance) == given
}

/// The six characters that follow from the others: the first 48 bits of their SHA-256, to the base of 62.
fn check(chance: &str) -> String {
    let digest = Sha256::digest(chance.as_bytes());
    let mut number = digest.iter().take(6).fold(0_u64, |number, byte| (number << 8) | u64::from(*byte));
    let mut text = String::new();
    for _ in 0..CHECK {
        let place = usize::try_from(number % 62).unwrap_or_default();
        text.extend(LETTERS.get(place).copied().map(char::from));
        number /= 62;
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_found_by_its_form_and_never_printed() {
        let (one, two) = (Secret::fresh(), Secret::fresh());
        assert_ne!(one, two);
        assert_eq!(one.expose().len(), 53);
        assert!(is_one(one.expose()) && one.expose().ends_with(&one.ending()));
        assert!(!format!("{one:?}").contains(one.expose()));
    }

    #[test]
    fn what_only_looks_like_a_token_is_none() {
        let good = Secret::fresh().expose().to_owned();
        let other = if good.ends_with('x') { "y" } else { "x" };
        let (short, last) = good.split_at(good.len() - 1);
        let rows = [
            short,
            &format!("{short}{other}"),
            &format!("{good}{last}"),
            &good.replace("sfn_", "sfn-"),
            "sfn_",
            "",
            "sfn_жжж",
        ];
        for text in rows {
            assert!(!is_one(text), "{text}");
        }
    }

    #[test]
    fn the_check_is_the_documented_one() {
        // python3: n = int.from_bytes(hashlib.sha256(chance).digest()[:6], "big"), then six times n % 62, n //= 62.
        assert_eq!(check(&"0".repeat(CHANCE)), "7VYAW0");
    }
}
