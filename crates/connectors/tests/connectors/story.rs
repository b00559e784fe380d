//! One story that every network lives through: against its player, which shows that the two understand each
//! other, and against a real server, which shows that both understand the network.

use std::time::Duration;

use async_trait::async_trait;
use sarafan_domain::post::Poll;
use sarafan_network::play::WallPost;
use sarafan_network::stage::Stage;
use sarafan_network::{ChannelCounts, Counts, IdempotencyKey, Incoming, NetError};

use crate::desk::{Desk, PNG, with_pictures, words};

/// Somebody else on the network.
#[async_trait]
pub(crate) trait Guest: Send + Sync {
    async fn like(&self, post: &str);
    async fn comment(&self, to: &str, text: &str);
    async fn follow(&self);
    /// How many posts the channel's account has, answers included.
    async fn count(&self) -> usize;
}

/// A visitor of a stage.
pub(crate) struct Visitor<'a> {
    pub(crate) stage: &'a Stage,
    pub(crate) player: &'static dyn sarafan_network::play::Player,
    pub(crate) account: String,
}

#[async_trait]
impl Guest for Visitor<'_> {
    async fn like(&self, post: &str) {
        self.stage.wall().post_mut(post).unwrap().reactions.push("Anna".to_owned());
    }

    async fn comment(&self, to: &str, text: &str) {
        let mut wall = self.stage.wall();
        let id = self.player.visitor_id(&mut wall);
        let at = wall.posts.last().and_then(|post| post.at);
        wall.posts.push(WallPost {
            id,
            account: self.account.clone(),
            parent: Some(to.to_owned()),
            author: "Anna".to_owned(),
            visitor: true,
            text: text.to_owned(),
            at,
            ..WallPost::default()
        });
    }

    async fn follow(&self) {
        self.stage.wall().followers.entry(self.account.clone()).or_default().push("Anna".to_owned());
    }

    async fn count(&self) -> usize {
        self.stage.wall().posts.iter().filter(|post| post.account == self.account && !post.visitor).count()
    }
}

