//! Work together: notes with names, tasks, what people hear of, and the letters that tell them.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use sarafan_app::notes::NoteInput;
use sarafan_app::posts::PostInput;
use sarafan_app::tasks::{TaskInput, TaskQuery};
use sarafan_app::worker::Worker;
use sarafan_app::{Actor, AppError};
use sarafan_domain::id::{PersonId, PostId};
use sarafan_domain::member::Role;
use sarafan_domain::notice::{Choices, Kind, Mail, Ways};
use sarafan_domain::post::Content;
use sarafan_network::mail::play::PostOffice;

use crate::world::{World, said};

async fn post(world: &World, author: &Actor, text: &str) -> PostId {
    let content = Content { text: text.to_owned(), ..Content::default() };
    let input = PostInput { content, channels: Vec::new(), ..PostInput::default() };
    world.app.create_post(author, world.brand, input).await.unwrap().id
}

fn note(text: &str, mentions: &[PersonId]) -> NoteInput {
    NoteInput { text: text.to_owned(), mentions: mentions.to_vec() }
}

/// Kind and sentence of what somebody was told, newest first.
async fn told(world: &World, actor: &Actor) -> Vec<(Kind, String)> {
    let page = world.app.list_notices(actor, world.brand, None, None).await.unwrap();
    page.items.into_iter().map(|one| (one.kind, one.text)).collect()
}

async fn work(world: &World) {
    Worker::new(world.app.clone()).drain().await.unwrap();
}

#[tokio::test]
async fn who_is_named_hears_of_it_and_so_does_the_author() {
    let world = World::new().await;
    let author = world.member(world.brand, Role::Author).await;
    let analyst = world.member(world.brand, Role::Analyst).await;
    let id = post(&world, &author, "Fresh beans").await;
    let named = note("@analyst, is this number right?", &[analyst.person.unwrap()]);
    let made = world.app.create_note(&world.owner, world.brand, id, named).await.unwrap();
    assert_eq!(told(&world, &analyst).await, [(Kind::Mention, "Olga mentioned you on “Fresh beans”".to_owned())]);
    assert_eq!(told(&world, &author).await[0].0, Kind::Note);
    assert!(
        !told(&world, &world.owner).await.iter().any(|(kind, _)| *kind == Kind::Note),
        "one does not hear of oneself"
    );

    // Changed words name nobody twice.
    let again = note("@analyst, is this right?", &[analyst.person.unwrap()]);
    world.app.update_note(&world.owner, world.brand, made.id, again).await.unwrap();
    assert_eq!(told(&world, &analyst).await.len(), 1);
    let listed = world.app.list_notes(&author, world.brand, id, None, None).await.unwrap().items;
    assert_eq!((listed.len(), listed[0].own, listed[0].edited_at.is_some()), (1, false, true));
}

#[tokio::test]
async fn a_note_is_ones_own_and_names_only_the_team() {
    let world = World::new().await;
    let author = world.member(world.brand, Role::Author).await;
    let client = world.member(world.brand, Role::Client).await;
    let stranger = world.stranger().await;
    let id = post(&world, &author, "Fresh beans").await;
    let made = world.app.create_note(&author, world.brand, id, note("Done", &[])).await.unwrap();
    for person in [client.person.unwrap(), stranger.person.unwrap()] {
        let refused = world.app.create_note(&author, world.brand, id, note("@you", &[person])).await;
        assert_eq!(said(refused), "mention-unknown");
    }
    assert_eq!(said(world.app.create_note(&author, world.brand, id, note(" ", &[])).await), "note-blank");
    assert_eq!(said(world.app.list_notes(&client, world.brand, id, None, None).await), "may not");
    assert_eq!(said(world.app.update_note(&world.owner, world.brand, made.id, note("No", &[])).await), "may not");
    assert_eq!(said(world.app.remove_note(&world.owner, world.brand, made.id).await), "may not");
    assert_eq!(said(world.app.remove_note(&author, world.brand, made.id).await), "ok");
    assert_eq!(said(world.app.remove_note(&author, world.brand, made.id).await), "not found");
}

