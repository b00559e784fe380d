//! A brand moves to another installation: paused, nothing sent twice, and nothing that opens a channel with it.

use sarafan_app::audit::AuditQuery;
use sarafan_domain::channel::ChannelState;
use sarafan_domain::delivery::State;
use sarafan_domain::member::Role;

use crate::network::SECRET;
use crate::posts::scheduled;
use crate::world::{World, said};

#[tokio::test]
async fn a_brand_arrives_paused_and_sends_nothing_by_itself() {
    let (here, there) = (World::new().await, World::empty().await);
    let channel = here.channel(here.brand, "wall").await;
    let post = scheduled(&here, "Coffee", &[channel], "2026-12-02T10:00").await;
    let asset = here.app.upload_asset(&here.owner, here.brand, "a.txt", "", "words".into()).await.unwrap().id;
    let author = here.member(here.brand, Role::Author).await;
    let before = there.app.list_audit(&there.owner, None, &AuditQuery::default()).await.unwrap().items.len();
    let file = here.path("brand.tar");
    let view = here.app.export_brand(&here.owner, here.brand, &file).await.unwrap();
    assert_eq!((view.name.as_str(), view.posts, view.files), ("Roastery", 1, 1));
    let bytes = std::fs::read(&file).unwrap();
    assert!(!bytes.windows(SECRET.len()).any(|part| part == SECRET.as_bytes()), "no credential leaves");

    let would = there.app.rehearse_import(&there.owner, &file).await.unwrap();
    assert_eq!(would.view, view);
    assert!(there.app.list_brands(&there.owner).await.unwrap().is_empty(), "a rehearsal saves nothing");
    assert_eq!(there.app.list_audit(&there.owner, None, &AuditQuery::default()).await.unwrap().items.len(), before);
    let done = there.app.import_brand(&there.owner, &file).await.unwrap();
    assert_eq!(would, done, "what was said is what came");
    assert_eq!(done.newcomers.len(), 2, "nobody of them was here: {:?}", done.newcomers);
    assert_eq!((done.held, done.reconnect.as_slice()), (1, ["Name of wall".to_owned()].as_slice()));
    let brand = there.app.brand(&there.owner, done.view.brand).await.unwrap();
    assert!(brand.brief.paused);
    let channel = there.app.channel(&there.owner, done.view.brand, channel).await.unwrap();
    assert_eq!(channel.state, ChannelState::Reconnect);
    let arrived = there.app.post(&there.owner, done.view.brand, post.id).await.unwrap();
    assert_eq!((arrived.content.text.as_str(), arrived.deliveries[0].state), ("Coffee", State::Held));
    assert_eq!(arrived.deliveries[0].reason.as_ref().map(|reason| reason.code.as_str()), Some("moved"));
    let bytes = there.app.asset_file(&there.owner, done.view.brand, asset, None).await.unwrap().bytes;
    assert_eq!(bytes, "words");
    let members = there.app.list_members(&there.owner, done.view.brand).await.unwrap().members;
    assert_eq!(members.len(), 2);
    assert!(members.iter().any(|member| Some(member.person.id) == author.person && member.role == Role::Author));
    let log = there.app.list_audit(&there.owner, Some(done.view.brand), &AuditQuery::default()).await.unwrap();
    assert_eq!(log.items[0].action, "brand.import");
    assert!(log.items.iter().any(|line| line.action == "post.schedule"), "its log came with it");

    // Nothing goes out, not even when the pause ends: somebody has to look first.
    there.app.pause_brand(&there.owner, done.view.brand, false, None).await.unwrap();
    there.set("2026-12-03T10:00:00Z");
    sarafan_app::worker::Worker::new(there.app.clone()).drain().await.unwrap();
    let after = there.app.post(&there.owner, done.view.brand, post.id).await.unwrap();
    assert_eq!(after.deliveries[0].state, State::Held);
    assert_eq!(said(there.app.import_brand(&there.owner, &file).await), "move-here");
    assert_eq!(said(there.app.rehearse_import(&there.owner, &file).await), "move-here");
    assert_eq!(
        said(
            there
                .app
                .sign_in("olga@example.org", sarafan_app::persons::Password::new("x"), &crate::world::visitor())
                .await
                .map(|_| ())
        ),
        "sign-in-wrong"
    );
}

#[tokio::test]
async fn owners_take_a_brand_out_and_owners_of_the_installation_bring_one_in() {
    let world = World::new().await;
    for role in Role::ALL {
        let actor = world.member(world.brand, role).await;
        let file = world.path(&format!("{}.tar", role.code()));
        let expected = if role == Role::Owner { "ok" } else { "may not" };
        assert_eq!(said(world.app.export_brand(&actor, world.brand, &file).await), expected, "{}", role.code());
        assert_eq!(file.exists(), role == Role::Owner);
        assert_eq!(said(world.app.import_brand(&actor, &file).await), "may not", "{}", role.code());
        assert_eq!(said(world.app.rehearse_import(&actor, &file).await), "may not", "{}", role.code());
    }
    let stranger = world.stranger().await;
    assert_eq!(said(world.app.export_brand(&stranger, world.brand, &world.path("x.tar")).await), "not found");
    std::fs::write(world.path("foreign"), "PK").unwrap();
    assert_eq!(said(world.app.import_brand(&world.owner, &world.path("foreign")).await), "move-foreign");
    assert_eq!(said(world.app.rehearse_import(&world.owner, &world.path("foreign")).await), "move-foreign");
}