/// Asks again until the answer is as wished: real servers count and collect in the background.
pub(crate) async fn until<T, F: Future<Output = T>>(what: &str, wished: impl Fn(&T) -> bool, ask: impl Fn() -> F) -> T {
    for _ in 0..200 {
        let answer = ask().await;
        if wished(&answer) {
            return answer;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("{what}: not even after ten seconds");
}

/// The story.
pub(crate) async fn story(desk: &Desk<'_>, guest: &dyn Guest) {
    let tag = &desk.run;
    let network = desk.network;
    let facts = &desk.channel.facts;
    let format = network.format(&words("").variant, facts);
    let key = desk.keyless();
    let call = desk.call(&key);

    let identity = network.auth().whoami(&call).await.unwrap();
    assert_eq!(identity.handle, desk.channel.handle);

    // A thread with a first comment; every step is sent twice, and yet all of it is there once.
    let before = guest.count().await;
    let mut thread =
        words(&format!("Первая часть {tag} 👩‍🚀 #кофе https://example.org/я\n---\nDruga część {tag}\n---\nThird {tag}"));
    thread.variant.first_comment = format!("А вы? {tag}");
    thread.variant.language = "ru".to_owned();
    let published = desk.publish(&thread, "thread").await.unwrap();
    assert_eq!(published.parts.len(), 3, "two further parts and the first comment");
    assert!(published.url.as_deref().is_some_and(|url| url.starts_with("http")), "{:?}", published.url);
    assert_eq!(guest.count().await, before + 4, "nothing is there twice");

    // The same step at the same time from two sides.
    let post = words(&format!("Одновременно {tag}"));
    let (one, two) = futures_join(desk.start(&post, "at-once"), desk.start(&post, "at-once")).await;
    let done: Vec<_> = [one, two].into_iter().filter_map(Result::ok).collect();
    assert!(!done.is_empty() && done.windows(2).all(|pair| pair[0] == pair[1]), "{done:?}");
    assert_eq!(guest.count().await, before + 5);

    // Pictures and a poll.
    let pictures = with_pictures(words(&format!("Чашки {tag}")), "image/png", &[(PNG, "Чашка"), (PNG, "Зёрна")]);
    let picture = desk.publish(&pictures, "pictures").await.unwrap();
    if format.poll.is_some() {
        let mut poll = words(&format!("Какой кофе? {tag}"));
        let options = vec!["Фильтр".to_owned(), "Эспрессо".to_owned()];
        poll.variant.poll = Some(Poll { options, multiple: false, hours: 24 });
        desk.publish(&poll, "poll").await.unwrap();
    }

    // Exactly at the limit, and one over it, past our own check: the network itself refuses.
    let limit = format!("{tag}{}", "ж".repeat(format.text_max - tag.len()));
    desk.publish(&words(&limit), "limit").await.unwrap();
    let over = desk.start(&words(&format!("{limit}ж")), "over").await;
    assert!(matches!(over, Err(NetError::Rejected { .. })), "{over:?}");

    // Others react, and we see it.
    guest.like(&published.external_id).await;
    guest.comment(&published.external_id, &format!("Фильтр! <b>{tag}</b>")).await;
    guest.comment(&published.parts[0], &format!("И эспрессо {tag}")).await;
    guest.follow().await;
    numbers(desk, &published).await;
    let comments = talk(desk, &published, tag).await;
    answer(desk, &published, &comments[0], tag).await;

    if let Some(edit) = network.edit() {
        let mut changed = thread.clone();
        changed.variant.text = changed.variant.text.replace("Первая", "Исправленная первая");
        let after = edit.edit(&call, &published, &changed).await.unwrap();
        assert_eq!(after.external_id, published.external_id);
        edit.edit(&call, &published, &changed).await.unwrap();
    }

    // Taken down with all its parts, and once more.
    let delete = network.delete().unwrap();
    let count = guest.count().await;
    delete.delete(&call, &published).await.unwrap();
    delete.delete(&call, &published).await.unwrap();
    assert_eq!(guest.count().await, count - 4);
    delete.delete(&call, &picture).await.unwrap();
    let stats = network.stats().unwrap();
    let posts = [published.clone()];
    until("the post is gone", Vec::is_empty, || async { stats.posts(&call, &posts).await.unwrap() }).await;
}

async fn futures_join<A: Future, B: Future>(one: A, two: B) -> (A::Output, B::Output) {
    tokio::join!(one, two)
}

async fn numbers(desk: &Desk<'_>, published: &sarafan_domain::delivery::Published) {
    let key = desk.keyless();
    let call = desk.call(&key);
    let stats = desk.network.stats().unwrap();
    let posts = [published.clone()];
    let counted = |all: &Vec<(String, Counts)>| {
        all.iter().any(|(id, counts)| {
            *id == published.external_id && counts.reactions == Some(1) && counts.replies.is_some_and(|n| n >= 1)
        })
    };
    let all = until("a like and a reply", counted, || async { stats.posts(&call, &posts).await.unwrap() }).await;
    assert_eq!(all[0].1.views, None, "what a network does not tell stays missing");
    until(
        "a follower",
        |counts: &ChannelCounts| counts.followers == Some(1),
        || async { stats.channel(&call).await.unwrap() },
    )
    .await;
}

/// Both ways to the comments find both, as plain text, and nothing of our own.
async fn talk(desk: &Desk<'_>, published: &sarafan_domain::delivery::Published, tag: &str) -> Vec<Incoming> {
    let key = desk.keyless();
    let call = desk.call(&key);
    let comments = desk.network.comments().unwrap();
    let two = |items: &Vec<Incoming>| items.len() == 2;
    let under =
        until("two comments", two, || async { comments.under(&call, published, None).await.unwrap().items }).await;
    let texts: Vec<&str> = under.iter().map(|item| item.text.as_str()).collect();
    assert!(texts.iter().any(|text| text.ends_with(&format!("Фильтр! <b>{tag}</b>"))), "{texts:?}");
    assert!(under.iter().all(|item| !item.own && !item.author.is_empty()), "{under:?}");
    let parents: Vec<_> = under.iter().filter_map(|item| item.parent.as_deref()).collect();
    assert!(parents.contains(&published.external_id.as_str()) && parents.contains(&published.parts[0].as_str()));

    let since = until("two notifications", two, || async {
        let mut found: Vec<Incoming> = Vec::new();
        let mut cursor: Option<String> = None;
        while let Some(next) = {
            let page = comments.since(&call, cursor.as_deref()).await.unwrap();
            found.extend(page.items.into_iter().filter(|item| item.text.contains(tag)));
            page.next
        } {
            cursor = Some(next);
        }
        found.sort_by(|a, b| a.external_id.cmp(&b.external_id));
        found.dedup_by(|a, b| a.external_id == b.external_id);
        found
    })
    .await;
    assert!(since.iter().all(|item| under.iter().any(|other| other.external_id == item.external_id)));
    under
}

/// An answer goes out once, though it is sent twice, and is known as ours.
async fn answer(desk: &Desk<'_>, published: &sarafan_domain::delivery::Published, to: &Incoming, tag: &str) {
    let comments = desk.network.comments().unwrap();
    let key = IdempotencyKey(format!("{}-answer", desk.run));
    let text = format!("Спасибо! {tag}");
    let one = comments.reply(&desk.call(&key), &to.external_id, &text).await.unwrap();
    let two = comments.reply(&desk.call(&key), &to.external_id, &text).await.unwrap();
    assert_eq!(one.external_id, two.external_id);
    let ours = |items: &Vec<Incoming>| items.iter().filter(|item| item.own).count() == 1;
    let all =
        until("our answer", ours, || async { comments.under(&desk.call(&key), published, None).await.unwrap().items })
            .await;
    let own = all.iter().find(|item| item.own).unwrap();
    assert_eq!(
        (own.external_id.as_str(), own.parent.as_deref()),
        (one.external_id.as_str(), Some(to.external_id.as_str()))
    );
}