#[tokio::test]
async fn a_task_is_given_due_and_done() {
    let world = World::new().await;
    let author = world.member(world.brand, Role::Author).await;
    let give = TaskInput {
        title: "Photos".to_owned(),
        assignee: author.person,
        due: Some("2026-12-03T18:00".to_owned()),
        ..TaskInput::default()
    };
    let task = world.app.create_task(&world.owner, world.brand, give.clone()).await.unwrap();
    assert_eq!(told(&world, &author).await, [(Kind::TaskGiven, "Olga gave you a task: Photos".to_owned())]);
    // Nobody hears twice of what they know.
    world.app.update_task(&world.owner, world.brand, task.id, give.clone()).await.unwrap();
    assert_eq!(told(&world, &author).await.len(), 1);
    // 09:00 in Moscow.
    world.set("2026-12-03T05:59:59Z");
    work(&world).await;
    assert_eq!(told(&world, &author).await.len(), 1);
    world.set("2026-12-03T06:00:00Z");
    work(&world).await;
    assert_eq!(told(&world, &author).await[0], (Kind::TaskDue, "Due today: Photos".to_owned()));

    let titles = async |actor: &Actor, query: TaskQuery| -> Vec<String> {
        let page = world.app.list_tasks(actor, world.brand, query).await.unwrap();
        page.items.into_iter().map(|task| task.title).collect()
    };
    let mine = || TaskQuery { mine: true, ..TaskQuery::default() };
    let overdue = || TaskQuery { overdue: true, ..TaskQuery::default() };
    assert_eq!(titles(&author, mine()).await, ["Photos"]);
    assert_eq!(titles(&world.owner, mine()).await, [""; 0]);
    assert_eq!(titles(&author, overdue()).await, [""; 0]);
    world.set("2026-12-03T15:00:01Z");
    assert_eq!(titles(&author, overdue()).await, ["Photos"]);
    world.app.finish_task(&author, world.brand, task.id, true).await.unwrap();
    assert_eq!(titles(&author, overdue()).await, [""; 0]);
    assert_eq!(titles(&author, TaskQuery { done: true, ..mine() }).await, ["Photos"]);
    world.app.finish_task(&author, world.brand, task.id, false).await.unwrap();
    assert_eq!(titles(&author, mine()).await, ["Photos"]);

    let client = world.member(world.brand, Role::Client).await;
    let to_client = TaskInput { assignee: client.person, ..give.clone() };
    assert_eq!(said(world.app.create_task(&author, world.brand, to_client).await), "assignee-unknown");
    let bad = TaskInput { due: Some("tomorrow".to_owned()), ..give };
    assert_eq!(said(world.app.create_task(&author, world.brand, bad).await), "due-bad");
    assert_eq!(said(world.app.task(&client, world.brand, task.id).await), "may not");
}

