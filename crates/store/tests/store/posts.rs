//! Posts and their lists.

use sarafan_domain::id::*;
use sarafan_domain::post::{MediaRef, PostState, VariantPatch};
use sarafan_domain::schedule::{End, Every, Mode, RepeatRule, Schedule};
use sarafan_store::posts::{self, PostFilter, PostRow, Sort};
use sarafan_store::{StoreError, channels, deliveries};

use crate::bench::{Bench, Stage, at, channel, delivery, new, on_both_engines, post};

on_both_engines! {
    a_post_is_kept_whole two_people_edit_one_post posts_are_found_by_what_they_are the_calendar_shows_its_days
    a_deleted_post_leaves_nothing
}

async fn insert(bench: &Bench, rows: &[PostRow]) -> Result<(), StoreError> {
    let rows = rows.to_vec();
    bench
        .write(move |conn| {
            let rows = rows.clone();
            Box::pin(async move {
                for row in &rows {
                    posts::insert(conn, row).await?;
                }
                Ok(())
            })
        })
        .await
}

async fn update(bench: &Bench, row: &PostRow, expected: i64) -> Result<i64, StoreError> {
    let row = row.clone();
    bench
        .write(move |conn| {
            let row = row.clone();
            Box::pin(async move { posts::update(conn, &row, expected).await })
        })
        .await
}

async fn a_post_is_kept_whole(bench: &Bench) {
    let stage = bench.brand().await;
    let mut row = post(stage, "\n---\n  Первая строка \nвторая");
    row.key = Some("p-1".into());
    row.content.labels = vec!["чай".into(), "чай".into()];
    row.content.campaign = "весна".into();
    row.content.rubric = Some(RubricId(new()));
    row.content.media = vec![MediaRef { asset: AssetId(new()), alt: "a".into() }];
    row.content.variants = vec![VariantPatch {
        target: "mirror".into(),
        text: Some("иначе".into()),
        media: Some(vec![MediaRef { asset: AssetId(new()), alt: String::new() }]),
        first_comment: None,
        link: None,
    }];
    row.schedule =
        Some(Schedule { mode: Mode::Slot, wall: "2027-03-28T02:30".parse().unwrap(), zone: "Europe/Warsaw".into() });
    row.due_at = Some(at(60));
    row.repeat =
        Some(RepeatRule { every: Every::Week, interval: 2, weekdays: vec![1, 5], end: End::Count { count: 3 } });
    row.series = Some(SeriesId(new()));
    row.problems = 2;
    insert(bench, std::slice::from_ref(&row)).await.unwrap();
    let mut conn = bench.read().await;
    assert_eq!(posts::get(&mut conn, stage.brand, row.id).await.unwrap(), row);
    assert_eq!(posts::by_key(&mut conn, stage.brand, "p-1").await.unwrap().as_ref(), Some(&row));
    assert!(posts::by_key(&mut conn, BrandId(new()), "p-1").await.unwrap().is_none());
    assert!(matches!(posts::get(&mut conn, BrandId(new()), row.id).await, Err(StoreError::NotFound)));
    assert_eq!(posts::of_series(&mut conn, stage.brand, row.series.unwrap()).await.unwrap(), [row.id]);
    assert_eq!(posts::labels(&mut conn, stage.brand).await.unwrap(), ["чай"]);

    let (list, next) = posts::list(&mut conn, stage.brand, &PostFilter::default(), None, 10).await.unwrap();
    assert!(next.is_none());
    let brief = &list[0];
    assert_eq!(brief.title, "Первая строка");
    assert_eq!((brief.author_name.as_str(), brief.thumb), ("Zofia", Some(row.content.media[0].asset)));
    assert_eq!((brief.wall.as_deref(), brief.due_at), (Some("2027-03-28T02:30:00"), row.due_at));

    let twin = PostRow { id: PostId(new()), ..row };
    let taken = insert(bench, &[twin]).await;
    assert!(matches!(taken, Err(StoreError::Conflict { what: "key" })), "{taken:?}");
}

