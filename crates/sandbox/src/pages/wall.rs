//! A wall as a visitor sees it, with what a visitor can do.

use std::collections::HashMap;

use sarafan_network::play::{Wall, WallPost};

use super::{Words, anchor, put, segment, wall_address};
use crate::language::Tongue;
use crate::room::Room;

/// Posts on one page.
const PAGE: usize = 25;
/// Comments shown below each other; deeper ones stand at the same edge.
const DEPTH: usize = 4;

struct Look<'a> {
    network: &'a str,
    account: &'a str,
    wall: &'a Wall,
    answers: HashMap<&'a str, Vec<&'a WallPost>>,
    tongue: Tongue,
    visitor: &'a str,
}

/// The page; `None` where there is no such account. `looked` counts a look at every post on it.
pub(super) fn page(
    room: &Room,
    account: &str,
    tongue: Tongue,
    visitor: &str,
    turn: usize,
    looked: bool,
) -> Option<String> {
    let mut wall = room.wall();
    let (_, name) = room.accounts(&wall).into_iter().find(|(id, _)| id == account)?;
    let top = |post: &&WallPost| post.account == account && post.is_shown();
    let total = wall.posts.iter().filter(top).count();
    let shown: Vec<String> = wall
        .posts
        .iter()
        .rev()
        .filter(top)
        .skip(turn.saturating_mul(PAGE))
        .take(PAGE)
        .map(|post| post.id.clone())
        .collect();
    if looked {
        for post in wall.posts.iter_mut().filter(|post| shown.contains(&post.id)) {
            post.views += 1;
        }
    }
    let mut answers: HashMap<&str, Vec<&WallPost>> = HashMap::new();
    for post in wall.posts.iter().filter(|post| post.account == account) {
        if let Some(parent) = &post.parent {
            answers.entry(parent).or_default().push(post);
        }
    }
    let look = Look { network: room.player.id(), account, wall: &wall, answers, tongue, visitor };
    let mut main = String::new();
    look.head(&mut main, room.player.title(), &name);
    put!(main, "<div class=\"wall\">\n");
    let mut order: Vec<&WallPost> = shown.iter().filter_map(|id| wall.post(id)).collect();
    order.sort_by_key(|post| !post.pinned);
    for post in &order {
        look.post(&mut main, post);
    }
    if order.is_empty() {
        put!(main, "<p class=\"empty\">{}</p>", Words(&tongue.say("sandbox-wall-empty")));
    }
    put!(main, "</div>\n");
    look.turn(&mut main, turn, total);
    Some(super::page(tongue, &name, Some(room.player.id()), &main))
}