#[tokio::test]
async fn tasks_are_read_page_by_page() {
    let world = World::new().await;
    for n in 0..5 {
        let due = (n < 3).then(|| format!("2026-12-0{}T10:00", 5 - n));
        let input = TaskInput { title: n.to_string(), due, ..TaskInput::default() };
        world.app.create_task(&world.owner, world.brand, input).await.unwrap();
    }
    let (mut titles, mut cursor) = (Vec::new(), None);
    loop {
        let query = TaskQuery { limit: Some(2), cursor, ..TaskQuery::default() };
        let page = world.app.list_tasks(&world.owner, world.brand, query).await.unwrap();
        titles.extend(page.items.into_iter().map(|task| task.title));
        cursor = page.next;
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!(titles, ["2", "1", "0", "3", "4"], "by due time, those without one last");
}

#[tokio::test]
async fn many_notices_become_one_letter_and_what_was_read_none() {
    let office = PostOffice::open().await.unwrap();
    let world = World::with_mail(&office).await;
    let author = world.member(world.brand, Role::Author).await;
    work(&world).await;
    let before = office.taken().len();
    let id = post(&world, &author, "Fresh beans").await;
    let name = [author.person.unwrap()];
    for n in 0..3 {
        world.app.create_note(&world.owner, world.brand, id, note(&format!("Look {n}"), &name)).await.unwrap();
    }
    work(&world).await;
    assert_eq!(office.taken().len(), before, "they gather first");
    world.pass(SignedDuration::from_mins(5));
    work(&world).await;
    let letters = office.taken().split_off(before);
    let [letter] = letters.as_slice() else { panic!("{letters:?}") };
    assert!(["Look 0", "Look 1", "Look 2"].iter().all(|words| letter.text.contains(words)), "{}", letter.text);
    world.pass(SignedDuration::from_hours(30));
    work(&world).await;
    assert_eq!(office.taken().len(), before + 1, "nothing is mailed twice");

    world.app.create_note(&world.owner, world.brand, id, note("Seen", &name)).await.unwrap();
    world.app.read_notices(&author, world.brand, None).await.unwrap();
    world.pass(SignedDuration::from_mins(5));
    work(&world).await;
    assert_eq!(office.taken().len(), before + 1, "what was read is not mailed");
}

#[tokio::test]
async fn a_flood_is_one_letter_too() {
    let office = PostOffice::open().await.unwrap();
    let world = World::with_mail(&office).await;
    let author = world.member(world.brand, Role::Author).await;
    work(&world).await;
    let before = office.taken().len();
    let id = post(&world, &author, "Fresh beans").await;
    for n in 0..230 {
        let named = note(&format!("Look {n}"), &[author.person.unwrap()]);
        world.app.create_note(&world.owner, world.brand, id, named).await.unwrap();
    }
    world.pass(SignedDuration::from_mins(1));
    work(&world).await;
    let letters = office.taken().split_off(before);
    let [letter] = letters.as_slice() else { panic!("{} letters", letters.len()) };
    assert!(letter.text.contains("Look 0") && letter.text.contains("And 180 more"), "{}", letter.text);
    assert!(!letter.text.contains("Look 60"));
}

#[tokio::test]
async fn people_choose_how_they_hear() {
    let office = PostOffice::open().await.unwrap();
    let world = World::with_mail(&office).await;
    let author = world.member(world.brand, Role::Author).await;
    work(&world).await;
    let before = office.taken().len();
    let id = post(&world, &author, "Fresh beans").await;
    let name = [author.person.unwrap()];
    let choose = async |app, mail| {
        let ways = Ways { app, mail, messenger: false };
        let choices = Choices { ways: BTreeMap::from([(Kind::Mention, ways)]), hour: 18 };
        world.app.choose_notices(&author, world.brand, choices).await.unwrap()
    };
    choose(false, Mail::Off).await;
    world.app.create_note(&world.owner, world.brand, id, note("Silence", &name)).await.unwrap();
    assert_eq!(told(&world, &author).await, []);
    let chosen = choose(false, Mail::Daily).await;
    assert!(chosen.mails && chosen.hour == 18 && !chosen.kinds.iter().any(|one| one.kind == Kind::MemberJoined));
    world.app.create_note(&world.owner, world.brand, id, note("Later", &name)).await.unwrap();
    world.set("2026-12-01T14:59:00Z");
    work(&world).await;
    assert_eq!(office.taken().len(), before);
    assert_eq!(told(&world, &author).await, [], "by mail only");
    // 18:00 in Moscow.
    world.set("2026-12-01T15:00:00Z");
    work(&world).await;
    let letters = office.taken().split_off(before);
    assert!(letters.len() == 1 && letters[0].text.contains("Later"), "{letters:?}");
    let bad = world.app.choose_notices(&author, world.brand, Choices { hour: 24, ..Choices::default() }).await;
    assert_eq!(said(bad), "hour-bad");
}

#[tokio::test]
async fn notices_are_ones_own() {
    let world = World::new().await;
    let author = world.member(world.brand, Role::Author).await;
    let id = post(&world, &world.owner, "Fresh beans").await;
    world.app.create_note(&author, world.brand, id, note("@Olga", &[world.owner.person.unwrap()])).await.unwrap();
    let page = world.app.list_notices(&world.owner, world.brand, None, None).await.unwrap();
    let mention = page.items.iter().find(|one| one.kind == Kind::Mention).unwrap();
    assert!(page.unread > 0 && !mention.read && mention.path == format!("/posts/{id}"));
    let theirs = world.app.read_notices(&author, world.brand, Some(mention.id)).await;
    assert_eq!(said(theirs), "not found");
    world.app.read_notices(&world.owner, world.brand, Some(mention.id)).await.unwrap();
    let after = world.app.list_notices(&world.owner, world.brand, None, None).await.unwrap();
    assert_eq!(after.unread, page.unread - 1);
    let nobody = Actor::command_line(author.language);
    assert!(matches!(world.app.list_notices(&nobody, world.brand, None, None).await, Err(AppError::SignedOut)));
}

#[tokio::test]
async fn who_can_mend_it_hears_of_a_channel_that_lost_its_access_and_of_newcomers() {
    let world = World::new().await;
    let manager = world.member(world.brand, Role::Manager).await;
    let author = world.member(world.brand, Role::Author).await;
    let joined = |told: &[(Kind, String)]| told.iter().filter(|(kind, _)| *kind == Kind::MemberJoined).count();
    assert_eq!(joined(&told(&world, &world.owner).await), 2);
    assert_eq!((joined(&told(&world, &manager).await), joined(&told(&world, &author).await)), (1, 0));
}
