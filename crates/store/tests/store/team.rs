//! Notes, tasks and notices: one brand's stay its own, lists go on where they ended.

use sarafan_domain::id::*;
use sarafan_domain::notice::{Choices, Kind, Mail};
use sarafan_domain::time::Timestamp;
use sarafan_store::messengers::{self, ChatRow};
use sarafan_store::notes::{self, NoteRow};
use sarafan_store::notices::{self, NoticeRow, Way};
use sarafan_store::tasks::{self, TaskFilter, TaskRow};
use sarafan_store::{Conn, StoreError};
use serde_json::json;

use crate::bench::{Bench, at, new, on_both_engines};

on_both_engines! { notes_are_kept tasks_are_found_by_what_is_asked notices_are_mailed_until_they_are_read
a_word_links_a_chat_once }

async fn notes_are_kept(bench: &Bench) {
    let (brand, other, post) = (BrandId(new()), BrandId(new()), PostId(new()));
    let note = |n: i64| NoteRow {
        id: NoteId(new()),
        brand,
        post,
        person: PersonId(new()),
        text: format!("№ {n}"),
        mentions: vec![PersonId(new())],
        at: at(n),
        edited_at: None,
    };
    let all = [note(1), note(2), note(3)];
    let saved = all.clone();
    bench
        .write(move |conn: &mut Conn| {
            let all = saved.clone();
            Box::pin(async move {
                for row in &all {
                    notes::insert(conn, row).await?;
                }
                Ok::<_, StoreError>(())
            })
        })
        .await
        .unwrap();
    let mut conn = bench.read().await;
    let (page, next) = notes::of_post(&mut conn, brand, post, None, 2).await.unwrap();
    assert_eq!(page, [all[2].clone(), all[1].clone()]);
    let (rest, end) = notes::of_post(&mut conn, brand, post, next, 2).await.unwrap();
    assert_eq!((rest, end), (vec![all[0].clone()], None));
    assert!(matches!(notes::get(&mut conn, other, all[0].id).await, Err(StoreError::NotFound)));
    drop(conn);

    let changed = NoteRow { text: "new".into(), mentions: Vec::new(), edited_at: Some(at(9)), ..all[0].clone() };
    let (row, gone) = (changed.clone(), all[1].id);
    bench
        .write(move |conn: &mut Conn| {
            let row = row.clone();
            Box::pin(async move {
                notes::update(conn, &row).await?;
                notes::delete(conn, brand, gone).await
            })
        })
        .await
        .unwrap();
    let mut conn = bench.read().await;
    let (left, _) = notes::of_post(&mut conn, brand, post, None, 9).await.unwrap();
    assert_eq!(left, [all[2].clone(), changed]);
}

async fn tasks_are_found_by_what_is_asked(bench: &Bench) {
    let (brand, anna, post) = (BrandId(new()), PersonId(new()), PostId(new()));
    let task = |n: i64, assignee, due_at: Option<Timestamp>| TaskRow {
        id: TaskId(new()),
        brand,
        title: n.to_string(),
        description: String::new(),
        assignee,
        post: (n == 2).then_some(post),
        due: due_at.map(|_| "2026-12-01T10:00".parse().unwrap()),
        due_at,
        done_at: None,
        done_by: None,
        created_by: anna,
        created_at: at(0),
    };
    let all = [task(0, Some(anna), Some(at(30))), task(1, None, Some(at(10))), task(2, Some(anna), None)];
    let done = TaskRow { done_at: Some(at(5)), done_by: Some(anna), ..task(3, Some(anna), Some(at(20))) };
    let saved = (all.clone(), done);
    bench
        .write(move |conn: &mut Conn| {
            let (all, done) = saved.clone();
            Box::pin(async move {
                for row in &all {
                    tasks::insert(conn, row).await?;
                }
                tasks::insert(conn, &done).await?;
                tasks::update(conn, &done).await
            })
        })
        .await
        .unwrap();
    let mut conn = bench.read().await;
    let none = TaskFilter::default();
    let rows = [
        (none, "1 0 2"),
        (TaskFilter { assignee: Some(anna), ..none }, "0 2"),
        (TaskFilter { done: true, ..none }, "3"),
        (TaskFilter { due_before: Some(at(30)), ..none }, "1"),
        (TaskFilter { post: Some(post), assignee: Some(anna), ..none }, "2"),
    ];
    for (filter, expected) in rows {
        let (mut found, mut cursor) = (Vec::new(), None);
        loop {
            let (page, next) = tasks::list(&mut conn, brand, &filter, cursor, 1).await.unwrap();
            found.extend(page.into_iter().map(|row| row.title));
            cursor = next;
            if cursor.is_none() {
                break;
            }
        }
        assert_eq!(found.join(" "), expected, "{filter:?}");
    }
    assert_eq!(tasks::get(&mut conn, brand, all[0].id).await.unwrap(), all[0]);
    assert!(matches!(tasks::get(&mut conn, BrandId(new()), all[0].id).await, Err(StoreError::NotFound)));
}