async fn two_people_edit_one_post(bench: &Bench) {
    let stage = bench.brand().await;
    let mut row = post(stage, "one");
    row.content.labels = vec!["old".into()];
    row.due_at = Some(at(5));
    insert(bench, std::slice::from_ref(&row)).await.unwrap();
    row.content.text = "two".into();
    row.content.labels = vec!["new".into()];
    row.due_at = None;
    assert_eq!(update(bench, &row, 1).await.unwrap(), 2);
    let late = update(bench, &PostRow { problems: 9, ..row.clone() }, 1).await;
    assert!(matches!(late, Err(StoreError::Conflict { what: "version" })), "{late:?}");
    let stranger = update(bench, &PostRow { brand: BrandId(new()), ..row.clone() }, 2).await;
    assert!(matches!(stranger, Err(StoreError::NotFound)), "{stranger:?}");

    let mut conn = bench.read().await;
    let kept = posts::get(&mut conn, stage.brand, row.id).await.unwrap();
    assert_eq!((kept.version, kept.problems, kept.content.text.as_str()), (2, 0, "two"));
    for (q, count) in [("one", 0), ("two", 1)] {
        let filter = PostFilter { q: Some(q.into()), ..PostFilter::default() };
        assert_eq!(posts::list(&mut conn, stage.brand, &filter, None, 9).await.unwrap().0.len(), count, "{q}");
    }
    // The refused change has left the list of labels as it was, too.
    assert_eq!(posts::labels(&mut conn, stage.brand).await.unwrap(), ["new"]);
    let brand = stage.brand;
    bench
        .write(move |conn| Box::pin(async move { posts::set_state(conn, brand, row.id, PostState::Sent).await }))
        .await
        .unwrap();
    let kept = posts::get(&mut conn, stage.brand, row.id).await.unwrap();
    assert_eq!((kept.version, kept.state), (2, PostState::Sent));
}

/// Six posts: due at 10, 20, 30, 40, undated, undated; changed in another order.
async fn six(bench: &Bench, stage: Stage) -> (Vec<PostRow>, Stage, RubricId) {
    let second = Stage { channel: ChannelId(new()), ..stage };
    bench
        .write(move |conn| {
            Box::pin(async move { channels::insert(conn, &channel(second, "mirror", "2"), at(0)).await })
        })
        .await
        .unwrap();
    let third = Stage { channel: ChannelId(new()), ..stage };
    bench
        .write(move |conn| Box::pin(async move { channels::insert(conn, &channel(third, "wall", "3"), at(0)).await }))
        .await
        .unwrap();
    let rubric = RubricId(new());
    let mut rows: Vec<PostRow> = (0..6).map(|n| post(stage, &format!("Post {n}"))).collect();
    for (row, due) in rows.iter_mut().zip([Some(10), Some(20), Some(30), Some(40), None, None]) {
        row.due_at = due.map(at);
        row.state = if due.is_some() { PostState::Scheduled } else { PostState::Draft };
    }
    for (row, updated) in rows.iter_mut().zip([3, 1, 6, 2, 5, 4]) {
        row.updated_at = at(updated);
    }
    rows[1].channels = vec![stage.channel, second.channel];
    rows[2].channels = vec![third.channel];
    rows[4].channels = vec![];
    rows[0].content.labels = vec!["a".into(), "b".into()];
    rows[3].content.labels = vec!["a".into()];
    rows[1].content.rubric = Some(rubric);
    rows[2].content.campaign = "весна".into();
    rows[2].state = PostState::Sent;
    rows[4].content.text = "Скидка 50%".into();
    insert(bench, &rows).await.unwrap();
    (rows, second, rubric)
}

