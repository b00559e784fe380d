//! People, their sessions, what they are in a brand, and invitations.

use sarafan_domain::id::*;
use sarafan_domain::language::Lang;
use sarafan_domain::member::Role;
use sarafan_domain::token::Scope;
use sarafan_store::members::InvitationRow;
use sarafan_store::sessions::SessionRow;
use sarafan_store::tokens::TokenRow;
use sarafan_store::{StoreError, brands, members, persons, sessions, settings, tokens};

use crate::bench::{Bench, at, new, on_both_engines, person};

on_both_engines! { people_sign_in programs_show_tokens members_come_and_go an_invitation_is_taken settings_are_kept }

async fn programs_show_tokens(bench: &Bench) {
    let owner = PersonId(new());
    let token = TokenRow {
        id: TokenId(new()),
        hash: vec![1; 32],
        person: owner,
        name: "Import".into(),
        ending: "aB3x".into(),
        scopes: vec![Scope::BrandRead, Scope::PostsWrite],
        brands: Some(vec![BrandId(new())]),
        created_at: at(0),
        expires_at: Some(at(100)),
        used_at: None,
    };
    let later = TokenRow {
        id: TokenId(new()),
        hash: vec![2; 32],
        person: PersonId(new()),
        brands: None,
        created_at: at(5),
        expires_at: None,
        ..token.clone()
    };
    let rows = [token.clone(), later.clone()];
    let (id, gone) = (token.id, later.id);
    bench
        .write(move |conn| {
            let rows = rows.clone();
            Box::pin(async move {
                for row in &rows {
                    tokens::insert(conn, row).await?;
                }
                tokens::touch(conn, id, at(60)).await
            })
        })
        .await
        .unwrap();
    let token = TokenRow { used_at: Some(at(60)), ..token };
    let mut conn = bench.read().await;
    assert_eq!(tokens::by_hash(&mut conn, &[1; 32], at(99)).await.unwrap(), Some(token.clone()));
    assert_eq!(tokens::by_hash(&mut conn, &[1; 32], at(100)).await.unwrap(), None, "it has ended");
    assert_eq!(tokens::by_hash(&mut conn, &[2; 32], at(1_000_000)).await.unwrap(), Some(later.clone()));
    assert_eq!(tokens::of_person(&mut conn, owner).await.unwrap(), std::slice::from_ref(&token));
    assert_eq!(tokens::all(&mut conn).await.unwrap(), [later, token.clone()]);
    bench.write(move |conn| Box::pin(tokens::delete(conn, gone))).await.unwrap();
    assert_eq!(tokens::all(&mut conn).await.unwrap(), [token]);
    let again = bench.write(move |conn| Box::pin(tokens::delete(conn, gone))).await;
    assert!(matches!(again, Err(StoreError::NotFound)), "{again:?}");
}

async fn people_sign_in(bench: &Bench) {
    let mut zofia = person(PersonId(new()));
    zofia.email = "Zofia@Example.ORG".into();
    let saved = zofia.clone();
    bench
        .write(move |conn| {
            let zofia = saved.clone();
            Box::pin(async move { persons::insert(conn, &zofia).await })
        })
        .await
        .unwrap();

    let mut conn = bench.read().await;
    let found = persons::by_email(&mut conn, "ZOFIA@example.org").await.unwrap().unwrap();
    zofia.email = "zofia@example.org".into();
    assert_eq!(found, zofia);
    assert_eq!(persons::count(&mut conn).await.unwrap(), 1);
    assert!(persons::by_email(&mut conn, "other@example.org").await.unwrap().is_none());

    let twin = person(PersonId(new()));
    let taken = bench
        .write(move |conn| {
            let twin = persons::PersonRow { email: "ZOFIA@example.org".into(), ..twin.clone() };
            Box::pin(async move { persons::insert(conn, &twin).await })
        })
        .await;
    assert!(matches!(taken, Err(StoreError::Conflict { what: "email" })), "{taken:?}");

    let session = SessionRow {
        id: SessionId(new()),
        token_hash: vec![7; 32],
        person: zofia.id,
        created_at: at(0),
        seen_at: at(0),
        expires_at: at(100),
        agent: "Firefox".into(),
        address: "127.0.0.1".into(),
    };
    let other = SessionRow { id: SessionId(new()), token_hash: vec![8; 32], seen_at: at(5), ..session.clone() };
    let (first, second) = (session.clone(), other.clone());
    bench
        .write(move |conn| {
            let (first, second, mut zofia) = (first.clone(), second.clone(), zofia.clone());
            Box::pin(async move {
                sessions::insert(conn, &first).await?;
                sessions::insert(conn, &second).await?;
                sessions::touch(conn, first.id, at(9), at(200)).await?;
                zofia.language = Lang::Ru;
                zofia.installation_owner = true;
                persons::update(conn, &zofia).await
            })
        })
        .await
        .unwrap();
    let found = sessions::by_token(&mut conn, &session.token_hash, at(150)).await.unwrap().unwrap();
    assert_eq!((found.seen_at, found.expires_at), (at(9), at(200)));
    assert!(sessions::by_token(&mut conn, &other.token_hash, at(100)).await.unwrap().is_none(), "it has ended");
    let order: Vec<_> = sessions::list(&mut conn, session.person).await.unwrap().iter().map(|one| one.id).collect();
    assert_eq!(order, [session.id, other.id]);
    assert!(persons::get(&mut conn, session.person).await.unwrap().installation_owner);

    bench
        .write(move |conn| {
            Box::pin(async move { sessions::delete_of_person(conn, session.person, Some(session.id)).await })
        })
        .await
        .unwrap();
    assert_eq!(sessions::list(&mut conn, session.person).await.unwrap().len(), 1);
    let gone =
        bench.write(|conn| Box::pin(async move { sessions::delete_expired(conn, at(200)).await })).await.unwrap();
    assert_eq!(gone, 1);
}