async fn notices_are_mailed_until_they_are_read(bench: &Bench) {
    let (brand, anna, other) = (BrandId(new()), PersonId(new()), PersonId(new()));
    let notice = |n: i64, mail| NoticeRow {
        id: NoticeId(new()),
        brand,
        person: anna,
        kind: Kind::Mention,
        told: json!({ "n": n }),
        at: at(n),
        read_at: None,
        shown: n < 4,
        mail,
        messenger: n == 2,
    };
    let all = [notice(1, Mail::Soon), notice(2, Mail::Soon), notice(3, Mail::Daily), notice(4, Mail::Hourly)];
    let (saved, first) = (all.clone(), all[0].id);
    bench
        .write(move |conn: &mut Conn| {
            let all = saved.clone();
            Box::pin(async move {
                for row in &all {
                    assert!(!notices::is_told(conn, row).await?);
                    notices::insert(conn, row).await?;
                    assert!(notices::is_told(conn, row).await?);
                }
                notices::mark_read(conn, brand, anna, first, at(9)).await?;
                let theirs = notices::mark_read(conn, brand, other, first, at(9)).await;
                assert!(matches!(theirs, Err(StoreError::NotFound)));
                notices::choose(conn, brand, anna, &Choices { hour: 7, ..Choices::default() }).await
            })
        })
        .await
        .unwrap();
    let mut conn = bench.read().await;
    assert_eq!(notices::unread(&mut conn, brand, anna).await.unwrap(), 2);
    let ways =
        [(Way::Mail(Mail::Soon), 1), (Way::Messenger, 1), (Way::Mail(Mail::Daily), 2), (Way::Mail(Mail::Hourly), 3)];
    for (way, place) in ways {
        assert_eq!(notices::waiting(&mut conn, brand, anna, way).await.unwrap(), [all[place].clone()], "{way:?}");
    }
    let (page, next) = notices::list(&mut conn, brand, anna, None, 2).await.unwrap();
    assert_eq!((page.len(), next.is_some()), (2, true));
    assert_eq!(notices::choices(&mut conn, brand, anna).await.unwrap().hour, 7);
    assert_eq!(notices::choices(&mut conn, brand, other).await.unwrap(), Choices::default());
    drop(conn);
    let (second, hidden) = (all[1].id, all[3].id);
    bench
        .write(move |conn: &mut Conn| {
            Box::pin(async move {
                notices::went(conn, brand, anna, Way::Mail(Mail::Soon), &[second]).await?;
                assert_eq!(notices::waiting(conn, brand, anna, Way::Mail(Mail::Soon)).await?, []);
                assert_eq!(notices::waiting(conn, brand, anna, Way::Messenger).await?.len(), 1);
                notices::went(conn, brand, anna, Way::Mail(Mail::Hourly), &[hidden]).await?;
                notices::mark_all_read(conn, brand, anna, at(10)).await?;
                notices::forget(conn, brand, anna, at(3)).await
            })
        })
        .await
        .unwrap();
    let mut conn = bench.read().await;
    let (left, _) = notices::list(&mut conn, brand, anna, None, 9).await.unwrap();
    assert_eq!(left.iter().map(|row| row.id).collect::<Vec<_>>(), [all[2].id]);
    assert_eq!(notices::unread(&mut conn, brand, anna).await.unwrap(), 0);
}

async fn a_word_links_a_chat_once(bench: &Bench) {
    let anna = PersonId(new());
    let chat = |name: &str| ChatRow { person: anna, chat: "42".into(), name: name.into(), linked_at: at(3) };
    let row = chat("Anna");
    bench
        .write(move |conn: &mut Conn| {
            let row = row.clone();
            Box::pin(async move {
                messengers::expect(conn, anna, b"old", at(9)).await?;
                messengers::expect(conn, anna, b"new", at(9)).await?;
                assert!(messengers::expected(conn, at(2)).await?);
                assert_eq!(messengers::take(conn, b"old", at(2)).await?, None);
                assert_eq!(messengers::take(conn, b"new", at(2)).await?, Some(anna));
                assert_eq!(messengers::take(conn, b"new", at(2)).await?, None);
                messengers::expect(conn, anna, b"late", at(9)).await?;
                assert_eq!(messengers::take(conn, b"late", at(9)).await?, None);
                messengers::expect(conn, anna, b"late", at(9)).await?;
                assert!(!messengers::expected(conn, at(9)).await?);
                messengers::link(conn, &ChatRow { name: "An".into(), ..row.clone() }).await?;
                messengers::link(conn, &row).await
            })
        })
        .await
        .unwrap();
    let mut conn = bench.read().await;
    assert_eq!(messengers::chat(&mut conn, anna).await.unwrap(), Some(chat("Anna")));
    drop(conn);
    let unlinked = bench
        .write(move |conn: &mut Conn| {
            Box::pin(async move {
                let first = messengers::unlink(conn, anna).await?;
                Ok::<_, StoreError>((first, messengers::unlink(conn, anna).await?))
            })
        })
        .await
        .unwrap();
    assert_eq!(unlinked, (true, false));
}
