//! What approval means for sending: nothing that needs a yes leaves without one to this very content. A yes lets go what
//! was held for want of it, a change of the content takes it back.

use sarafan_domain::approval::{Approval, Standing, WhenDue, Word, cleared, fingerprint};
use sarafan_domain::delivery::{Event as DeliveryEvent, State, UNAPPROVED};
use sarafan_domain::id::{BrandId, ChannelId, PostId};
use sarafan_domain::member::Action;
use sarafan_domain::notice::Kind;
use sarafan_domain::problem::Problem;
use sarafan_store::approvals as rows;
use sarafan_store::posts::PostRow;
use sarafan_store::{Conn, deliveries, posts};

use super::{Said, Voice};
use crate::live::Event;
use crate::notices;
use crate::{Actor, App, AppError};

impl App {
    /// May this very content go to this channel?
    pub(crate) async fn may_leave(
        &self,
        conn: &mut Conn,
        post: &PostRow,
        channel: ChannelId,
    ) -> Result<bool, AppError> {
        if !rows::needs(conn, post.brand, channel).await? {
            return Ok(true);
        }
        let approval = rows::get(conn, post.brand, post.id).await?.map(|row| row.approval).unwrap_or_default();
        Ok(cleared(true, &approval, &fingerprint(&post.content, &post.channels)))
    }

    /// Refuses what a person wants out now and nobody has approved.
    pub(crate) async fn must_leave(
        &self,
        conn: &mut Conn,
        brand: BrandId,
        post: PostId,
        channel: ChannelId,
    ) -> Result<(), AppError> {
        let post = posts::get(conn, brand, post).await?;
        let may = self.may_leave(conn, &post, channel).await?;
        if may { Ok(()) } else { Err(AppError::Refused(Problem::error(UNAPPROVED, "at"))) }
    }

    /// Does one of these channels still want a yes to this content?
    pub(crate) async fn wants_approval(&self, conn: &mut Conn, post: &PostRow) -> Result<bool, AppError> {
        let policy = rows::policy(conn, post.brand).await?;
        if !post.channels.iter().any(|id| policy.needs(*id)) {
            return Ok(false);
        }
        let approval = rows::get(conn, post.brand, post.id).await?.map(|row| row.approval).unwrap_or_default();
        Ok(!cleared(true, &approval, &fingerprint(&post.content, &post.channels)))
    }

    /// The content or the channels of a post were saved: a yes to something else no longer holds.
    pub(crate) async fn content_saved(&self, conn: &mut Conn, actor: &Actor, post: &PostRow) -> Result<(), AppError> {
        let said = Said { word: Word::Change, note: String::new() };
        self.say_in(conn, post, &said, &Voice::of(actor)).await
    }

    /// A post was put on its way: whoever may approve is asked, where a channel wants that and nobody was.
    pub(crate) async fn scheduled(&self, conn: &mut Conn, actor: &Actor, post: &PostRow) -> Result<(), AppError> {
        if !self.wants_approval(conn, post).await? {
            return Ok(());
        }
        if super::standing(conn, post.brand, post.id).await? == Standing::Draft {
            let said = Said { word: Word::Submit, note: String::new() };
            return self.say_in(conn, post, &said, &Voice::of(actor)).await;
        }
        self.plan_reminder(conn, post).await
    }

    /// A yes: what was held for want of it goes on, unless it is too late by the brand's own word; so do the copies of a
    /// repeating post that say the same.
    pub(super) async fn approved(&self, conn: &mut Conn, post: &PostRow, voice: &Voice) -> Result<(), AppError> {
        self.let_go(conn, post.brand, post.id).await?;
        let Some(series) = post.series else { return Ok(()) };
        let hash = fingerprint(&post.content, &post.channels);
        let ids: Vec<PostId> = posts::of_series(conn, post.brand, series).await?;
        for copy in posts::some(conn, post.brand, &ids).await? {
            let same = copy.id != post.id && fingerprint(&copy.content, &copy.channels) == hash;
            if same && super::standing(conn, copy.brand, copy.id).await? != Standing::Approved {
                self.carry(conn, &copy, voice).await?;
            }
        }
        Ok(())
    }

    /// A copy of a repeating post has the yes that its head was given.
    pub(crate) async fn copied(&self, conn: &mut Conn, head: &PostRow, copy: &PostRow) -> Result<(), AppError> {
        let Some(row) = rows::get(conn, head.brand, head.id).await? else { return Ok(()) };
        if cleared(true, &row.approval, &fingerprint(&copy.content, &copy.channels)) {
            let voice = Voice { person: row.person, link: None, token: None, name: row.by };
            return self.carry(conn, copy, &voice).await;
        }
        Ok(())
    }

    async fn carry(&self, conn: &mut Conn, copy: &PostRow, voice: &Voice) -> Result<(), AppError> {
        let hash = fingerprint(&copy.content, &copy.channels);
        let row = rows::ApprovalRow {
            post: copy.id,
            approval: Approval { standing: Standing::Approved, hash },
            at: self.now(),
            person: voice.person,
            by: voice.name.clone(),
            note: String::new(),
        };
        rows::put(conn, copy.brand, &row).await?;
        self.remember(conn, copy, "carried", voice, "", false).await?;
        if copy.state.is_written() {
            posts::set_state(conn, copy.brand, copy.id, Standing::Approved.state()).await?;
        }
        self.let_go(conn, copy.brand, copy.id).await?;
        self.live().tell(copy.brand, Event::Post { id: copy.id });
        Ok(())
    }

    async fn let_go(&self, conn: &mut Conn, brand: BrandId, post: PostId) -> Result<(), AppError> {
        for row in deliveries::of_post(conn, brand, post).await? {
            let waits = row.delivery.reason.as_ref().is_some_and(|reason| reason.code == UNAPPROVED);
            if row.delivery.state == State::Held && waits {
                self.apply(conn, row, DeliveryEvent::Resumed, None).await?;
            }
        }
        Ok(())
    }

    /// It is due and nobody has approved it. Where the brand wants that, whoever may approve is asked, once.
    pub(crate) async fn unapproved_at_due(&self, conn: &mut Conn, brand: BrandId, id: PostId) -> Result<(), AppError> {
        let post = posts::get(conn, brand, id).await?;
        let voice = Voice::nobody();
        let able = notices::able(conn, brand, Action::PostPublish).await?.into_iter().chain([post.author]);
        let told = notices::of_post(&post, "", "");
        notices::tell(conn, self, brand, able, None, Kind::ApprovalMissing, &told).await?;
        if rows::policy(conn, brand).await?.when_due == WhenDue::Ask {
            if super::standing(conn, brand, id).await? == Standing::Draft {
                let said = Said { word: Word::Submit, note: String::new() };
                self.say_in(conn, &post, &said, &voice).await?;
            }
            self.remember(conn, &post, "overdue", &voice, "", false).await?;
        }
        Ok(())
    }

    /// Puts the job of the next reminder, or moves it; none where nobody is to be asked or there is no time.
    pub(crate) async fn plan_reminder(&self, conn: &mut Conn, post: &PostRow) -> Result<(), AppError> {
        let Some(due) = post.due_at else { return Ok(()) };
        let policy = rows::policy(conn, post.brand).await?;
        match policy.next_reminder(due, self.now()) {
            Some(at) => crate::jobs::remind::put(self, conn, post.brand, post.id, at).await,
            None => crate::jobs::remind::cancel(conn, post.brand, post.id).await,
        }
    }
}
