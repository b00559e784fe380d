//! Cards of links: what a page says of itself (title, text, picture), read through the one door and kept, so that the
//! composer shows and a network gets the same, and nothing has to be read at the second of sending.
//!
//! The page was written by strangers: only plain text is taken from it, cut to a length, and its picture is unpacked
//! and packed anew. What cannot be read is no error: the card then shows where it leads.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use encoding_rs::Encoding;
use jiff::SignedDuration;
use sarafan_domain::asset::{AssetFacts, AssetKind};
use sarafan_domain::id::{AssetId, BrandId};
use sarafan_domain::member::Action;
use sarafan_domain::problem::Problem;
use sarafan_domain::time::Timestamp;
use sarafan_network::http::{Http, Reply, Request};
use sarafan_network::{Card, Media};
use scraper::{Html, Selector};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use url::Url;
use utoipa::ToSchema;

use crate::posts::LinkCard;
use crate::{Actor, App, AppError};

/// What was read is good for so long while somebody writes; a post that is sent takes whatever there is.
const FRESH: SignedDuration = SignedDuration::from_mins(15);
/// Page and picture together; a post that is sent at once waits no longer for them.
const PATIENCE: Duration = Duration::from_secs(6);
/// Most redirects.
const HOPS: usize = 5;
/// So much of a page is looked at: what it says of itself stands at its beginning.
const HEAD: usize = 512 * 1024;
/// Longest title and text, in characters.
const TITLE: usize = 300;
const DESCRIPTION: usize = 1000;

/// What is kept of a page: this as one line of JSON, then the picture.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Kept {
    title: String,
    description: String,
    width: u32,
    height: u32,
    at: Timestamp,
}

/// What the page of a link says of itself.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CardView {
    /// The page could be read.
    pub found: bool,
    /// Its title; empty where it has none.
    pub title: String,
    /// What it is about; empty where it does not say.
    pub description: String,
    /// It has a picture: `GET …/card/picture`.
    pub picture: bool,
}

impl App {
    /// What the page of a link says of itself.
    ///
    /// # Errors
    /// [`AppError::Invalid`] `link-bad` for an address that no page can have.
    pub async fn link_card(&self, actor: &Actor, brand: BrandId, url: &str) -> Result<CardView, AppError> {
        self.enter(actor, brand, Action::PostWrite).await?;
        address(url).ok_or_else(|| Problem::error("link-bad", "url").with("link", url))?;
        let fresh = |kept: &(Kept, Bytes)| self.now().duration_since(kept.0.at) < FRESH;
        let found = match self.kept_card(brand, url).await.filter(fresh) {
            Some(kept) => Some(kept),
            None => self.read_card(brand, url).await,
        };
        Ok(match found {
            Some((kept, picture)) => {
                CardView { found: true, title: kept.title, description: kept.description, picture: !picture.is_empty() }
            }
            None => CardView { found: false, title: String::new(), description: String::new(), picture: false },
        })
    }

    /// The picture of the page of a link: a JPEG.
    ///
    /// # Errors
    /// [`AppError::NotFound`] where [`App::link_card`] has found none.
    pub async fn link_card_picture(&self, actor: &Actor, brand: BrandId, url: &str) -> Result<Bytes, AppError> {
        self.enter(actor, brand, Action::PostWrite).await?;
        self.kept_picture(brand, url).await
    }

    /// The picture of a page that was read before.
    pub(crate) async fn kept_picture(&self, brand: BrandId, url: &str) -> Result<Bytes, AppError> {
        let kept = self.kept_card(brand, url).await.ok_or(AppError::NotFound)?;
        if kept.1.is_empty() { Err(AppError::NotFound) } else { Ok(kept.1) }
    }

    /// Fills in what the page said of itself when it was read, where the author says nothing; tells whether it has a
    /// picture. Nothing is read now: a stranger looks.
    pub(crate) async fn fill_card(&self, brand: BrandId, card: &mut LinkCard) -> bool {
        let Some((kept, picture)) = self.kept_card(brand, &card.url).await else { return false };
        let said = |text: String| Some(text).filter(|text| !text.is_empty());
        card.title = card.title.take().or_else(|| said(kept.title));
        card.description = card.description.take().or_else(|| said(kept.description));
        !picture.is_empty()
    }

