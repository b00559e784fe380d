//! Secrets of the real program: none of those that a whole life of an installation knows is found in anything that it
//! keeps, says or hands out; and the keys that seal them change while the program is killed in the middle.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use sarafan_connectors::PLAYERS;
use serde_json::{Value, json};

use crate::http::Client;
use crate::program::{Running, ask, eventually, program, run, text};
use crate::story::{EMAIL, PASSWORD, played, states};

/// Every secret by what it is.
type Secrets = BTreeMap<String, String>;

/// What the channels of the sandbox are opened with.
fn of_networks(sandbox: &str) -> Secrets {
    let all = PLAYERS.iter().flat_map(|player| {
        let form = player.form(&format!("http://{sandbox}/{}", player.id()));
        form.into_iter()
            .filter(|(key, _)| key.contains("token") || key.contains("password"))
            .map(|(key, value)| (format!("{} of {}", key, player.id()), value))
            .collect::<Vec<_>>()
    });
    all.collect()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let (mut found, mut folders) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { found.push(path) }
        }
    }
    found
}

fn holds(hay: &[u8], needle: &str) -> bool {
    hay.windows(needle.len()).any(|part| part == needle.as_bytes())
}

/// The secrets that something holds, plain or as hexadecimal digits.
fn told(hay: &[u8], secrets: &Secrets) -> Vec<String> {
    let hex = |text: &str| text.bytes().map(|byte| format!("{byte:02x}")).collect::<String>();
    let shown = |secret: &str| holds(hay, secret) || holds(hay, &hex(secret));
    secrets.iter().filter(|(_, secret)| shown(secret)).map(|(name, _)| name.clone()).collect()
}

