//! Endpoints and their messages: kept, listed, forgotten, each in its brand.

use sarafan_domain::id::*;
use sarafan_domain::problem::Problem;
use sarafan_domain::webhook::Topic;
use sarafan_store::StoreError;
use sarafan_store::webhooks::{self, MessageRow, MessageState, TryRow, WebhookRow};

use crate::bench::{Bench, at, new, on_both_engines};

on_both_engines! { an_endpoint_and_its_log }

fn endpoint(brand: BrandId) -> WebhookRow {
    WebhookRow {
        id: WebhookId(new()),
        brand,
        name: "Desk".into(),
        url: "https://example.org/hooks".into(),
        topics: vec![Topic::PostSent, Topic::CommentReceived],
        live: true,
        reason: None,
        secrets: b"sealed".to_vec(),
        failed: 0,
        created_at: at(0),
        created_by: PersonId(new()),
    }
}

fn message(webhook: &WebhookRow, second: i64) -> MessageRow {
    MessageRow {
        id: MessageId(new()),
        brand: webhook.brand,
        webhook: webhook.id,
        topic: "post.sent".into(),
        state: MessageState::Waiting,
        step: 0,
        tries: 0,
        status: None,
        created_at: at(second),
        next_at: Some(at(second)),
        body: "{}".into(),
    }
}

async fn an_endpoint_and_its_log(bench: &Bench) {
    let (brand, other) = (BrandId(new()), BrandId(new()));
    let webhook = endpoint(brand);
    let messages: Vec<MessageRow> = (1..=3).map(|n| message(&webhook, n)).collect();
    let tried = TryRow {
        n: 1,
        at: at(2),
        millis: 12,
        status: Some(503),
        problem: Some(Problem::error("webhook-silent", "url")),
        answer: "later".into(),
    };
    let (row, all, one) = (webhook.clone(), messages.clone(), tried.clone());
    bench
        .write(move |conn| {
            let (row, all, one) = (row.clone(), all.clone(), one.clone());
            Box::pin(async move {
                webhooks::insert(conn, &row).await?;
                for message in &all {
                    webhooks::put(conn, message, at(0)).await?;
                }
                webhooks::tried(conn, row.brand, all[0].id, &one).await?;
                let over = MessageRow {
                    state: MessageState::Failed,
                    step: 9,
                    tries: 1,
                    status: Some(503),
                    next_at: None,
                    ..all[0].clone()
                };
                webhooks::move_message(conn, &over).await
            })
        })
        .await
        .unwrap();
    let mut conn = bench.read().await;
    assert_eq!(webhooks::list(&mut conn, brand).await.unwrap(), std::slice::from_ref(&webhook));
    assert!(webhooks::list(&mut conn, other).await.unwrap().is_empty());
    assert!(matches!(webhooks::get(&mut conn, other, webhook.id).await, Err(StoreError::NotFound)));
    assert!(matches!(webhooks::message_of(&mut conn, other, messages[0].id).await, Err(StoreError::NotFound)));
    assert_eq!(webhooks::tries(&mut conn, brand, messages[0].id).await.unwrap(), [tried]);
    let (page, next) = webhooks::messages(&mut conn, brand, webhook.id, None, 2).await.unwrap();
    assert_eq!(page.iter().map(|row| row.id).collect::<Vec<_>>(), [messages[2].id, messages[1].id]);
    let (rest, end) = webhooks::messages(&mut conn, brand, webhook.id, next, 2).await.unwrap();
    assert_eq!((rest.len(), rest[0].state, rest[0].status, end), (1, MessageState::Failed, Some(503), None));

    let late = message(&webhook, 50);
    bench
        .write(move |conn| {
            let late = late.clone();
            Box::pin(async move { webhooks::put(conn, &late, at(3)).await })
        })
        .await
        .unwrap();
    let (left, _) = webhooks::messages(&mut conn, brand, webhook.id, None, 10).await.unwrap();
    assert_eq!(left.len(), 3, "what is over and old is forgotten, what waits is not");
    assert!(webhooks::tries(&mut conn, brand, messages[0].id).await.unwrap().is_empty());

    let reason = Problem::error("webhook-restored", "live");
    bench
        .write(move |conn| {
            let reason = reason.clone();
            Box::pin(async move { webhooks::switch_all_off(conn, &reason).await })
        })
        .await
        .unwrap();
    let off = webhooks::get(&mut conn, brand, webhook.id).await.unwrap();
    assert_eq!((off.live, off.reason.unwrap().code.as_ref()), (false, "webhook-restored"));
    bench.write(move |conn| Box::pin(webhooks::delete(conn, brand, webhook.id))).await.unwrap();
    assert!(webhooks::list(&mut conn, brand).await.unwrap().is_empty());
}