impl Look<'_> {
    fn action(&self, name: &str) -> String {
        format!("/wall/{}/{}/{name}", segment(self.network), segment(self.account))
    }

    fn head(&self, main: &mut String, title: &str, name: &str) {
        let none = Vec::new();
        let followers = self.wall.followers.get(self.account).unwrap_or(&none);
        let follows = followers.iter().any(|known| known == self.visitor);
        let (key, class) = if follows { ("sandbox-unfollow", "") } else { ("sandbox-follow", "main") };
        put!(
            main,
            "<div class=\"account\"><div><h1>{}</h1><p class=\"quiet\">{} · {}</p></div>",
            Words(name),
            Words(title),
            Words(&self.tongue.count("sandbox-followers", followers.len()))
        );
        put!(
            main,
            "<form method=\"post\" action=\"{}\"><button class=\"{class}\">{}</button></form></div>\n",
            self.action("follow"),
            Words(&self.tongue.say(key))
        );
        put!(
            main,
            "<form class=\"who\" method=\"post\" action=\"{}\"><label>{} <input name=\"name\" value=\"{}\" \
             maxlength=\"60\" required></label> <button>{}</button></form>\n",
            self.action("name"),
            Words(&self.tongue.say("sandbox-who")),
            Words(self.visitor),
            Words(&self.tongue.say("sandbox-who-set"))
        );
    }

    fn post(&self, main: &mut String, post: &WallPost) {
        put!(main, "<article class=\"card\" id=\"{}\">\n", anchor(&post.id));
        self.byline(main, post);
        if !post.title.is_empty() {
            put!(main, "<h2>{}</h2>\n", Words(&post.title));
        }
        self.words(main, &post.text);
        self.media(main, post);
        if let Some((address, title)) = &post.card {
            // No link: an address that a stranger wrote is only shown.
            put!(main, "<p class=\"link-card\"><strong>{}</strong><br>{}</p>\n", Words(title), Words(address));
        }
        self.poll(main, post);
        buttons(main, post);
        self.deeds(main, post, true);
        self.comments(main, &post.id, 1);
        put!(main, "</article>\n");
    }

    fn byline(&self, main: &mut String, post: &WallPost) {
        let at = post.at.map(|at| at.strftime("%Y-%m-%d %H:%M:%S UTC").to_string()).unwrap_or_default();
        put!(main, "<p class=\"byline\"><strong>{}</strong> <time>{}</time>", Words(&post.author), Words(&at));
        if post.edited_at.is_some() {
            put!(main, " <span class=\"tag\">{}</span>", Words(&self.tongue.say("sandbox-edited")));
        }
        if post.pinned {
            put!(main, " <span class=\"tag\">{}</span>", Words(&self.tongue.say("sandbox-pinned")));
        }
        put!(main, "</p>\n");
    }

    fn words(&self, main: &mut String, text: &str) {
        if !text.is_empty() {
            put!(main, "<p class=\"text\">{}</p>\n", Words(text));
        }
    }

    fn media(&self, main: &mut String, post: &WallPost) {
        let files: Vec<_> =
            post.media.iter().filter_map(|(id, alt)| Some((id, alt, self.wall.files.get(id)?))).collect();
        if files.is_empty() {
            return;
        }
        put!(main, "<div class=\"media\">");
        for (id, alt, file) in files {
            let address = format!("/file/{}/{}", segment(self.network), segment(id));
            if file.mime.starts_with("image/") {
                put!(main, "<img src=\"{address}\" alt=\"{}\" loading=\"lazy\">", Words(alt));
            } else if file.mime.starts_with("video/") {
                put!(main, "<video src=\"{address}\" controls preload=\"metadata\"></video>");
            } else {
                put!(
                    main,
                    "<a class=\"file\" href=\"{address}\" download>{}</a>",
                    Words(&self.tongue.say("sandbox-file"))
                );
            }
        }
        put!(main, "</div>\n");
    }

    fn poll(&self, main: &mut String, post: &WallPost) {
        if post.poll.is_empty() {
            return;
        }
        put!(
            main,
            "<form class=\"poll\" method=\"post\" action=\"{}\"><input type=\"hidden\" name=\"post\" value=\"{}\">",
            self.action("vote"),
            Words(&post.id)
        );
        for (number, (option, votes)) in post.poll.iter().enumerate() {
            put!(
                main,
                "<button name=\"option\" value=\"{number}\"><span>{}</span><span class=\"number\">{votes}</span></button>",
                Words(option)
            );
        }
        put!(main, "</form>\n");
    }

    fn deeds(&self, main: &mut String, post: &WallPost, whole: bool) {
        let mine = |names: &[String]| names.iter().any(|name| name == self.visitor);
        let button = |action: &str, key: &str, names: &[String]| {
            format!(
                "<button formaction=\"{}\" aria-pressed=\"{}\" title=\"{}\">{} <span class=\"number\">{}</span></button>",
                self.action(action),
                mine(names),
                Words(&names.join(", ")),
                Words(&self.tongue.say(key)),
                names.len()
            )
        };
        put!(
            main,
            "<form class=\"deeds\" method=\"post\"><input type=\"hidden\" name=\"post\" value=\"{}\">{}",
            Words(&post.id),
            button("like", "sandbox-like", &post.reactions)
        );
        if whole {
            put!(main, "{}", button("repost", "sandbox-repost", &post.reposts));
            let views = usize::try_from(post.views).unwrap_or(usize::MAX);
            put!(main, "<span class=\"quiet\">{}</span>", Words(&self.tongue.count("sandbox-views", views)));
        }
        put!(main, "</form>\n");
        put!(
            main,
            "<details class=\"answer\"><summary>{}</summary><form method=\"post\" action=\"{}\">\
             <input type=\"hidden\" name=\"post\" value=\"{}\"><textarea name=\"text\" rows=\"2\" maxlength=\"2000\" required \
             aria-label=\"{}\"></textarea><button>{}</button></form></details>\n",
            Words(&self.tongue.say("sandbox-comment")),
            self.action("comment"),
            Words(&post.id),
            Words(&self.tongue.say("sandbox-comment")),
            Words(&self.tongue.say("sandbox-comment-send"))
        );
    }

    fn comments(&self, main: &mut String, parent: &str, depth: usize) {
        let Some(answers) = self.answers.get(parent) else { return };
        // A thread that somebody made to go round in circles ends here.
        if depth > 50 {
            return;
        }
        let class = if depth <= DEPTH { "comments" } else { "comments flat" };
        put!(main, "<div class=\"{class}\">\n");
        for answer in answers {
            put!(main, "<div class=\"comment\" id=\"{}\">\n", anchor(&answer.id));
            self.byline(main, answer);
            self.words(main, &answer.text);
            self.media(main, answer);
            self.deeds(main, answer, false);
            self.comments(main, &answer.id, depth + 1);
            put!(main, "</div>\n");
        }
        put!(main, "</div>\n");
    }

    fn turn(&self, main: &mut String, turn: usize, total: usize) {
        let address = wall_address(self.network, self.account, None);
        put!(main, "<nav class=\"turn\">");
        if turn > 0 {
            put!(main, "<a href=\"{address}?page={}\">{}</a>", turn - 1, Words(&self.tongue.say("sandbox-newer")));
        }
        if (turn + 1).saturating_mul(PAGE) < total {
            put!(main, "<a href=\"{address}?page={}\">{}</a>", turn + 1, Words(&self.tongue.say("sandbox-older")));
        }
        put!(main, "</nav>\n");
    }
}

/// Links under a post. An address that a stranger wrote is only shown.
fn buttons(main: &mut String, post: &WallPost) {
    let rows = post.extra.get("buttons").and_then(serde_json::Value::as_array);
    let all = rows.into_iter().flatten().filter_map(serde_json::Value::as_array).flatten();
    for button in all {
        let word = |name: &str| button.get(name).and_then(serde_json::Value::as_str).unwrap_or_default();
        put!(main, "<p class=\"link-card\"><strong>{}</strong> {}</p>\n", Words(word("text")), Words(word("url")));
    }
}
