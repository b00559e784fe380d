//! What a network's folder gives the sandbox: a player that answers requests as the network would.
//!
//! A player is a pure function of the wall and the request; the sandbox server owns the walls, the faults and
//! the pages to look at. The wall is the same for all networks, so that a visitor can like, comment and follow
//! anywhere.

use std::collections::BTreeMap;

use bytes::Bytes;
use sarafan_domain::time::Timestamp;
use serde_json::Value;

mod form;

pub use form::{Form, FormFile};

/// A post on a wall, as a visitor sees it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct WallPost {
    /// The network's id.
    pub id: String,
    /// Id of the account or chat it stands on.
    pub account: String,
    /// What it answers, for comments and the parts of a thread.
    pub parent: Option<String>,
    /// Who wrote it, as shown.
    pub author: String,
    /// Was it written by a visitor and not by the client of the API?
    pub visitor: bool,
    /// Heading, where the network has one.
    pub title: String,
    /// Plain text.
    pub text: String,
    /// Ids of [`Wall::files`], with their descriptions.
    pub media: Vec<(String, String)>,
    /// A link card: address and title.
    pub card: Option<(String, String)>,
    /// Answers of a poll with their votes.
    pub poll: Vec<(String, u64)>,
    /// Names of the visitors who reacted.
    pub reactions: Vec<String>,
    /// Names of the visitors who reposted.
    pub reposts: Vec<String>,
    /// How often it was looked at.
    pub views: u64,
    /// When it came.
    pub at: Option<Timestamp>,
    /// When it was changed.
    pub edited_at: Option<Timestamp>,
    /// Pinned?
    pub pinned: bool,
    /// Whatever else the player needs to answer for it. Of this the sandbox knows `part_of` (the id of the post behind
    /// which it stands and is not shown by itself), `status: "trash"`, `slug` (the end of its address) and `buttons`
    /// (rows of `{text, url}`).
    pub extra: Value,
}

impl WallPost {
    /// Does a visitor see it as a post of its own?
    pub fn is_shown(&self) -> bool {
        let word = |name: &str| self.extra.get(name).and_then(Value::as_str);
        self.parent.is_none() && word("part_of").is_none() && word("status") != Some("trash")
    }
}

/// A file that was uploaded.
#[derive(Debug, Clone, PartialEq)]
pub struct WallFile {
    /// Its media type by content.
    pub mime: String,
    /// Its bytes.
    pub bytes: Bytes,
    /// Whatever else the player needs.
    pub extra: Value,
}

/// Everything that one played network remembers.
#[derive(Debug, Clone, Default)]
pub struct Wall {
    /// Posts and comments in the order they came.
    pub posts: Vec<WallPost>,
    /// Uploaded files by id.
    pub files: BTreeMap<String, WallFile>,
    /// Names of followers, by account.
    pub followers: BTreeMap<String, Vec<String>>,
    /// Last number given out.
    pub last_id: u64,
    /// Keys seen, with the id of what they made.
    pub keys: BTreeMap<String, String>,
    /// Tokens that have ended.
    pub expired: Vec<String>,
    /// Whatever else the player needs.
    pub extra: Value,
}

impl Wall {
    /// The next number.
    pub fn next_id(&mut self) -> u64 {
        self.last_id += 1;
        self.last_id
    }

    /// A post by its id.
    pub fn post(&self, id: &str) -> Option<&WallPost> {
        self.posts.iter().find(|post| post.id == id)
    }

    /// A post by its id, to be changed.
    pub fn post_mut(&mut self, id: &str) -> Option<&mut WallPost> {
        self.posts.iter_mut().find(|post| post.id == id)
    }
}

/// A request of a client, as it came in.
#[derive(Debug, Clone)]
pub struct Asked {
    /// `GET`, `POST`, ...
    pub method: String,
    /// Path below the network's own root, with a leading slash, still percent-encoded.
    pub path: String,
    /// Query pairs in order, decoded.
    pub query: Vec<(String, String)>,
    /// Headers, names in lower case.
    pub headers: Vec<(String, String)>,
    /// Body.
    pub body: Bytes,
    /// Address of the network's root as the client sees it, without a slash at the end.
    pub root: String,
}

impl Asked {
    /// The first header of this name (lower case).
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
    /// The first query value of this name.
    pub fn query(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
    /// The query and the body as one form, whichever way the body is written.
    pub fn form(&self) -> Form {
        form::read(self)
    }
}

/// What the played network answers.
#[derive(Debug, Clone)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// Headers.
    pub headers: Vec<(String, String)>,
    /// Media type of the body.
    pub mime: String,
    /// Body.
    pub body: Bytes,
}

impl Answer {
    /// A JSON answer.
    pub fn json(status: u16, value: &Value) -> Self {
        Self { status, headers: Vec::new(), mime: "application/json".to_owned(), body: Bytes::from(value.to_string()) }
    }
}

/// A network as a player in the sandbox.
pub trait Player: Send + Sync + 'static {
    /// Id of the network; also the first segment of its address in the sandbox.
    fn id(&self) -> &'static str;
    /// As people call it.
    fn title(&self) -> &'static str;
    /// What to type into the form of the network to connect a channel of the sandbox at `root`.
    fn form(&self, root: &str) -> BTreeMap<String, String>;
    /// The accounts on the wall before anything happened: id and name.
    fn accounts(&self) -> Vec<(String, String)>;
    /// Answers one request as the network would.
    fn answer(&self, wall: &mut Wall, asked: &Asked, now: Timestamp) -> Answer;
    /// How the network answers when it limits the rate.
    fn rate_limited(&self, seconds: u64) -> Answer;
    /// How it answers a credential that has ended.
    fn expired(&self) -> Answer;
    /// Does this request publish something? Faults such as silence after accepting apply to these.
    fn publishes(&self, asked: &Asked) -> bool;
    /// The id of the next thing that a visitor writes.
    fn visitor_id(&self, wall: &mut Wall) -> String {
        wall.next_id().to_string()
    }
}
