//! People, their sessions, what they are in a brand, and invitations.

use sarafan_domain::id::*;
use sarafan_domain::language::Lang;
use sarafan_domain::member::Role;
use sarafan_domain::token::Scope;
use sarafan_store::challenges::ChallengeRow;
use sarafan_store::factors::{PasskeyRow, TotpRow};
use sarafan_store::identities::IdentityRow;
use sarafan_store::members::InvitationRow;
use sarafan_store::sessions::SessionRow;
use sarafan_store::tokens::TokenRow;
use sarafan_store::{
    StoreError, brands, challenges, factors, identities, members, persons, sessions, settings, tokens,
};

use crate::bench::{Bench, at, new, on_both_engines, person};

on_both_engines! { people_sign_in factors_are_taken_once a_challenge_is_over_once accounts_elsewhere_are_unlinked programs_show_tokens members_come_and_go an_invitation_is_taken settings_are_kept }

async fn accounts_elsewhere_are_unlinked(bench: &Bench) {
    let (anna, boris) = (PersonId(new()), PersonId(new()));
    let row = |subject: &str, person, at_second| IdentityRow {
        issuer: "https://id.example".into(),
        subject: subject.into(),
        person,
        linked_at: at(at_second),
        unlinked_at: None,
    };
    let rows = [row("b", anna, 1), row("a", anna, 2), row("c", boris, 0)];
    let given = rows.clone();
    let strangers = bench
        .write(move |conn| {
            let rows = given.clone();
            Box::pin(async move {
                for row in &rows {
                    identities::insert(conn, row).await?;
                }
                identities::unlink(conn, anna, "https://id.example", "b", at(9)).await?;
                let theirs = identities::unlink(conn, anna, "https://id.example", "c", at(9)).await;
                let linked = identities::forget(conn, anna, "https://id.example", "a").await;
                Ok::<_, StoreError>([theirs, linked])
            })
        })
        .await
        .unwrap();
    assert!(strangers.iter().all(|refused| matches!(refused, Err(StoreError::NotFound))), "{strangers:?}");
    let ended = IdentityRow { unlinked_at: Some(at(9)), ..rows[0].clone() };
    {
        let mut conn = bench.read().await;
        assert_eq!(identities::of_person(&mut conn, anna).await.unwrap(), [ended.clone(), rows[1].clone()]);
        assert_eq!(identities::get(&mut conn, "https://id.example", "b").await.unwrap(), Some(ended));
        assert_eq!(identities::get(&mut conn, "https://other.example", "b").await.unwrap(), None);
    }
    bench
        .write(move |conn| Box::pin(async move { identities::forget(conn, anna, "https://id.example", "b").await }))
        .await
        .unwrap();
    assert_eq!(identities::of_person(&mut *bench.read().await, anna).await.unwrap(), [rows[1].clone()]);
}

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

