//! Letters against a server that does as it is told, and, behind `SARAFAN_TEST_MAIL`, against aiosmtpd.

use serde::Deserialize;

use super::play::{PostOffice, Turn};
use super::{Mail, MailConfig, MailError, Posting};
use crate::Secret;

fn mail(server: &str, password: Option<&str>) -> Mail {
    let password = password.map(Secret::new);
    Mail::new(&MailConfig { server: server.to_owned(), password, from: "Sarafan <post@sarafan.example>".to_owned() })
        .unwrap()
}

fn posting(to: &str) -> Posting {
    Posting {
        id: "0192".to_owned(),
        to: to.to_owned(),
        subject: "Приглашение в «Зерно»".to_owned(),
        text: "Здравствуйте!\n.\nЭто письмо.".to_owned(),
        html: "<p>Здравствуйте!</p>".to_owned(),
        at: "2026-12-01T07:00:00Z".parse().unwrap(),
    }
}

#[tokio::test]
async fn a_letter_arrives_whole() {
    let office = PostOffice::open().await.unwrap();
    mail(&office.url, None).send(&posting("anna@example.org")).await.unwrap();
    let [taken] = office.taken().try_into().unwrap();
    assert_eq!(taken.to, "anna@example.org");
    for header in [
        "Message-ID: <0192@sarafan.example>",
        "Date: Tue, 01 Dec 2026 07:00:00 +0000",
        "To: anna@example.org",
        "Auto-Submitted: auto-generated",
        "Content-Type: multipart/alternative",
    ] {
        assert!(taken.text.contains(header), "{header} in {}", taken.text);
    }
}

#[tokio::test]
async fn whether_it_left_is_known_but_for_one_moment() {
    let later = |said: &str| Err(MailError::Later(said.to_owned()));
    let refused = |said: &str| Err(MailError::Refused(said.to_owned()));
    let rows = [
        (Turn::Take, Ok(())),
        (Turn::Say("EHLO", "421 too many callers"), later("transient error (421): too many callers")),
        (Turn::Say("MAIL", "550 not from you"), later("permanent error (550): not from you")),
        (Turn::Say("RCPT", "450 greylisted"), later("transient error (450): greylisted")),
        (Turn::Say("RCPT", "550 nobody"), refused("permanent error (550): nobody")),
        (Turn::Answer("452 disk full"), later("transient error (452): disk full")),
        (Turn::Answer("554 looks like spam"), refused("permanent error (554): looks like spam")),
        (Turn::Vanish, Err(MailError::Unknown)),
    ];
    let office = PostOffice::open().await.unwrap();
    let mail = mail(&office.url, None);
    for (turn, expected) in rows {
        office.then([turn.clone()]);
        assert_eq!(mail.send(&posting("anna@example.org")).await, expected, "{turn:?}");
    }
}

#[tokio::test]
async fn nobody_at_home_is_later() {
    let port = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port();
    let mail = mail(&format!("smtp://127.0.0.1:{port}?tls=none"), None);
    assert!(matches!(mail.send(&posting("anna@example.org")).await, Err(MailError::Later(_))));
    assert!(matches!(mail.probe().await, Err(MailError::Later(_))));
}

#[tokio::test]
async fn a_server_without_tls_gets_nothing_unless_that_was_said() {
    let office = PostOffice::open().await.unwrap();
    let mail = mail(office.url.trim_end_matches("?tls=none"), None);
    let error = mail.send(&posting("anna@example.org")).await.unwrap_err();
    assert_eq!(error, MailError::Later("the server offers no STARTTLS".to_owned()));
    assert!(office.taken().is_empty());
}

/// A subject or an address never becomes a header of its own.
#[tokio::test]
async fn nothing_ends_a_header_early() {
    let office = PostOffice::open().await.unwrap();
    let mail = mail(&office.url, None);
    let tricks = ["Hello\r\nBcc: everybody@example.org", "Привет\nBcc: everybody@example.org", "a\r\n\r\n<b>body</b>"];
    for subject in tricks {
        mail.send(&Posting { subject: subject.to_owned(), ..posting("anna@example.org") }).await.unwrap();
    }
    for taken in office.taken() {
        let headers: Vec<&str> = taken.text.split("\n\n").next().unwrap().lines().collect();
        assert!(!headers.iter().any(|line| line.starts_with("Bcc:") || line.starts_with("<b>")), "{headers:?}");
    }
    for to in ["anna@example.org\r\nRCPT TO:<eve@example.org>", "anna@example.org>", "", "anna"] {
        let error = mail.send(&posting(to)).await.unwrap_err();
        assert!(matches!(error, MailError::Refused(_)), "{to}");
    }
    assert_eq!(office.taken().len(), tricks.len());
}

/// What `cargo xtask servers` tells of aiosmtpd.
#[derive(Deserialize)]
struct Real {
    starttls: String,
    tls: String,
    password: String,
    ca: String,
    folder: std::path::PathBuf,
}

fn real() -> Option<Real> {
    let Ok(text) = std::env::var("SARAFAN_TEST_MAIL") else {
        println!("skipped: SARAFAN_TEST_MAIL is not set");
        return None;
    };
    Some(serde_json::from_str(&text).unwrap())
}

#[tokio::test]
async fn a_real_server_takes_it_over_tls_from_a_user() {
    let Some(real) = real() else { return };
    for (way, server) in [("starttls", &real.starttls), ("tls", &real.tls)] {
        let id = uuid::Uuid::now_v7().simple().to_string();
        let to = format!("{way}-{id}@example.org");
        let known = mail(&format!("{server}?ca={}", real.ca), Some(&real.password));
        known.probe().await.unwrap();
        known.send(&Posting { id, ..posting(&to) }).await.unwrap();
        let kept = std::fs::read_to_string(real.folder.join(format!("{to}.eml"))).unwrap();
        assert!(kept.contains("Auto-Submitted: auto-generated"), "{kept}");
        // Neither a wrong password nor a certificate of nobody we know lets a letter out.
        let wrong = mail(&format!("{server}?ca={}", real.ca), Some("wrong")).send(&posting(&to)).await;
        assert!(matches!(&wrong, Err(MailError::Later(said)) if said.contains("535")), "{wrong:?}");
        let unknown = mail(server, Some(&real.password)).send(&posting(&to)).await;
        assert!(matches!(&unknown, Err(MailError::Later(_))), "{unknown:?}");
    }
}

#[tokio::test]
async fn a_real_server_says_later_and_never() {
    let Some(real) = real() else { return };
    let mail = mail(&format!("{}?ca={}", real.starttls, real.ca), Some(&real.password));
    let to = format!("later-{}@example.org", uuid::Uuid::now_v7().simple());
    assert!(matches!(mail.send(&posting(&to)).await, Err(MailError::Later(said)) if said.contains("451")));
    mail.send(&posting(&to)).await.unwrap();
    let never = mail.send(&posting("never@example.org")).await;
    assert!(matches!(&never, Err(MailError::Refused(said)) if said.contains("550")), "{never:?}");
}
