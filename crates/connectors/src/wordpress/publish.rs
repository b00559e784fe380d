//! Sending, finding, changing and taking down.
//!
//! Steps: each file is uploaded by itself, then the post is made, then its first comment. Uploads and lookups of
//! categories may be done twice. The post carries the key of its step as a class of its first block: WordPress keeps
//! it for every role, its own search finds it in the content, and the editor shows it among the block's classes.

use std::time::Duration;

use async_trait::async_trait;
use sarafan_domain::delivery::{Published, Step};
use sarafan_domain::problem::Problem;
use sarafan_network::http::{Body, Effect, Request};
use sarafan_network::{Call, Delete, Edit, Media, NetError, Network, Outgoing, Publish, Result};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::Wordpress;
use super::blocks::{Attached, escape};
use super::post::{self, marker, route, route_of};
use super::site::Site;
use super::wire::{Comment, File, Post, Term, open, refusal};
use crate::html;

/// What is to be done next.
#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "next", rename_all = "lowercase")]
enum Left {
    /// Upload what is missing, or make the post when nothing is.
    Post { files: Vec<Attached> },
    /// Write the first comment.
    Comment { published: Published },
}

#[async_trait]
impl Publish for Wordpress {
    async fn start(&self, call: &Call<'_>, post: &Outgoing) -> Result<Step> {
        go_on(call, post, Left::Post { files: Vec::new() }).await
    }

    async fn resume(&self, call: &Call<'_>, post: &Outgoing, resume: Value) -> Result<Step> {
        go_on(call, post, left(Some(resume))?).await
    }

    async fn find(&self, call: &Call<'_>, post: &Outgoing, resume: Option<Value>) -> Result<Option<Step>> {
        let site = Site::of(call.channel, call.credential);
        match left(resume)? {
            // The step in doubt was an upload; another one does no harm.
            Left::Post { files } if files.len() < post.media.len() => Ok(None),
            Left::Post { files } => {
                let found = find_post(call, &site, route(&post.variant)).await?;
                Ok(found.map(|found| after_post(post, &found, &files)))
            }
            Left::Comment { published } => {
                let found = find_comment(call, &site, &published, &post.variant.first_comment).await?;
                Ok(found.map(|comment| with_comment(published, &comment)))
            }
        }
    }
}

fn left(resume: Option<Value>) -> Result<Left> {
    let Some(resume) = resume else { return Ok(Left::Post { files: Vec::new() }) };
    serde_json::from_value(resume)
        .map_err(|_| NetError::Protocol { detail: "what was kept cannot be read".to_owned() })
}

async fn go_on(call: &Call<'_>, post: &Outgoing, left: Left) -> Result<Step> {
    let site = Site::of(call.channel, call.credential);
    match left {
        Left::Post { mut files } => match post.media.get(files.len()) {
            Some(media) => {
                files.push(upload(call, &site, media).await?);
                Ok(wait(&Left::Post { files }, None))
            }
            None => create(call, &site, post, &files).await,
        },
        Left::Comment { published } => comment(call, &site, post, published).await,
    }
}

fn wait(left: &Left, published: Option<Published>) -> Step {
    Step::Wait { resume: json!(left), wait: Duration::ZERO, published }
}

async fn upload(call: &Call<'_>, site: &Site<'_>, media: &Media) -> Result<Attached> {
    // The body is the file; everything else has to stand in the address.
    let alt: String = media.alt.chars().take(1000).collect();
    let request = Request::new(Effect::Prepare, "POST", site.url("media", &[("alt_text", alt.as_str())]))
        .header("content-disposition", format!("attachment; filename=\"{}\"", file_name(&media.name)))
        .body(Body::Raw { mime: media.facts.mime.clone(), bytes: media.bytes().await? });
    let reply = call.http.send(site.sign(request)).await?;
    let file: File = open(&reply, Effect::Prepare, &site.secrets(), call.now)?;
    Ok(Attached { id: file.id, url: file.source_url, alt, kind: media.facts.kind })
}

fn file_name(name: &str) -> String {
    name.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_')).collect()
}

async fn create(call: &Call<'_>, site: &Site<'_>, post: &Outgoing, files: &[Attached]) -> Result<Step> {
    let route = route(&post.variant);
    let mut fields = fields(call, post, files);
    fields.insert("status".to_owned(), json!("publish"));
    fields.extend(terms(call, site, post).await?);
    let request = Request::new(Effect::Write, "POST", site.url(route, &[])).json(Value::Object(fields));
    let reply = call.http.send(site.sign(request)).await?;
    let made: Post = open(&reply, Effect::Write, &site.secrets(), call.now)?;
    Ok(after_post(post, &made, files))
}