async fn members_come_and_go(bench: &Bench) {
    let stage = bench.brand().await;
    let (brand, anna) = (stage.brand, stage.person);
    bench
        .write(move |conn| Box::pin(async move { members::put(conn, brand, anna, Role::Owner, at(1)).await }))
        .await
        .unwrap();
    let mut conn = bench.read().await;
    assert_eq!(members::role(&mut conn, brand, anna).await.unwrap(), Some(Role::Owner));
    assert_eq!(members::role(&mut conn, BrandId(new()), anna).await.unwrap(), None);
    assert_eq!(members::count_owners(&mut conn, brand).await.unwrap(), 1);
    let own = brands::of_person(&mut conn, anna).await.unwrap();
    assert_eq!(own.iter().map(|(brand, role)| (brand.id, *role)).collect::<Vec<_>>(), [(brand, Role::Owner)]);

    let owners = bench
        .write(move |conn| {
            Box::pin(async move {
                members::put(conn, brand, anna, Role::Manager, at(2)).await?;
                members::count_owners(conn, brand).await
            })
        })
        .await
        .unwrap();
    assert_eq!(owners, 0);
    let list = members::list(&mut conn, brand).await.unwrap();
    assert_eq!((list[0].role, list[0].since, list[0].name.as_str()), (Role::Manager, at(1), "Zofia"));

    bench.write(move |conn| Box::pin(async move { members::delete(conn, brand, anna).await })).await.unwrap();
    let again = bench.write(move |conn| Box::pin(async move { members::delete(conn, brand, anna).await })).await;
    assert!(matches!(again, Err(StoreError::NotFound)));
}

async fn an_invitation_is_taken(bench: &Bench) {
    let stage = bench.brand().await;
    let row = InvitationRow {
        id: InvitationId(new()),
        brand: stage.brand,
        token_hash: vec![1; 32],
        email: "new@example.org".into(),
        role: Role::Author,
        created_by: stage.person,
        created_at: at(0),
        expires_at: at(10),
    };
    let saved = row.clone();
    bench
        .write(move |conn| {
            let row = saved.clone();
            Box::pin(async move { members::invite(conn, &row).await })
        })
        .await
        .unwrap();
    let mut conn = bench.read().await;
    assert_eq!(members::invitation_by_token(&mut conn, &[1; 32], at(9)).await.unwrap(), Some(row.clone()));
    assert_eq!(members::invitation_by_token(&mut conn, &[1; 32], at(10)).await.unwrap(), None);
    assert_eq!(members::invitations(&mut conn, stage.brand).await.unwrap(), std::slice::from_ref(&row));
    for (brand, found) in [(BrandId(new()), false), (stage.brand, true)] {
        let result = bench
            .write(move |conn| Box::pin(async move { members::delete_invitation(conn, brand, row.id).await }))
            .await;
        assert_eq!(result.is_ok(), found, "another brand's invitation is not found");
    }
}

async fn settings_are_kept(bench: &Bench) {
    bench
        .write(|conn| {
            Box::pin(async move {
                settings::set(conn, "paused", "no").await?;
                settings::set(conn, "paused", "yes").await?;
                settings::set(conn, "other", "").await?;
                settings::delete(conn, "other").await
            })
        })
        .await
        .unwrap();
    let mut conn = bench.read().await;
    assert_eq!(settings::get(&mut conn, "paused").await.unwrap().as_deref(), Some("yes"));
    assert_eq!(settings::get(&mut conn, "other").await.unwrap(), None);
}
