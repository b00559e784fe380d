//! Approvals: one standing per post, a history that only grows, a policy per brand, links that end; and nobody else's.

use std::collections::BTreeMap;

use sarafan_domain::approval::{Approval, Covers, Policy, Standing, WhenDue};
use sarafan_domain::id::{ChannelId, PersonId, PostId, ReviewLinkId};
use sarafan_store::approvals::{self, ApprovalRow, EventRow, LinkRow};
use sarafan_store::posts;

use crate::bench::{Bench, Stage, at, new, on_both_engines, post};

on_both_engines! {
    lists_are_paged_and_the_history_goes_with_its_post
    a_policy_is_the_brands_unless_a_channel_says_otherwise
    a_link_opens_until_it_ends_or_is_taken_back
}

fn row(id: PostId, standing: Standing, second: i64) -> ApprovalRow {
    ApprovalRow {
        post: id,
        approval: Approval { standing, hash: format!("hash {second}") },
        at: at(second),
        person: None,
        by: "Вера".into(),
        note: "«теплее»".into(),
    }
}

async fn put(bench: &Bench, stage: Stage, rows: Vec<ApprovalRow>) {
    bench
        .write(move |conn| {
            let rows = rows.clone();
            Box::pin(async move {
                for row in &rows {
                    approvals::put(conn, stage.brand, row).await?;
                }
                Ok(())
            })
        })
        .await
        .unwrap();
}

async fn lists_are_paged_and_the_history_goes_with_its_post(bench: &Bench) {
    let (stage, other) = (bench.brand().await, bench.brand().await);
    let written = post(stage, "чай");
    let ids: Vec<PostId> = std::iter::once(written.id).chain((0..3).map(|_| PostId(new()))).collect();
    let mut rows: Vec<ApprovalRow> = (0..).zip(&ids).map(|(n, id)| row(*id, Standing::InReview, n / 2)).collect();
    rows[3] = row(ids[3], Standing::Approved, 9);
    put(bench, stage, rows.clone()).await;
    put(bench, other, vec![row(PostId(new()), Standing::InReview, 1)]).await;
    let mut conn = bench.store.read().await.unwrap();
    let (first, next) = approvals::list(&mut conn, stage.brand, Standing::InReview, None, 2).await.unwrap();
    let (rest, end) = approvals::list(&mut conn, stage.brand, Standing::InReview, next, 2).await.unwrap();
    let found: Vec<PostId> = first.iter().chain(&rest).map(|row| row.post).collect();
    let mut expected = vec![ids[0], ids[1]];
    expected.sort_unstable();
    expected.push(ids[2]);
    assert_eq!((found, end), (expected, None));
    let counts = approvals::counts(&mut conn, stage.brand).await.unwrap();
    assert_eq!(counts.get(&Standing::InReview), Some(&3));
    assert_eq!(approvals::get(&mut conn, other.brand, ids[0]).await.unwrap(), None);
    drop(conn);

    let event = |n: i64| EventRow {
        id: new().into(),
        post: written.id,
        at: at(n),
        kind: "approved".into(),
        person: Some(PersonId(new())),
        link: Some(ReviewLinkId(new())),
        by: "Вера".into(),
        note: String::new(),
        hash: "x".into(),
        seen: (n > 0).then(|| written.content.clone()),
    };
    let events: Vec<EventRow> = (0..3).map(event).collect();
    let (added, saved) = (events.clone(), written.clone());
    bench
        .write(move |conn| {
            let (events, written) = (added.clone(), saved.clone());
            Box::pin(async move {
                posts::insert(conn, &written).await?;
                for event in &events {
                    approvals::add_event(conn, stage.brand, event).await?;
                }
                Ok(())
            })
        })
        .await
        .unwrap();
    let mut conn = bench.store.read().await.unwrap();
    let (latest, next) = approvals::events(&mut conn, stage.brand, written.id, None, 2).await.unwrap();
    let (oldest, end) = approvals::events(&mut conn, stage.brand, written.id, next, 2).await.unwrap();
    let found: Vec<EventRow> = latest.into_iter().chain(oldest).rev().collect();
    assert_eq!((found, end), (events, None));
    let brief = posts::briefs(&mut conn, stage.brand, &[written.id]).await.unwrap().remove(0);
    assert_eq!(brief.standing, Some(Standing::InReview));
    let asked_nobody = posts::briefs(&mut conn, other.brand, &[written.id]).await.unwrap();
    assert!(asked_nobody.is_empty());
    drop(conn);
    bench.write(move |conn| Box::pin(posts::delete(conn, stage.brand, written.id))).await.unwrap();
    let mut conn = bench.store.read().await.unwrap();
    assert_eq!(approvals::get(&mut conn, stage.brand, ids[0]).await.unwrap(), None);
    assert!(approvals::events(&mut conn, stage.brand, ids[0], None, 9).await.unwrap().0.is_empty());
}