async fn factors_are_taken_once(bench: &Bench) {
    let (anna, boris) = (PersonId(new()), PersonId(new()));
    let row = TotpRow { person: anna, sealed: vec![1, 2], made_at: at(0), confirmed_at: None, last_step: 0 };
    let begun = row.clone();
    bench
        .write(move |conn| {
            let row = begun.clone();
            Box::pin(async move {
                factors::put_totp(conn, &TotpRow { sealed: vec![9], ..row.clone() }).await?;
                factors::put_totp(conn, &row).await?;
                factors::confirm_totp(conn, anna, at(1)).await?;
                factors::take_step(conn, anna, 7).await?;
                factors::put_codes(conn, anna, &[vec![1; 32], vec![2; 32]]).await?;
                factors::put_codes(conn, boris, &[vec![1; 32]]).await
            })
        })
        .await
        .unwrap();
    let mut conn = bench.read().await;
    let kept = factors::totp(&mut conn, anna).await.unwrap().unwrap();
    assert_eq!(kept, TotpRow { confirmed_at: Some(at(1)), last_step: 7, ..row });
    for step in [7, 6] {
        let again = bench.write(move |conn| Box::pin(factors::take_step(conn, anna, step))).await;
        assert!(matches!(again, Err(StoreError::NotFound)), "a code of step {step} was taken again");
    }
    let twice = bench.write(move |conn| Box::pin(factors::confirm_totp(conn, anna, at(2)))).await;
    assert!(matches!(twice, Err(StoreError::NotFound)));
    let take = async |person, hash: u8| {
        bench
            .write(move |conn| Box::pin(async move { factors::take_code(conn, person, &[hash; 32], at(3)).await }))
            .await
    };
    assert!(take(anna, 1).await.is_ok());
    assert!(matches!(take(anna, 1).await, Err(StoreError::NotFound)), "used up");
    assert!(matches!(take(boris, 2).await, Err(StoreError::NotFound)), "somebody else's");
    assert_eq!(factors::codes_left(&mut conn, anna).await.unwrap(), 1);

    let key = PasskeyRow {
        id: PasskeyId(new()),
        person: anna,
        credential_id: vec![5; 20],
        name: "Phone".into(),
        credential: "{}".into(),
        created_at: at(4),
        used_at: None,
    };
    let (first, id) = (key.clone(), key.id);
    bench
        .write(move |conn| {
            let key = first.clone();
            Box::pin(async move { factors::add_passkey(conn, &key).await })
        })
        .await
        .unwrap();
    let twin = PasskeyRow { id: PasskeyId(new()), person: boris, ..key.clone() };
    let known = bench
        .write(move |conn| {
            let twin = twin.clone();
            Box::pin(async move { factors::add_passkey(conn, &twin).await })
        })
        .await;
    assert!(matches!(known, Err(StoreError::Conflict { .. })), "{known:?}");
    let theirs = bench.write(move |conn| Box::pin(factors::name_passkey(conn, boris, id, "Mine"))).await;
    assert!(matches!(theirs, Err(StoreError::NotFound)));
    let theirs = bench.write(move |conn| Box::pin(factors::delete_passkey(conn, boris, id))).await;
    assert!(matches!(theirs, Err(StoreError::NotFound)));
    bench
        .write(move |conn| {
            Box::pin(async move {
                factors::name_passkey(conn, anna, id, "New phone").await?;
                factors::use_passkey(conn, id, "{\"n\":1}", at(6)).await
            })
        })
        .await
        .unwrap();
    let kept =
        PasskeyRow { name: "New phone".into(), credential: "{\"n\":1}".into(), used_at: Some(at(6)), ..key.clone() };
    assert_eq!(factors::passkeys(&mut conn, anna).await.unwrap(), [kept]);
    bench.write(move |conn| Box::pin(factors::delete_all(conn, anna))).await.unwrap();
    assert!(factors::totp(&mut conn, anna).await.unwrap().is_none());
    assert!(factors::passkeys(&mut conn, anna).await.unwrap().is_empty());
    let left =
        (factors::codes_left(&mut conn, anna).await.unwrap(), factors::codes_left(&mut conn, boris).await.unwrap());
    assert_eq!(left, (0, 1));
}

async fn a_challenge_is_over_once(bench: &Bench) {
    let row = ChallengeRow {
        token_hash: vec![3; 32],
        kind: "second".into(),
        person: Some(PersonId(new())),
        state: "{}".into(),
        created_at: at(0),
        expires_at: at(10),
    };
    let put = async |row: &ChallengeRow| {
        let row = row.clone();
        bench
            .write(move |conn| {
                let row = row.clone();
                Box::pin(async move { challenges::insert(conn, &row).await })
            })
            .await
            .unwrap();
    };
    put(&row).await;
    let mut conn = bench.read().await;
    assert_eq!(challenges::get(&mut conn, "second", &[3; 32], at(9)).await.unwrap(), Some(row.clone()));
    assert_eq!(challenges::get(&mut conn, "second", &[3; 32], at(10)).await.unwrap(), None, "it is over");
    assert_eq!(challenges::get(&mut conn, "passkey", &[3; 32], at(9)).await.unwrap(), None, "good for one thing");
    let take = async || bench.write(|conn| Box::pin(async move { challenges::take(conn, &[3; 32]).await })).await;
    assert!(take().await.is_ok());
    assert!(matches!(take().await, Err(StoreError::NotFound)));

    put(&row).await;
    put(&ChallengeRow { token_hash: vec![4; 32], person: None, created_at: at(10), expires_at: at(20), ..row.clone() })
        .await;
    assert!(matches!(take().await, Err(StoreError::NotFound)), "what was over is forgotten");
    put(&ChallengeRow { created_at: at(11), expires_at: at(20), ..row.clone() }).await;
    let person = row.person.unwrap();
    bench
        .write(move |conn| Box::pin(async move { challenges::delete_of_person(conn, "second", person).await }))
        .await
        .unwrap();
    assert!(matches!(take().await, Err(StoreError::NotFound)));
    assert!(challenges::get(&mut conn, "second", &[4; 32], at(12)).await.unwrap().is_some());
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