async fn posts_are_found_by_what_they_are(bench: &Bench) {
    let stage = bench.brand().await;
    let (rows, second, rubric) = six(bench, stage).await;
    let all = PostFilter::default;
    let text = |text: &str| Some(text.to_owned());
    let table: [(PostFilter, &[usize]); 22] = [
        (all(), &[0, 1, 2, 3, 4, 5]),
        (PostFilter { sort: Sort::DueLast, ..all() }, &[5, 4, 3, 2, 1, 0]),
        (PostFilter { sort: Sort::Updated, ..all() }, &[2, 4, 5, 0, 3, 1]),
        (PostFilter { states: vec![PostState::Draft, PostState::Sent], ..all() }, &[2, 4, 5]),
        (PostFilter { states: vec![PostState::Draft], sort: Sort::Updated, ..all() }, &[4, 5]),
        (PostFilter { channel: Some(second.channel), ..all() }, &[1]),
        (PostFilter { channel: Some(ChannelId(new())), ..all() }, &[]),
        (PostFilter { network: text("mirror"), ..all() }, &[0, 1, 3, 5]),
        (PostFilter { network: text("mirror"), sort: Sort::DueLast, ..all() }, &[5, 3, 1, 0]),
        (PostFilter { network: text("none"), ..all() }, &[]),
        (PostFilter { label: text("a"), ..all() }, &[0, 3]),
        (PostFilter { label: text("a"), sort: Sort::Updated, ..all() }, &[0, 3]),
        (PostFilter { label: text("a"), network: text("mirror"), from: Some(at(11)), ..all() }, &[3]),
        (PostFilter { rubric: Some(rubric), states: vec![PostState::Scheduled], ..all() }, &[1]),
        (PostFilter { campaign: text("весна"), ..all() }, &[2]),
        (PostFilter { q: text("50 СКИД"), ..all() }, &[4]),
        (PostFilter { q: text("кидка"), ..all() }, &[]),
        (PostFilter { q: text("post 3"), sort: Sort::DueLast, ..all() }, &[3]),
        (PostFilter { q: text("весн"), network: text("wall"), ..all() }, &[2]),
        (PostFilter { q: text("%!' \" * OR"), ..all() }, &[]),
        (PostFilter { q: text("post"), from: Some(at(20)), to: Some(at(40)), ..all() }, &[1, 2]),
        (PostFilter { from: Some(at(20)), sort: Sort::Updated, ..all() }, &[2, 3, 1]),
    ];
    let mut conn = bench.read().await;
    for (filter, expected) in table {
        for limit in [1, 2, 100] {
            let (mut cursor, mut found) = (None, Vec::new());
            loop {
                let (page, next) = posts::list(&mut conn, stage.brand, &filter, cursor, limit).await.unwrap();
                assert!(page.len() <= limit);
                found.extend(page.iter().map(|row| rows.iter().position(|known| known.id == row.id).unwrap()));
                cursor = next;
                if cursor.is_none() {
                    break;
                }
            }
            assert_eq!(found, expected, "pages of {limit}: {filter:?}");
        }
    }
    let (other, _) = posts::list(&mut conn, BrandId(new()), &all(), None, 10).await.unwrap();
    assert_eq!(other, [], "another brand sees nothing");
}

async fn the_calendar_shows_its_days(bench: &Bench) {
    let stage = bench.brand().await;
    let (rows, ..) = six(bench, stage).await;
    let mut conn = bench.read().await;
    let all = PostFilter::default();
    let (shown, more) = posts::calendar(&mut conn, stage.brand, at(10), at(40), &all, 3).await.unwrap();
    assert_eq!(shown.iter().map(|row| row.id).collect::<Vec<_>>(), [rows[0].id, rows[1].id, rows[2].id]);
    assert!(!more, "the fourth is due at the end, which is not shown");
    let (shown, more) = posts::calendar(&mut conn, stage.brand, at(10), at(41), &all, 3).await.unwrap();
    assert!(more && shown.len() == 3);
}

async fn a_deleted_post_leaves_nothing(bench: &Bench) {
    let stage = bench.brand().await;
    let mut row = post(stage, "gone");
    row.content.labels = vec!["gone".into()];
    insert(bench, std::slice::from_ref(&row)).await.unwrap();
    let sent = delivery(stage, row.id, 0);
    bench
        .write(move |conn| {
            let sent = sent.clone();
            Box::pin(async move { deliveries::insert(conn, &sent).await })
        })
        .await
        .unwrap();
    for (brand, found) in [(BrandId(new()), false), (stage.brand, true), (stage.brand, false)] {
        let result = bench.write(move |conn| Box::pin(async move { posts::delete(conn, brand, row.id).await })).await;
        assert_eq!(result.is_ok(), found);
    }
    let mut conn = bench.read().await;
    assert_eq!(posts::labels(&mut conn, stage.brand).await.unwrap(), Vec::<String>::new());
    assert_eq!(deliveries::of_post(&mut conn, stage.brand, row.id).await.unwrap(), []);
}
