//! People who look at the walls of the demonstration: they follow, like and comment, so that there are numbers to see.
//! They do it by the sandbox's own pages, as anybody in a browser can.

use std::collections::HashSet;
use std::time::Duration;

use sarafan_connectors::PLAYERS;
use sarafan_network::door::{Door, DoorConfig};
use sarafan_network::http::{Body, Effect, Http, Request};
use sarafan_network::play::Player;
use serde::Deserialize;

/// They look this often.
const EVERY: Duration = Duration::from_secs(10);

const NAMES: [&str; 12] =
    ["Anna", "Борис", "Zofia", "Daniel", "Ева", "Filip", "Галина", "Hanna", "Игорь", "Jan", "Kasia", "Лев"];

/// A wall's posts, as the sandbox tells them.
#[derive(Deserialize)]
struct Wall {
    received: Vec<Post>,
}

#[derive(Deserialize)]
struct Post {
    account: String,
    id: String,
}

/// Looks at the walls as long as the program runs. What fails is tried again at the next look: nobody depends on it.
pub(super) async fn come(sandbox: String) {
    let place = sandbox.trim_start_matches("http://").to_owned();
    let Ok(door) = Door::new(DoorConfig { allow_private: vec![place], ..DoorConfig::default() }) else { return };
    let mut seen = HashSet::new();
    let mut tick = tokio::time::interval(EVERY);
    loop {
        tick.tick().await;
        for player in PLAYERS {
            look(&door, &sandbox, *player, &mut seen).await;
        }
    }
}

async fn look(door: &Door, sandbox: &str, player: &dyn Player, seen: &mut HashSet<String>) {
    let answer = door.send(Request::get(format!("{sandbox}/stats/{}?posts=true", player.id()))).await;
    let Some(received) = answer.ok().and_then(|reply| reply.json::<Wall>().ok()) else { return };
    for post in received.received {
        if !seen.insert(format!("{} {}", player.id(), post.id)) {
            continue;
        }
        // More of them come to some networks than to others, and every post is liked by its own number of them.
        let mood = seen.len() * 5 + player.id().len() * 3;
        let wall = format!("{sandbox}/wall/{}/{}", player.id(), escaped(&post.account));
        for name in NAMES.iter().take(mood % NAMES.len()) {
            act(door, &wall, "like", name, &post.id, "").await;
            // Following a second time would take it back.
            if seen.insert(format!("{wall} {name}")) {
                act(door, &wall, "follow", name, "", "").await;
            }
        }
        for name in NAMES.iter().skip(3).take(mood % 3) {
            act(door, &wall, "comment", name, &post.id, "👏").await;
        }
    }
}

async fn act(door: &Door, wall: &str, action: &str, name: &str, post: &str, text: &str) {
    let form = [("name", name), ("post", post), ("text", text)].map(|(key, value)| (key.to_owned(), value.to_owned()));
    let request = Request::new(Effect::Write, "POST", format!("{wall}/{action}")).body(Body::Form(form.to_vec()));
    let _ = door.send(request).await;
}

fn escaped(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
}
