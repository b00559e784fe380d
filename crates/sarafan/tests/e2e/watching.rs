//! What machines see of an installation: metrics and health at an address of their own, and a log in which a delivery
//! can be followed down to its network calls.

use std::fs::File;

use sarafan_connectors::PLAYERS;
use serde_json::Value;

use crate::http::Client;
use crate::program::{Running, ask, eventually, program};
use crate::story::{played, states};

#[test]
fn a_delivery_is_measured_and_can_be_followed() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    let sandbox = played(data);
    let network = PLAYERS[0].id();
    ask(data, &["post", "create", "--text", "Now", "--channel", network, "--now"], "");
    let delivery = ask(data, &["delivery", "list"], "")["items"][0]["id"].as_str().unwrap().to_owned();

    let log = data.join("work.log");
    let mut work = program(data);
    work.args(["work", "--metrics-listen", "127.0.0.1:0"]).env("SARAFAN_ALLOW_PRIVATE", sandbox.host());
    work.env("SARAFAN_LOG", "debug").env("SARAFAN_LOG_FORMAT", "json").stderr(File::create(&log).unwrap());
    let worker = Running::start(work);
    eventually("it is sent", || (states(data) == ["sent"]).then_some(()));

    let host = worker.greeting["metrics"].as_str().unwrap().trim_start_matches("http://").to_owned();
    let watcher = Client::new(&host);
    assert_eq!(watcher.ask("GET", "/health", None).status, 200);
    assert_eq!(watcher.ask("GET", "/api/v1/setup", None).status, 404, "no pages and no API here");
    let text = watcher.ask("GET", "/metrics", None).text;
    for line in [
        format!("sarafan_delivery_states_total{{network=\"{network}\",from=\"scheduled\",to=\"sending\"}} 1"),
        format!("sarafan_delivery_states_total{{network=\"{network}\",from=\"sending\",to=\"sent\"}} 1"),
        format!("sarafan_delivery_late_seconds_count{{network=\"{network}\"}} 1"),
        "sarafan_jobs_total{kind=\"publish\",outcome=\"done\"} 1".to_owned(),
        "sarafan_queue_due{kind=\"publish\"} 0".to_owned(),
        "sarafan_database_up 1".to_owned(),
    ] {
        assert!(text.lines().any(|one| one == line), "{line} is missing in\n{text}");
    }
    assert!(text.contains(&format!("sarafan_network_calls_total{{network=\"{network}\",outcome=\"ok\"}}")), "{text}");
    assert_eq!(worker.stop().code(), Some(0));

    let log = std::fs::read_to_string(log).unwrap();
    let lines: Vec<Value> = log.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let of = |message: &str| -> Vec<&Value> { lines.iter().filter(|line| line["message"] == message).collect() };
    let of_delivery = |lines: &[&Value]| lines.iter().any(|line| line["span"]["delivery"] == delivery.as_str());
    assert!(of_delivery(&of("asked")), "no network call names the delivery");
    assert!(of_delivery(&of("delivery moved")), "no change of state names the delivery");
    for (key, secret) in PLAYERS.iter().flat_map(|player| player.form(&format!("http://{}", sandbox.host()))) {
        let kept = key.contains("token") || key.contains("password");
        assert!(!(kept && log.contains(secret.as_str())), "{key} is in the log");
    }
}
