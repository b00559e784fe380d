//! Tokens of programs over time: their end, their last use, and what is kept of them.

use jiff::SignedDuration;
use sarafan_app::tokens::{TokenInput, TokenView};
use sarafan_domain::language::Lang;
use sarafan_domain::token::Scope;

use crate::world::{OWNER, World, said};

fn input(days: Option<u32>) -> TokenInput {
    TokenInput { name: "Import".into(), scopes: vec![Scope::BrandWrite], brands: None, expires_in_days: days }
}

async fn made(world: &World, days: Option<u32>) -> (TokenView, String) {
    let made = world.app.create_token(&world.owner, None, input(days)).await.unwrap();
    let token = made.token.clone().unwrap();
    (made, token)
}

#[tokio::test]
async fn a_token_ends_at_its_time() {
    let world = World::new().await;
    let (_, token) = made(&world, Some(2)).await;
    let (_, endless) = made(&world, None).await;
    world.pass(SignedDuration::from_hours(47));
    assert_eq!(said(world.app.admit(&token).await), "ok");
    world.pass(SignedDuration::from_hours(1));
    assert_eq!(said(world.app.admit(&token).await), "BadToken");
    assert!(world.app.list_tokens(&world.owner).await.unwrap().iter().any(|token| token.expired));
    world.pass(SignedDuration::from_hours(24 * 3000));
    assert_eq!(said(world.app.admit(&endless).await), "ok");
}

#[tokio::test]
async fn its_last_use_is_noted_to_the_minute() {
    let world = World::new().await;
    let (_, token) = made(&world, None).await;
    let used = async || world.app.list_tokens(&world.owner).await.unwrap()[0].used_at.clone();
    assert_eq!(used().await, None);
    world.app.admit(&token).await.unwrap();
    let first = used().await;
    world.pass(SignedDuration::from_secs(59));
    world.app.admit(&token).await.unwrap();
    assert_eq!(used().await, first, "the disk is not written for every request");
    world.pass(SignedDuration::from_secs(1));
    world.app.admit(&token).await.unwrap();
    assert_ne!(used().await, first);
}

#[tokio::test]
async fn nothing_that_opens_anything_is_kept_and_the_log_names_the_program() {
    let world = World::new().await;
    let (view, token) = made(&world, None).await;
    let program = world.app.admit(&token).await.unwrap();
    world.app.pause_brand(&program, world.brand, true, None).await.unwrap();
    let kept = world.everything_kept();
    assert!(!kept.windows(token.len()).any(|part| part == token.as_bytes()));
    let random = &token[4..40];
    assert!(!kept.windows(random.len()).any(|part| part == random.as_bytes()));
    assert!(world.audit(None).await.contains(&"token.create".to_owned()));
    let store = world.store().await;
    let (log, _) =
        sarafan_store::audit::list(&mut store.read().await.unwrap(), Some(world.brand), &Default::default(), None, 1)
            .await
            .unwrap();
    assert_eq!(log[0].detail["token"], view.id.to_string(), "{:?}", log[0]);
    store.close().await;
}

#[tokio::test]
async fn the_command_line_makes_tokens_for_people() {
    let world = World::new().await;
    let line = sarafan_app::Actor::command_line(Lang::En);
    assert_eq!(said(world.app.create_token(&line, Some("nobody@e.org"), input(None)).await), "token-person-unknown");
    let made = world.app.create_token(&line, Some(OWNER), input(None)).await.unwrap();
    let program = world.app.admit(&made.token.unwrap()).await.unwrap();
    assert_eq!(program.person, world.owner.person);
    assert_eq!(said(world.app.create_token(&program, None, input(None)).await), "NotForTokens");
    assert_eq!(said(world.app.list_tokens(&program).await), "NotForTokens");
    assert_eq!(said(world.app.revoke_token(&program, made.id).await), "NotForTokens");
    world.app.revoke_token(&line, made.id).await.unwrap();
    assert!(world.app.list_tokens(&world.owner).await.unwrap().is_empty());
}