async fn a_policy_is_the_brands_unless_a_channel_says_otherwise(bench: &Bench) {
    let (stage, other) = (bench.brand().await, bench.brand().await);
    let [own, lax] = [ChannelId(new()), ChannelId(new())];
    let policy = Policy {
        required: true,
        when_due: WhenDue::Ask,
        remind_hours: vec![24, 2],
        channels: BTreeMap::from([(lax, false)]),
    };
    assert_eq!(
        approvals::policy(&mut bench.store.read().await.unwrap(), stage.brand).await.unwrap(),
        Policy::default()
    );
    for policy in [Policy { channels: BTreeMap::from([(own, false)]), ..policy.clone() }, policy.clone()] {
        bench
            .write(move |conn| {
                let policy = policy.clone();
                Box::pin(async move { approvals::set_policy(conn, stage.brand, &policy).await })
            })
            .await
            .unwrap();
    }
    let mut conn = bench.store.read().await.unwrap();
    assert_eq!(approvals::policy(&mut conn, stage.brand).await.unwrap(), policy);
    for (brand, channel) in [(stage.brand, own), (stage.brand, lax), (other.brand, own)] {
        let policy = approvals::policy(&mut conn, brand).await.unwrap();
        let asked = approvals::needs(&mut conn, brand, channel).await.unwrap();
        assert_eq!(asked, policy.needs(channel));
        assert_eq!(asked, (brand, channel) == (stage.brand, own));
    }
}

async fn a_link_opens_until_it_ends_or_is_taken_back(bench: &Bench) {
    let (stage, other) = (bench.brand().await, bench.brand().await);
    let made = |n: u8| LinkRow {
        id: new().into(),
        brand: stage.brand,
        token_hash: vec![n; 32],
        name: "Пекарня".into(),
        language: "ru".into(),
        covers: Covers { label: Some("чай".into()), ..Covers::default() },
        created_by: PersonId(new()),
        created_at: at(i64::from(n)),
        expires_at: at(100),
        revoked_at: None,
        used_at: None,
    };
    let links: Vec<LinkRow> = (1..=3).map(made).collect();
    let rows = links.clone();
    bench
        .write(move |conn| {
            let rows = rows.clone();
            Box::pin(async move {
                for row in &rows {
                    approvals::insert_link(conn, row).await?;
                }
                approvals::touch_link(conn, stage.brand, rows[0].id, at(50)).await?;
                approvals::revoke_link(conn, stage.brand, rows[1].id, at(60)).await
            })
        })
        .await
        .unwrap();
    let mut conn = bench.store.read().await.unwrap();
    let opens = async |conn: &mut sarafan_store::Conn, n: u8, second: i64| {
        approvals::link_by_token(conn, &[n; 32], at(second)).await.unwrap().map(|row| row.id)
    };
    assert_eq!(opens(&mut conn, 1, 99).await, Some(links[0].id));
    assert_eq!(opens(&mut conn, 1, 100).await, None, "it has ended");
    assert_eq!(opens(&mut conn, 2, 99).await, None, "it was taken back");
    assert_eq!(opens(&mut conn, 9, 99).await, None);
    let (first, next) = approvals::links(&mut conn, stage.brand, None, 2).await.unwrap();
    let (rest, end) = approvals::links(&mut conn, stage.brand, next, 2).await.unwrap();
    let found: Vec<ReviewLinkId> = first.iter().chain(&rest).map(|row| row.id).collect();
    assert_eq!((found, end), (links.iter().rev().map(|row| row.id).collect(), None), "the newest first");
    let used = approvals::link(&mut conn, stage.brand, links[0].id).await.unwrap();
    assert_eq!((used.used_at, used.covers), (Some(at(50)), links[0].covers.clone()));
    assert!(approvals::link(&mut conn, other.brand, links[0].id).await.is_err(), "another brand has no such link");
    drop(conn);
    let id = links[1].id;
    let twice = bench.write(move |conn| Box::pin(approvals::revoke_link(conn, stage.brand, id, at(70)))).await;
    assert!(twice.is_err(), "once is enough");
}
