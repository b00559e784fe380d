//! Codes of an application (RFC 6238): six digits, a new one every thirty seconds, one step of tolerance to either side.

use qrcode::{Color, QrCode};
use sarafan_domain::time::Timestamp;
use serde::Serialize;
use totp_rs::{Builder, Secret, Totp};
use utoipa::ToSchema;

use super::TotpSetup;
use crate::AppError;

/// A QR code as a path of SVG: whoever shows it needs no picture and no script.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct QrView {
    /// Width and height in modules, without the quiet zone of four that has to be around it.
    pub size: usize,
    /// `d` of a path that is filled with the dark colour.
    pub path: String,
}

/// A new secret: as many bits as its hash has.
pub(super) fn fresh() -> Vec<u8> {
    rand::random::<[u8; 20]>().to_vec()
}

/// What a person needs to put the secret into an application. `public_url` tells installations apart.
pub(super) fn setup(secret: &[u8], email: &str, public_url: &str) -> Result<TotpSetup, AppError> {
    let host = url::Url::parse(public_url).ok().and_then(|url| url.host_str().map(str::to_owned));
    let issuer = host.map_or_else(|| "Sarafan".to_owned(), |host| format!("Sarafan {}", host.replace(':', " ")));
    let url = totp(secret, email, &issuer)?.to_url().map_err(broken)?;
    let secret = Secret::from(secret.to_vec()).to_base32();
    Ok(TotpSetup { secret, qr: qr(&url)?, url })
}

/// The step of which this is the code; `None` where it is none of now.
pub(super) fn step(secret: &[u8], email: &str, code: &str, now: Timestamp) -> Result<Option<i64>, AppError> {
    let digits: String = code.chars().filter(|c| !c.is_whitespace()).take(16).collect();
    let now = u64::try_from(now.as_second()).map_err(broken)?;
    let step = totp(secret, email, "Sarafan")?.check(&digits, now);
    step.map(i64::try_from).transpose().map_err(broken)
}

fn totp(secret: &[u8], email: &str, issuer: &str) -> Result<Totp, AppError> {
    // A colon parts the issuer from the account.
    let account = email.replace(':', "_");
    let builder = Builder::new().with_secret(secret.to_vec()).with_account_name(account).with_issuer(Some(issuer));
    builder.build().map_err(broken)
}

fn qr(text: &str) -> Result<QrView, AppError> {
    let code = QrCode::new(text).map_err(broken)?;
    let size = code.width();
    let mut path = String::new();
    for (y, row) in code.to_colors().chunks(size.max(1)).enumerate() {
        let mut x = 0;
        for run in row.chunk_by(|one, next| one == next) {
            if run.first() == Some(&Color::Dark) {
                path.push_str(&format!("M{x} {y}h{}v1h-{}z", run.len(), run.len()));
            }
            x += run.len();
        }
    }
    Ok(QrView { size, path })
}

fn broken(error: impl std::fmt::Debug) -> AppError {
    AppError::Broken(format!("a code: {error:?}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn codes_are_those_of_the_standard() {
        // RFC 6238, appendix B: the last six digits of the eight that it lists for SHA-1.
        let rows = [(59, "287082"), (1_111_111_109, "081804"), (1_234_567_890, "005924"), (2_000_000_000, "279037")];
        for (second, code) in rows {
            let found = step(b"12345678901234567890", "a@e.org", code, at(second)).unwrap();
            assert_eq!(found, Some(second / 30), "{second}");
        }
    }

    #[test]
    fn a_code_is_good_for_a_step_before_and_after() {
        let good = |second| step(b"12345678901234567890", "a@e.org", "28 70 82", at(second)).unwrap().is_some();
        assert!(good(30) && good(59) && good(89), "its own step and one to either side");
        assert!(good(0) && !good(90) && !good(600));
        for nonsense in ["", "28708", "2870822", "abcdef", "２８７０８２"] {
            assert_eq!(step(b"12345678901234567890", "a@e.org", nonsense, at(59)).unwrap(), None, "{nonsense}");
        }
    }

    #[test]
    fn the_picture_says_what_the_address_says() {
        let setup = setup(b"12345678901234567890", "anna:x@e.org", "https://smm.example").unwrap();
        assert_eq!(setup.secret, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        assert!(setup.url.starts_with("otpauth://totp/"), "{}", setup.url);
        assert!(setup.url.contains(&setup.secret) && setup.url.contains("smm.example"), "{}", setup.url);
        assert!(setup.qr.path.starts_with("M0 0h7v1h-7z"), "the corner of a QR code");
        assert_eq!(format!("{setup:?}"), "TotpSetup(…)");
    }
}
