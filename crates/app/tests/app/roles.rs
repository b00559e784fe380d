//! Who may do what: every use case of these areas, for every role, for a stranger, and with another brand's ids.

use bytes::Bytes;
use futures::future::BoxFuture;
use sarafan_app::assets::{AssetPatch, AssetQuery};
use sarafan_app::brands::{BrandPatch, RubricInput, RubricPatch};
use sarafan_app::channels::ChannelPatch;
use sarafan_app::members::InvitationInput;
use sarafan_app::{Actor, App, AppError};
use sarafan_domain::id::{AssetId, BrandId, ChannelId, InvitationId, PersonId, RubricId};
use sarafan_domain::member::Role;

use crate::world::{World, form, opened, said};

/// Things of one brand.
#[derive(Clone, Copy)]
struct Things {
    rubric: RubricId,
    channel: ChannelId,
    asset: AssetId,
    invitation: InvitationId,
    member: PersonId,
}

type Act = for<'a> fn(&'a App, &'a Actor, BrandId, Things) -> BoxFuture<'a, Result<(), AppError>>;

/// A use case, the initials of the roles that may (Owner, Manager, aUthor, mOderator, aNalyst, Client), and whether
/// it names a thing of the brand.
macro_rules! table {
    ($($name:literal $who:literal $($names:ident)? => |$app:ident, $actor:ident, $brand:ident, $things:ident| $act:expr;)*) => {
        [$(($name, $who, table!(@ $($names)?), {
            let act: Act = |$app, $actor, $brand, $things| {
                let _ = &$things;
                Box::pin(async move { $act.await.map(|_| ()) })
            };
            act
        }),)*]
    };
    (@) => { false };
    (@ named) => { true };
}

const NOTHING: Bytes = Bytes::from_static(b"words of a client");

fn rows() -> [(&'static str, &'static str, bool, Act); 31] {
    table! {
        "brand" "OMUDNC" => |app, actor, brand, t| app.brand(actor, brand);
        "update_brand" "OM" => |app, actor, brand, t| app.update_brand(actor, brand, BrandPatch::default());
        "pause_brand" "OMD" => |app, actor, brand, t| app.pause_brand(actor, brand, false, None);
        "list_rubrics" "OMUDNC" => |app, actor, brand, t| app.list_rubrics(actor, brand);
        "create_rubric" "OM" => |app, actor, brand, t| app.create_rubric(actor, brand, new_rubric());
        "update_rubric" "OM" named => |app, actor, brand, t| app.update_rubric(actor, brand, t.rubric, RubricPatch::default());
        "list_members" "OMUDNC" => |app, actor, brand, t| app.list_members(actor, brand);
        "invite" "OM" => |app, actor, brand, t| app.invite(actor, brand, guest());
        "change_role" "OM" named => |app, actor, brand, t| app.change_role(actor, brand, t.member, Role::Client);
        "list_channels" "OMUDNC" => |app, actor, brand, t| app.list_channels(actor, brand);
        "channel" "OMUDNC" named => |app, actor, brand, t| app.channel(actor, brand, t.channel);
        "connect_channel" "OM" => |app, actor, brand, t| app.connect_channel(actor, brand, form("house", "again"));
        "connect_choices" "" => |app, actor, brand, t| app.connect_choices(actor, brand, t.asset.0);
        "choose_channel" "" => |app, actor, brand, t| app.choose_channel(actor, brand, t.asset.0, "x");
        "reconnect_channel" "OM" named => |app, actor, brand, t| app.reconnect_channel(actor, brand, t.channel, form("house", "one").fields);
        "update_channel" "OM" named => |app, actor, brand, t| app.update_channel(actor, brand, t.channel, ChannelPatch::default());
        "set_slots" "OM" named => |app, actor, brand, t| app.set_slots(actor, brand, t.channel, Vec::new());
        "check_channel" "OMD" named => |app, actor, brand, t| app.check_channel(actor, brand, t.channel);
        "pause_channel" "OMD" named => |app, actor, brand, t| app.pause_channel(actor, brand, t.channel, None);
        "resume_channel" "OMD" named => |app, actor, brand, t| app.resume_channel(actor, brand, t.channel);
        "list_assets" "OMUDNC" => |app, actor, brand, t| app.list_assets(actor, brand, AssetQuery::default());
        "asset" "OMUDNC" named => |app, actor, brand, t| app.asset(actor, brand, t.asset);
        "asset_uses" "OMUDNC" named => |app, actor, brand, t| app.asset_uses(actor, brand, t.asset, None);
        "asset_file" "OMUDNC" named => |app, actor, brand, t| app.asset_file(actor, brand, t.asset, None);
        "upload_asset" "OMU" => |app, actor, brand, t| app.upload_asset(actor, brand, "a.txt", "", NOTHING);
        "update_asset" "OMU" named => |app, actor, brand, t| app.update_asset(actor, brand, t.asset, AssetPatch::default());
        "delete_asset" "OMU" named => |app, actor, brand, t| app.delete_asset(actor, brand, t.asset);
        "delete_rubric" "OM" named => |app, actor, brand, t| app.delete_rubric(actor, brand, t.rubric);
        "withdraw_invitation" "OM" named => |app, actor, brand, t| app.withdraw_invitation(actor, brand, t.invitation);
        "remove_channel" "OM" named => |app, actor, brand, t| app.remove_channel(actor, brand, t.channel);
        "remove_member" "OM" named => |app, actor, brand, t| app.remove_member(actor, brand, t.member);
    }
}