    /// The card that a post is sent with: what is kept, else what can be read in a moment.
    pub(crate) async fn card_for(&self, brand: BrandId, url: &str) -> Option<Card> {
        let (kept, picture) = match self.kept_card(brand, url).await {
            Some(kept) => kept,
            None => self.read_card(brand, url).await?,
        };
        let facts = AssetFacts {
            id: AssetId(uuid::Uuid::nil()),
            kind: AssetKind::Image,
            mime: "image/jpeg".to_owned(),
            bytes: u64::try_from(picture.len()).unwrap_or(u64::MAX),
            width: kept.width,
            height: kept.height,
            seconds: None,
        };
        let media = Media::new(facts, String::new(), "card.jpg".to_owned(), Arc::new(picture.clone()));
        Some(Card { title: kept.title, description: kept.description, picture: (!picture.is_empty()).then_some(media) })
    }

    /// Reads a page and keeps what it says; `None` where it cannot be read.
    pub(crate) async fn read_card(&self, brand: BrandId, url: &str) -> Option<(Kept, Bytes)> {
        let url = address(url)?;
        let door = self.door().scoped("page", &[], "card", "card");
        let read = tokio::time::timeout(PATIENCE, page(&door, url.clone())).await;
        let Ok(Some((words, at_last))) = read else {
            tracing::debug!(host = url.host_str(), "the page of a link cannot be read");
            return None;
        };
        let picture = match words.picture.as_deref().and_then(|picture| at_last.join(picture).ok()) {
            Some(picture) => tokio::time::timeout(PATIENCE, small_picture(&door, picture)).await.ok().flatten(),
            None => None,
        };
        let (bytes, width, height) = picture.unwrap_or_default();
        let kept = Kept { title: words.title, description: words.description, width, height, at: self.now() };
        let mut whole = serde_json::to_vec(&kept).ok()?;
        whole.push(b'\n');
        whole.extend_from_slice(&bytes);
        if let Err(error) = self.blobs().put(&key(brand, url.as_str()), Bytes::from(whole)).await {
            tracing::warn!(%error, "a card cannot be kept");
        }
        Some((kept, Bytes::from(bytes)))
    }

    async fn kept_card(&self, brand: BrandId, url: &str) -> Option<(Kept, Bytes)> {
        let whole = self.blobs().get(&key(brand, address(url)?.as_str())).await.ok()?;
        let end = whole.iter().position(|byte| *byte == b'\n')?;
        let kept = serde_json::from_slice(whole.get(..end)?).ok()?;
        Some((kept, whole.slice(end + 1..)))
    }
}

/// Under which the card of an address is kept: the address may be long and have any letters.
fn key(brand: BrandId, url: &str) -> String {
    format!("cards/{brand}/{}", hex::encode(Sha256::digest(url.as_bytes())))
}

fn address(url: &str) -> Option<Url> {
    let url = Url::parse(url.trim()).ok()?;
    matches!(url.scheme(), "http" | "https").then_some(url).filter(Url::has_host)
}

/// Follows redirects to an answer, each through the door, which refuses private places.
async fn fetch(door: &dyn Http, mut url: Url, accept: &str) -> Option<(Reply, Url)> {
    for _ in 0..HOPS {
        let reply = door.send(Request::get(url.clone()).header("accept", accept)).await.ok()?;
        match reply.status {
            200 => return Some((reply, url)),
            301 | 302 | 303 | 307 | 308 => url = address(url.join(reply.header("location")?).ok()?.as_str())?,
            _ => return None,
        }
    }
    None
}

async fn page(door: &dyn Http, url: Url) -> Option<(Words, Url)> {
    let (reply, url) = fetch(door, url, "text/html,application/xhtml+xml").await?;
    let kind = reply.header("content-type").unwrap_or_default().to_ascii_lowercase();
    kind.contains("html").then(|| (words(&text(&reply.body, &kind)), url))
}

async fn small_picture(door: &dyn Http, url: Url) -> Option<(Vec<u8>, u32, u32)> {
    let (reply, _) = fetch(door, address(url.as_str())?, "image/jpeg,image/png,image/webp,image/gif").await?;
    let made = tokio::task::spawn_blocking(move || crate::assets::card_picture(&reply.body, Card::MAX_BYTES));
    made.await.ok()?.ok()
}