#[test]
fn no_secret_is_kept_said_or_handed_out() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    let sandbox = played(data);
    let mut secrets = of_networks(sandbox.host());
    assert!(secrets.len() >= 3, "{secrets:?}");
    secrets.insert("the password".to_owned(), PASSWORD.to_owned());
    let keys = std::fs::read_to_string(data.join("keys")).unwrap();
    secrets.insert("the key".to_owned(), keys.trim().to_owned());

    let log = data.join("log.txt");
    let mut serve = program(data);
    serve.args(["serve", "--listen", "127.0.0.1:0"]).env("SARAFAN_ALLOW_PRIVATE", sandbox.host());
    serve.env("SARAFAN_LOG", "debug");
    serve.stderr(Stdio::from(std::fs::File::create(&log).unwrap()));
    let server = Running::start(serve);
    let client = Client::sign_in(server.host(), EMAIL, PASSWORD);
    secrets.insert("the session".to_owned(), client.cookie().split_once('=').unwrap().1.to_owned());

    // What hands out a secret does it once, and is not looked at.
    let made = ["token", "create", "--person", EMAIL, "--name", "CI", "--scope", "brand:read,posts:write"];
    let token = ask(data, &made, "")["token"].as_str().unwrap().to_owned();
    secrets.insert("the token".to_owned(), token);
    let brand = ask(data, &["brand", "list"], "")[0]["id"].as_str().unwrap().to_owned();
    let path = format!("/api/v1/brands/{brand}");
    let guest = json!({ "email": "guest@zerno.example", "role": "client" });
    let invited = client.ask("POST", &format!("{path}/invitations"), Some(&guest)).body;
    let link = invited["url"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
    secrets.insert("the invitation".to_owned(), link.clone());
    let hook = json!({ "name": "CRM", "url": "https://hooks.example/sarafan", "topics": ["delivery.sent"] });
    let hook = client.ask("POST", &format!("{path}/webhooks"), Some(&hook)).body;
    secrets.insert("the secret of the webhook".to_owned(), hook["secret"].as_str().unwrap().to_owned());
    let review = client.ask("POST", &format!("{path}/review-links"), Some(&json!({ "name": "Ira" }))).body;
    let review = review["url"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
    secrets.insert("the link of a client".to_owned(), review.clone());
    let totp = client.ask("POST", "/api/v1/factors/totp", Some(&json!({ "password": PASSWORD }))).body;
    secrets.insert("the secret of the codes".to_owned(), totp["secret"].as_str().unwrap().to_owned());
    let reset = ask(data, &["person", "reset-password", EMAIL], "")["url"].as_str().unwrap().to_owned();
    let reset = reset.rsplit('/').next().unwrap().to_owned();
    secrets.insert("the link for a new password".to_owned(), reset.clone());

    // A life: posts go out, people are refused, things break.
    ask(data, &["post", "create", "--text", "Morning", "--channel", PLAYERS[0].id(), "--now"], "");
    eventually("it is sent", || (states(data) == ["sent"]).then_some(()));
    let mut said: Vec<(String, Vec<u8>)> = Vec::new();
    let nobody = Client::new(server.host());
    let wrong = json!({ "email": "anna@elsewhere.example", "password": PASSWORD });
    let refusals = [
        nobody.ask("POST", "/api/v1/session", Some(&wrong)),
        nobody.ask("POST", "/api/v1/session", Some(&json!({ "email": 7, "password": PASSWORD }))),
        client.ask(
            "POST",
            &format!("{path}/channels/connect"),
            Some(&json!({ "network": PLAYERS[0].id(), "fields": secrets })),
        ),
        client.ask(
            "PATCH",
            "/api/v1/profile",
            Some(&json!({ "password": { "old": "not it at all", "new": PASSWORD } })),
        ),
    ];
    // Links are used: what is opened with them must not lie in the log either.
    for path in [format!("invitations/{link}"), format!("reviews/{review}"), format!("password-resets/{reset}")] {
        let reply = nobody.ask("GET", &format!("/api/v1/{path}"), None);
        assert_eq!(reply.status, 200, "{path}: {}", reply.text);
        let page = nobody.ask("GET", &format!("/{path}"), None);
        said.push((path, [reply.text, page.text].concat().into_bytes()));
    }
    assert!(
        refusals.iter().all(|reply| reply.status >= 400),
        "{:?}",
        refusals.iter().map(|r| r.status).collect::<Vec<_>>()
    );
    said.extend(refusals.into_iter().map(|reply| (format!("refusal {}", reply.status), reply.text.into_bytes())));
    let mut reads =
        vec!["/api/v1/session".to_owned(), "/api/v1/tokens".into(), "/api/v1/audit".into(), "/api/v1/brands".into()];
    let of_brand = [
        "",
        "/channels",
        "/members",
        "/posts",
        "/deliveries",
        "/assets",
        "/audit",
        "/audit/export",
        "/today",
        "/overview?from=2026-01-01T00:00:00Z&to=2027-01-01T00:00:00Z",
        "/export",
    ];
    reads.extend(of_brand.iter().map(|rest| format!("{path}{rest}")));
    for path in reads {
        let reply = client.ask_bytes("GET", &path);
        assert!(reply.starts_with(b"HTTP/1.1 200"), "{path}: {}", text(&reply[..200.min(reply.len())]));
        // A session that goes on is told to its own browser, and to nobody else.
        let lines: Vec<&[u8]> =
            reply.split(|byte| *byte == b'\n').filter(|line| !line.starts_with(b"set-cookie:")).collect();
        said.push((path, lines.join(&b'\n')));
    }
    let commands: [&[&str]; 8] = [
        &["channel", "list"],
        &["delivery", "list"],
        &["post", "list"],
        &["token", "list"],
        &["keys", "list"],
        &["audit", "export", "--form", "jsonl"],
        &["audit", "export", "--installation"],
        &["doctor", "--no-network"],
    ];
    for words in commands {
        let mut command = program(data);
        command.args(words);
        let output = run(command, "");
        said.push((words.join(" "), [output.stdout, output.stderr].concat()));
    }
    ask(data, &["backup", "copy.backup"], "");
    ask(data, &["brand", "export", "brand.tar"], "");
    assert_eq!(server.stop().code(), Some(0));

    let mut looked = 0;
    for (name, bytes) in &said {
        assert_eq!(told(bytes, &secrets), [""; 0], "{name}");
        looked += bytes.len();
    }
    let mut seen = Vec::new();
    for path in files(data).into_iter().filter(|path| path != &data.join("keys")) {
        let bytes = std::fs::read(&path).unwrap();
        assert_eq!(told(&bytes, &secrets), [""; 0], "{}", path.display());
        if holds(&bytes, "Morning") {
            seen.push(path.file_name().unwrap().to_string_lossy().into_owned());
        }
        looked += bytes.len();
    }
    // The search finds what is there: a text of the post lies in the database and in the file of the brand.
    assert!(
        seen.iter().any(|name| name.starts_with("sarafan.db")) && seen.contains(&"brand.tar".to_owned()),
        "{seen:?}"
    );
    assert!(looked > 100_000 && std::fs::metadata(&log).unwrap().len() > 0, "{looked} bytes");
    assert_eq!(told(&std::fs::read(data.join("keys")).unwrap(), &secrets), ["the key"]);
}

#[test]
fn keys_are_rotated_while_the_program_works_and_is_killed() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    let sandbox = played(data);
    let mut serve = program(data);
    serve.args(["serve", "--listen", "127.0.0.1:0"]).env("SARAFAN_ALLOW_PRIVATE", sandbox.host());
    let server = Running::start(serve);
    let before = ask(data, &["keys", "list"], "")["keys"].as_array().unwrap().clone();
    assert_eq!(before.len(), 1);
    for wait in [0, 20, 60, 120, 250] {
        let mut command = program(data);
        let mut child = command.args(["keys", "rotate"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::park_timeout(std::time::Duration::from_millis(wait));
        let _ = child.kill();
        child.wait().unwrap();
    }
    let done = ask(data, &["keys", "rotate", "--forget-old"], "");
    assert_eq!((&done["unreadable"], &done["keys"]), (&json!(0), &json!(1)), "{done}");
    let after = ask(data, &["keys", "list"], "")["keys"].as_array().unwrap().clone();
    assert!(after.len() == 1 && after != before, "{before:?} {after:?}");
    #[cfg(unix)]
    {
        let mode =
            std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(data.join("keys")).unwrap().permissions());
        assert_eq!(mode & 0o777, 0o600);
    }
    // The server that ran all the while opens what the new key sealed.
    for player in PLAYERS {
        ask(data, &["post", "create", "--text", "After", "--channel", player.id(), "--now"], "");
    }
    eventually("everything is sent", || {
        let states: Vec<Value> = states(data).into_iter().map(Value::String).collect();
        (states == vec![json!("sent"); PLAYERS.len()]).then_some(())
    });
    assert_eq!(server.stop().code(), Some(0));
}