fn new_rubric() -> RubricInput {
    RubricInput { key: None, name: "Again".into(), purpose: String::new(), color: 0, target_share: None }
}

fn guest() -> InvitationInput {
    InvitationInput { email: "guest@example.org".into(), role: Role::Client }
}

/// One of each thing, made by the owner.
async fn things(world: &World, brand: BrandId, n: usize) -> Things {
    let (app, owner) = (&world.app, &world.owner);
    let rubric = RubricInput { name: format!("Rubric {n}"), ..new_rubric() };
    let words = Bytes::from(format!("words {n} of {brand}"));
    let guest = InvitationInput { email: format!("guest-{n}@example.org"), role: Role::Client };
    let invitation = app.invite(owner, brand, guest.clone()).await.unwrap();
    let member = InvitationInput { email: format!("member-{n}@example.org"), ..guest };
    let url = app.invite(owner, brand, member).await.unwrap().url.unwrap();
    let token = url.rsplit('/').next().unwrap();
    let visitor = crate::world::visitor();
    let (session, _) = opened(app.accept_invitation(token, crate::world::person("m"), &visitor).await);
    Things {
        rubric: app.create_rubric(owner, brand, rubric).await.unwrap().id,
        channel: world.channel(brand, "one").await,
        asset: app.upload_asset(owner, brand, "a.txt", "", words).await.unwrap().id,
        invitation: invitation.id,
        member: session.person.id,
    }
}

/// Nobody here is the last owner, so that whoever may can go through with it.
const ROLES: [(Role, char); 6] = [
    (Role::Client, 'C'),
    (Role::Analyst, 'N'),
    (Role::Moderator, 'D'),
    (Role::Author, 'U'),
    (Role::Manager, 'M'),
    (Role::Owner, 'O'),
];

#[tokio::test]
async fn every_role_may_what_the_table_says() {
    let world = World::new().await;
    let stranger = world.stranger().await;
    for (n, (role, initial)) in ROLES.into_iter().enumerate() {
        let actor = world.member(world.brand, role).await;
        let things = things(&world, world.brand, n).await;
        for (name, who, _, act) in rows() {
            let got = said(act(&world.app, &actor, world.brand, things).await);
            // What nobody is named for asks for a choice that was never begun.
            let expected = match (who.is_empty() && matches!(initial, 'O' | 'M'), who.contains(initial)) {
                (true, _) => "not found",
                (false, true) => "ok",
                (false, false) => "may not",
            };
            assert_eq!(got, expected, "{name} as {}", role.code());
            assert_eq!(
                said(act(&world.app, &stranger, world.brand, things).await),
                "not found",
                "{name} as a stranger"
            );
        }
        // Two brands have one key each only once.
        let rubrics = world.app.list_rubrics(&world.owner, world.brand).await.unwrap();
        for rubric in rubrics.into_iter().filter(|rubric| rubric.name == "Again") {
            world.app.delete_rubric(&world.owner, world.brand, rubric.id).await.unwrap();
        }
    }
}

#[tokio::test]
async fn another_brands_things_are_not_there() {
    let world = World::new().await;
    let other = world.brand("Other").await;
    let theirs = things(&world, other, 0).await;
    for (name, _, named, act) in rows() {
        if named {
            assert_eq!(said(act(&world.app, &world.owner, world.brand, theirs).await), "not found", "{name}");
        }
    }
    // And they are still where they were.
    for (name, _, named, act) in rows() {
        if named {
            assert_eq!(said(act(&world.app, &world.owner, other, theirs).await), "ok", "{name}");
        }
    }
}

/// What changes nothing that people own: reading, looking, and what is asked for already.
const NOT_WRITTEN_DOWN: [&str; 13] = [
    "brand",
    "pause_brand",
    "list_rubrics",
    "list_members",
    "list_channels",
    "channel",
    "connect_choices",
    "choose_channel",
    "check_channel",
    "list_assets",
    "asset",
    "asset_uses",
    "asset_file",
];

#[tokio::test]
async fn every_change_is_written_down() {
    let world = World::new().await;
    let things = things(&world, world.brand, 0).await;
    let mut before = world.audit(Some(world.brand)).await.len();
    for (name, _, _, act) in rows() {
        let _ = act(&world.app, &world.owner, world.brand, things).await;
        let written = world.audit(Some(world.brand)).await;
        let expected = usize::from(!NOT_WRITTEN_DOWN.contains(&name));
        assert_eq!(written.len() - before, expected, "{name}: {:?}", written.last());
        before = written.len();
    }
}
