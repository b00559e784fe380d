//! Comments of the played WordPress.

use sarafan_domain::time::Timestamp;
use sarafan_network::play::WallPost;
use serde_json::{Value, json};

use super::posts::field;
use super::super::blocks::escape;
use super::{EDITOR, Played, Refusal, Stage, moment};
use crate::html;

impl Stage<'_> {
    /// The post under which a comment stands, however deep.
    fn post_of<'a>(&'a self, comment: &'a WallPost) -> Option<&'a WallPost> {
        let mut above = comment;
        while let Some(parent) = &above.parent {
            above = self.wall.post(parent)?;
        }
        Some(above)
    }

    pub(super) fn list_comments(&self) -> Result<Played, Refusal> {
        let posts = self.numbers("post");
        let after: Option<Timestamp> = self.form.get("after").and_then(|after| after.parse().ok());
        let mut found: Vec<&WallPost> = self
            .wall
            .posts
            .iter()
            .filter(|comment| comment.account == self.blog && comment.parent.is_some())
            .filter(|comment| {
                let post = self.post_of(comment).filter(|post| field(post, "status") == "publish");
                post.is_some_and(|post| posts.as_ref().is_none_or(|ids| ids.contains(&post.id)))
            })
            .filter(|comment| after.is_none_or(|after| comment.at.is_some_and(|at| at > after)))
            .collect();
        if self.form.get("order") != Some("asc") {
            found.reverse();
        }
        self.paged(found.into_iter().map(|comment| self.comment(comment)).collect())
    }

    pub(super) fn one_comment(&self, id: &str) -> Result<Played, Refusal> {
        let found = self.wall.post(id).filter(|comment| comment.parent.is_some() && comment.account == self.blog);
        let missing = || Refusal::new(404, "rest_comment_invalid_id", "Invalid comment ID.");
        Played::ok(self.comment(found.ok_or_else(missing)?))
    }

    pub(super) fn make_comment(&mut self) -> Result<Played, Refusal> {
        self.must_sign("rest_comment_login_required", "Sorry, you must be logged in to comment.")?;
        let raw = self.form.get("content").unwrap_or_default().trim().to_owned();
        if raw.is_empty() {
            return Err(Refusal::new(400, "rest_comment_content_invalid", "Invalid comment content."));
        }
        let post = self.form.get("post").unwrap_or_default().to_owned();
        let under = self.wall.post(&post).filter(|post| post.parent.is_none() && post.account == self.blog);
        let missing = || Refusal::new(403, "rest_comment_invalid_post_id", "Sorry, you are not allowed to create this comment without a post.");
        let under = under.ok_or_else(missing)?;
        if field(under, "comment_status") == "closed" {
            return Err(Refusal::new(403, "rest_comment_closed", "Sorry, comments are closed for this item."));
        }
        let parent = self.form.get("parent").filter(|id| *id != "0").map_or(post, str::to_owned);
        let again = self.wall.posts.iter().any(|comment| {
            comment.parent.as_ref() == Some(&parent) && !comment.visitor && field(comment, "raw") == raw
        });
        if again {
            let message = "Duplicate comment detected; it looks as though you&#8217;ve already said that!";
            return Err(Refusal::new(409, "comment_duplicate", message));
        }
        let comment = WallPost {
            id: self.wall.next_id().to_string(),
            account: self.blog.to_owned(),
            parent: Some(parent),
            author: "Editor".to_owned(),
            text: html::text(&raw),
            at: Some(self.now),
            extra: json!({ "raw": raw }),
            ..WallPost::default()
        };
        let shown = self.comment(&comment);
        self.wall.posts.push(comment);
        Played::made(shown)
    }

    fn comment(&self, comment: &WallPost) -> Value {
        let post = self.post_of(comment);
        let post_id = post.map(|post| post.id.clone()).unwrap_or_default();
        let parent = comment.parent.as_ref().filter(|parent| **parent != post_id);
        let number = |id: &str| id.parse::<u64>().unwrap_or_default();
        let raw = if comment.visitor { escape(&comment.text) } else { field(comment, "raw").to_owned() };
        let slug = post.map(|post| field(post, "slug").to_owned()).unwrap_or_default();
        let mut content = json!({ "rendered": format!("<p>{raw}</p>\n") });
        if let Some(map) = content.as_object_mut().filter(|_| self.signed) {
            map.insert("raw".to_owned(), json!(raw));
        }
        json!({ "id": number(&comment.id), "post": number(&post_id), "parent": parent.map_or(0, |id| number(id)),
            "author": if comment.visitor { 0 } else { EDITOR }, "author_name": escape(&comment.author),
            "date_gmt": moment(comment.at), "content": content, "status": "approved", "type": "comment",
            "link": format!("{}/{slug}/#comment-{}", self.home(), comment.id) })
    }
}