fn fields(call: &Call<'_>, post: &Outgoing, files: &[Attached]) -> Map<String, Value> {
    let whole = Wordpress.compose(&post.variant, &call.channel.facts).parts.concat();
    post::fields(&post.variant, &whole, files, &marker(&call.key.0))
}

fn after_post(post: &Outgoing, made: &Post, files: &[Attached]) -> Step {
    let published = post::published(made, route(&post.variant) == post::PAGES, files);
    if post.variant.first_comment.trim().is_empty() {
        return Step::Done(published);
    }
    wait(&Left::Comment { published: published.clone() }, Some(published))
}

/// Numbers of categories and tags; what does not exist is made. Pages have neither.
async fn terms(call: &Call<'_>, site: &Site<'_>, post: &Outgoing) -> Result<Map<String, Value>> {
    let mut fields = Map::new();
    if route(&post.variant) == post::PAGES {
        return Ok(fields);
    }
    for kind in ["categories", "tags"] {
        let names = post.variant.option(kind).unwrap_or_default();
        let mut ids: Vec<u64> = Vec::new();
        for name in names.split(',').map(|name| name.trim().trim_start_matches('#')).filter(|name| !name.is_empty()) {
            let id = term(call, site, kind, name).await?;
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        if !ids.is_empty() {
            fields.insert(kind.to_owned(), json!(ids));
        }
    }
    Ok(fields)
}

async fn term(call: &Call<'_>, site: &Site<'_>, kind: &'static str, name: &str) -> Result<u64> {
    let pairs = [("search", name), ("per_page", "100"), ("_fields", "id,name")];
    let reply = call.http.send(site.sign(Request::get(site.url(kind, &pairs)))).await?;
    let found: Vec<Term> = open(&reply, Effect::Read, &site.secrets(), call.now)?;
    let same = |term: &&Term| html::text(&term.name).to_lowercase() == name.to_lowercase();
    if let Some(term) = found.iter().find(same) {
        return Ok(term.id);
    }
    let request = Request::new(Effect::Prepare, "POST", site.url(kind, &[])).json(json!({ "name": escape(name) }));
    let reply = call.http.send(site.sign(request)).await?;
    let said = refusal(&reply);
    match said.as_ref().map(|said| said.code.as_str()) {
        // Somebody made it meanwhile, or it differs in a way that WordPress does not see.
        Some("term_exists") => {
            let id = said.and_then(|said| said.data.get("term_id").and_then(Value::as_u64));
            id.ok_or_else(|| NetError::Protocol { detail: "term_exists without term_id".to_owned() })
        }
        Some("rest_cannot_create") => Err(NetError::Rejected {
            problem: Problem::error("wordpress-term", "options").with("name", name),
        }),
        _ => Ok(open::<Term>(&reply, Effect::Prepare, &site.secrets(), call.now)?.id),
    }
}

/// The post that carries the key of this step, wherever it is now: what somebody threw away was out, too.
async fn find_post(call: &Call<'_>, site: &Site<'_>, route: &str) -> Result<Option<Post>> {
    let marker = marker(&call.key.0);
    let pairs = [
        ("search", marker.as_str()),
        ("status", "publish,future,draft,pending,private,trash"),
        ("context", "edit"),
        ("per_page", "10"),
        ("_fields", "id,link,status,content"),
    ];
    let reply = call.http.send(site.sign(Request::get(site.url(route, &pairs)))).await?;
    let found: Vec<Post> = open(&reply, Effect::Read, &site.secrets(), call.now)?;
    // The search also finds what merely contains the words.
    let ours = |post: &Post| post.content.raw.as_deref().is_some_and(|raw| raw.contains(&format!("\"{marker}\"")));
    Ok(found.into_iter().find(ours))
}

async fn comment(call: &Call<'_>, site: &Site<'_>, post: &Outgoing, published: Published) -> Result<Step> {
    let html = escape(post.variant.first_comment.trim());
    let fields = json!({ "post": published.external_id.parse::<u64>().unwrap_or_default(), "content": html });
    let request = Request::new(Effect::Write, "POST", site.url("comments", &[])).json(fields);
    let reply = call.http.send(site.sign(request)).await?;
    // The site itself refuses the same words twice.
    if refusal(&reply).is_some_and(|said| said.code == "comment_duplicate")
        && let Some(comment) = find_comment(call, site, &published, &post.variant.first_comment).await?
    {
        return Ok(with_comment(published, &comment));
    }
    let comment: Comment = open(&reply, Effect::Write, &site.secrets(), call.now)?;
    Ok(with_comment(published, &comment))
}

fn with_comment(mut published: Published, comment: &Comment) -> Step {
    published.parts.push(format!("comment:{}", comment.id));
    Step::Done(published)
}

/// Our comment with these words under the post. Only moderators may read it as it was typed, so what visitors see is
/// compared, where WordPress has made typographic quotes and dashes of plain ones.
async fn find_comment(
    call: &Call<'_>,
    site: &Site<'_>,
    published: &Published,
    words: &str,
) -> Result<Option<Comment>> {
    let pairs = [("post", published.external_id.as_str()), ("per_page", "100")];
    let reply = call.http.send(site.sign(Request::get(site.url("comments", &pairs)))).await?;
    let found: Vec<Comment> = open(&reply, Effect::Read, &site.secrets(), call.now)?;
    let ours = |comment: &Comment| {
        comment.author == site.facts.user && same_words(&html::text(&comment.content.rendered), words)
    };
    Ok(found.into_iter().find(ours))
}

fn same_words(one: &str, other: &str) -> bool {
    let bare = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    match (bare(one), bare(other)) {
        (one_bare, other_bare) if one_bare.is_empty() && other_bare.is_empty() => one.trim() == other.trim(),
        (one_bare, other_bare) => one_bare == other_bare,
    }
}

#[async_trait]
impl Edit for Wordpress {
    async fn edit(&self, call: &Call<'_>, published: &Published, post: &Outgoing) -> Result<Published> {
        let site = Site::of(call.channel, call.credential);
        let files = files(call, &site, published, post).await?;
        let mut fields = fields(call, post, &files);
        fields.extend(terms(call, &site, post).await?);
        let route = format!("{}/{}", route_of(published), published.external_id);
        // The same change twice is one change.
        let request = Request::new(Effect::Prepare, "POST", site.url(&route, &[])).json(Value::Object(fields));
        let reply = call.http.send(site.sign(request)).await?;
        let changed: Post = open(&reply, Effect::Prepare, &site.secrets(), call.now)?;
        if changed.status == "trash" {
            return Err(NetError::Gone);
        }
        let mut after = post::published(&changed, route_of(published) == post::PAGES, &files);
        after.parts.extend(published.parts.iter().filter(|part| part.starts_with("comment:")).cloned());
        Ok(after)
    }
}

/// The files of the changed post: those that are on the site already where their number is the same, else all anew.
async fn files(call: &Call<'_>, site: &Site<'_>, published: &Published, post: &Outgoing) -> Result<Vec<Attached>> {
    let known = post::files_of(published);
    let mut files = Vec::with_capacity(post.media.len());
    if !known.is_empty() && known.len() == post.media.len() {
        let include = known.iter().map(u64::to_string).collect::<Vec<_>>().join(",");
        let pairs = [("include", include.as_str()), ("per_page", "100"), ("_fields", "id,source_url")];
        let reply = call.http.send(site.sign(Request::get(site.url("media", &pairs)))).await?;
        let there: Vec<File> = open(&reply, Effect::Read, &site.secrets(), call.now)?;
        for (id, media) in known.iter().zip(&post.media) {
            let url = there.iter().find(|file| file.id == *id).map(|file| file.source_url.clone());
            files.extend(url.map(|url| Attached { id: *id, url, alt: media.alt.clone(), kind: media.facts.kind }));
        }
        if files.len() == post.media.len() {
            return Ok(files);
        }
        files.clear();
    }
    for media in &post.media {
        files.push(upload(call, site, media).await?);
    }
    Ok(files)
}

#[async_trait]
impl Delete for Wordpress {
    /// Into the trash, from where the owner can take it back; pictures stay in the library.
    async fn delete(&self, call: &Call<'_>, published: &Published) -> Result<()> {
        let site = Site::of(call.channel, call.credential);
        let route = format!("{}/{}", route_of(published), published.external_id);
        let request = Request::new(Effect::Prepare, "DELETE", site.url(&route, &[]));
        let reply = call.http.send(site.sign(request)).await?;
        match open::<Value>(&reply, Effect::Prepare, &site.secrets(), call.now) {
            Ok(_) | Err(NetError::Gone) => Ok(()),
            Err(error) => Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::same_words;

    #[test]
    fn typography_is_no_difference() {
        assert!(same_words("\u{201c}Привет\u{201d} \u{2013} сказал он\u{2026}", "\"Привет\" - сказал он..."));
        assert!(same_words("🎉", " 🎉 "));
        assert!(!same_words("🎉", "🎈"));
        assert!(!same_words("Привет", "Приве"));
    }
}
