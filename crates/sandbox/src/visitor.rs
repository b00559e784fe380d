//! What a visitor does on a wall: likes, reposts, comments, votes, follows. Liking and the like a second time takes it
//! back.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use jiff::Timestamp;
use sarafan_network::play::{Wall, WallPost};

use crate::language::Tongue;
use crate::pages::{is_ours, remember, visitor_name, wall_address};
use crate::room::{Room, Sandbox, trim};

/// Longest comment and longest name.
const TEXT_MAX: usize = 2000;
pub(crate) const NAME_MAX: usize = 60;

/// `POST /wall/<network>/<account>/<action>`
pub(crate) async fn act(
    State(sandbox): State<Sandbox>,
    Path((network, account, action)): Path<(String, String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    if !is_ours(&headers) {
        return StatusCode::FORBIDDEN.into_response();
    }
    let Some(room) = sandbox.room(&network) else { return StatusCode::NOT_FOUND.into_response() };
    let form: Vec<(String, String)> = url::form_urlencoded::parse(&body).into_owned().collect();
    let field =
        |name: &str| form.iter().find(|(key, _)| key == name).map(|(_, value)| value.trim()).unwrap_or_default();
    let name: String = match field("name") {
        "" => visitor_name(&headers, &Tongue::of(&headers)),
        name => name.chars().filter(|c| !c.is_control()).take(NAME_MAX).collect(),
    };
    let post = field("post");
    let done = {
        let mut wall = room.wall();
        match action.as_str() {
            "name" => true,
            "follow" => {
                toggle(wall.followers.entry(account.clone()).or_default(), &name);
                true
            }
            "like" => wall.post_mut(post).map(|post| toggle(&mut post.reactions, &name)).is_some(),
            "repost" => wall.post_mut(post).map(|post| toggle(&mut post.reposts, &name)).is_some(),
            "vote" => vote(&mut wall, post, field("option")),
            "comment" => comment(room, &mut wall, &account, post, &name, field("text")),
            _ => false,
        }
    };
    if !done {
        return StatusCode::NOT_FOUND.into_response();
    }
    room.changed();
    let shown = if post.is_empty() { None } else { Some(post) };
    let mut response = Redirect::to(&wall_address(&network, &account, shown)).into_response();
    remember(&mut response, &name);
    response
}

fn toggle(names: &mut Vec<String>, name: &str) {
    match names.iter().position(|known| known == name) {
        Some(at) => {
            names.remove(at);
        }
        None => names.push(name.to_owned()),
    }
}

fn vote(wall: &mut Wall, post: &str, option: &str) -> bool {
    let option = option.parse::<usize>().ok();
    let chosen = wall.post_mut(post).and_then(|post| post.poll.get_mut(option?));
    chosen.map(|(_, votes)| *votes += 1).is_some()
}

fn comment(room: &Room, wall: &mut Wall, account: &str, post: &str, name: &str, text: &str) -> bool {
    let text: String = text.chars().take(TEXT_MAX).collect();
    if text.is_empty() || wall.post(post).is_none() {
        return false;
    }
    let id = room.player.visitor_id(wall);
    wall.posts.push(WallPost {
        id,
        account: account.to_owned(),
        parent: Some(post.to_owned()),
        author: name.to_owned(),
        visitor: true,
        text,
        at: Some(Timestamp::now()),
        ..WallPost::default()
    });
    trim(wall);
    true
}

/// `DELETE /wall/<network>`: the network forgets everything.
pub(crate) async fn clear(
    State(sandbox): State<Sandbox>,
    Path(network): Path<String>,
    headers: HeaderMap,
) -> StatusCode {
    match sandbox.room(&network) {
        Some(_) if !is_ours(&headers) => StatusCode::FORBIDDEN,
        Some(room) => {
            *room.wall() = Wall::default();
            room.changed();
            StatusCode::NO_CONTENT
        }
        None => StatusCode::NOT_FOUND,
    }
}