/// The beginning of a page as text: in the encoding that its head names, its own first lines, or UTF-8.
fn text(body: &[u8], kind: &str) -> String {
    let head = body.get(..HEAD).unwrap_or(body);
    let start = String::from_utf8_lossy(head.get(..2048).unwrap_or(head)).to_ascii_lowercase();
    let named = |from: &str| {
        let (_, name) = from.split_once("charset=")?;
        let name = name.trim_start_matches(['"', '\'']);
        let end = name.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_')).unwrap_or(name.len());
        Encoding::for_label(name.get(..end)?.as_bytes())
    };
    let encoding = named(kind).or_else(|| named(&start)).unwrap_or(encoding_rs::UTF_8);
    encoding.decode(head).0.into_owned()
}

/// What a page says of itself.
#[derive(Debug, Default, PartialEq, Eq)]
struct Words {
    title: String,
    description: String,
    picture: Option<String>,
}

/// Open Graph first, then what Twitter reads, then plain HTML.
fn words(html: &str) -> Words {
    let page = Html::parse_document(html);
    let meta = |names: &[&str]| {
        names.iter().find_map(|name| {
            let rule = Selector::parse(&format!("meta[property='{name}'], meta[name='{name}']")).ok()?;
            let said = page.select(&rule).filter_map(|tag| tag.value().attr("content"));
            said.map(str::trim).find(|said| !said.is_empty()).map(str::to_owned)
        })
    };
    let title = || {
        let rule = Selector::parse("title").ok()?;
        page.select(&rule).next().map(|tag| tag.text().collect::<String>())
    };
    Words {
        title: line(&meta(&["og:title", "twitter:title"]).or_else(title).unwrap_or_default(), TITLE),
        description: line(
            &meta(&["og:description", "twitter:description", "description"]).unwrap_or_default(),
            DESCRIPTION,
        ),
        picture: meta(&["og:image:secure_url", "og:image", "og:image:url", "twitter:image"]),
    }
}

/// On one line, without characters that are not seen, and no longer than `most`.
fn line(text: &str, most: usize) -> String {
    let seen: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let line = seen.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(most) {
        Some((at, _)) => format!("{}…", line.get(..at).unwrap_or_default().trim_end()),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_says_what_it_is() {
        let cases = [
            (
                "<title>Plain</title><meta property='og:title' content=' Menu &amp; more '>\
                 <meta name=description content='What\nwe cook'><meta property=og:image content=/a.jpg>",
                ("Menu & more", "What we cook", Some("/a.jpg")),
            ),
            ("<head><title> A <b>title</b>\n</title></head><body><title>no</title>", ("A <b>title</b>", "", None)),
            ("<meta name='twitter:title' content='T'><meta property='og:title' content=''>", ("T", "", None)),
            ("<script>alert(1)</script>", ("", "", None)),
            ("", ("", "", None)),
        ];
        for (html, (title, description, picture)) in cases {
            let picture = picture.map(str::to_owned);
            let expected = Words { title: title.to_owned(), description: description.to_owned(), picture };
            assert_eq!(words(html), expected, "{html}");
        }
        let long = words(&format!("<title>{}</title>", "ж".repeat(2000)));
        assert_eq!(long.title.chars().count(), TITLE + 1);
    }

    #[test]
    fn old_pages_are_read_in_their_own_letters() {
        let cyrillic = b"<meta charset=\"windows-1251\"><title>\xd7\xe0\xe9</title>";
        assert_eq!(words(&text(cyrillic, "text/html")).title, "Чай");
        assert_eq!(words(&text(b"<title>\xd7\xe0\xe9</title>", "text/html; charset=windows-1251")).title, "Чай");
        assert_eq!(words(&text("<title>Чай</title>".as_bytes(), "text/html; charset=nonsense")).title, "Чай");
    }

    #[test]
    fn only_pages_of_the_web_have_an_address() {
        for bad in ["", "file:///etc/passwd", "javascript:alert(1)", "data:text/html,x", "https://", "menu"] {
            assert_eq!(address(bad), None, "{bad}");
        }
        assert_eq!(address(" https://example.org/a b ").unwrap().as_str(), "https://example.org/a%20b");
    }
}
