//! aiosmtpd (PyPI): an independent mail server, with STARTTLS, TLS and sign-in, whose letters are files.

use std::process::Command;
use std::time::Duration;

use anyhow::Result;
use serde_json::json;

use super::{Server, Start};
use crate::children::Child;
use crate::{apt, http, python, shell};

/// How long it may take to come up on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// Starts it with a certificate of its own.
pub(super) fn start(start: Start<'_>) -> Result<Server> {
    let source = start.place.root.join("tests/servers/mail");
    let packages = python::install(start.place, "mail", &source.join("requirements.txt"))?;
    let folder = start.folder.join("mail");
    std::fs::create_dir_all(&folder)?;
    apt::ensure(&[("openssl", &["openssl"])])?;
    let (key, ca) = (folder.join("key.pem"), folder.join("cert.pem"));
    shell::run_quietly(
        Command::new("openssl")
            .args([
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:prime256v1",
                "-nodes",
                "-days",
                "30",
            ])
            .args(["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"])
            .args(["-addext", "basicConstraints=critical,CA:FALSE"])
            .arg("-keyout")
            .arg(&key)
            .arg("-out")
            .arg(&ca),
    )?;
    let [starttls, tls, plain] = [http::free_port()?, http::free_port()?, http::free_port()?];
    let mut child = Child::start(
        "mail",
        start.folder,
        Command::new("python3")
            .arg(source.join("server.py"))
            .arg(&folder)
            .args([starttls, tls, plain].map(|port| port.to_string()))
            .env("PYTHONPATH", packages)
            .env("PYTHONUNBUFFERED", "1"),
    )?;
    child.wait_for_text(PATIENCE, "letters are taken")?;
    let told = json!({
        "starttls": format!("smtp://sarafan@localhost:{starttls}"),
        "tls": format!("smtps://sarafan@localhost:{tls}"),
        "plain": format!("smtp://localhost:{plain}?tls=none"),
        "password": "correct horse",
        "ca": ca,
        "folder": folder,
    });
    Ok(Server::new(vec![child], &[("SARAFAN_TEST_MAIL", told.to_string())]))
}
