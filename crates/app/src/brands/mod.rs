//! Brands: making them, their settings, and stopping everything they send.

use sarafan_domain::brand::{self, Brand, LATE_MINUTES};
use sarafan_domain::id::{BrandId, PersonId};
use sarafan_domain::member::{Action, Role, may};
use sarafan_domain::problem::Problem;
use sarafan_store::{Conn, assets, brands, members, persons, rubrics, settings};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::actor::record;
use crate::live::Event;
use crate::{Actor, App, AppError};

mod pause;
mod rubric;

pub use pause::PauseView;
pub(crate) use pause::{check_reason, is_paused, pause_all};
pub use rubric::{RubricInput, RubricPatch, RubricView};

/// The setting that names the owner who is given the brands made at the command line.
pub(crate) const HEIR: &str = "installation.owner";
/// A delivery can be allowed to be a week late at most.
const MAX_LATE_MINUTES: u32 = 7 * 24 * 60;

/// A brand in a list, with what the reader may do in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct BrandBriefView {
    /// Its id.
    pub id: BrandId,
    /// As people call it.
    pub name: String,
    /// Language its posts are written in by default.
    pub language: String,
    /// IANA zone of its calendar.
    pub time_zone: String,
    /// Country, for holidays.
    pub country: String,
    /// What the reader is in it.
    pub role: Role,
    /// What the reader may do in it: codes of actions.
    pub may: Vec<String>,
    /// Nothing goes out while true.
    pub paused: bool,
}

impl BrandBriefView {
    pub(crate) fn new(brand: Brand, role: Role) -> Self {
        let allowed = Action::ALL.into_iter().filter(|action| may(role, *action));
        Self {
            id: brand.id,
            name: brand.name,
            language: brand.language,
            time_zone: brand.time_zone,
            country: brand.country,
            role,
            may: allowed.map(|action| action.code().to_owned()).collect(),
            paused: brand.paused,
        }
    }

    /// Without what the token of the actor does not allow.
    pub(crate) fn narrowed(mut self, actor: &Actor) -> Self {
        let allowed = |code: &str| Action::ALL.into_iter().any(|action| action.code() == code && actor.leaves(action));
        self.may.retain(|code| allowed(code));
        self
    }
}

/// A brand with its settings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct BrandView {
    /// What lists show too.
    #[serde(flatten)]
    pub brief: BrandBriefView,
    /// Its content categories.
    pub rubrics: Vec<RubricView>,
    /// Labels in use.
    pub labels: Vec<String>,
    /// A delivery at most this late is still sent by itself; a later one asks a person.
    pub late_policy_minutes: u32,
}

/// A new brand.
#[derive(Debug, Clone, Deserialize, ToSchema)]
pub struct NewBrand {
    /// As people call it.
    pub name: String,
    /// Language its posts are written in by default (BCP 47).
    pub language: String,
    /// IANA zone of its calendar.
    pub time_zone: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
}

/// Changes of a brand's settings; what is `None` stays.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
pub struct BrandPatch {
    /// As people call it.
    pub name: Option<String>,
    /// Language its posts are written in by default.
    pub language: Option<String>,
    /// IANA zone of its calendar.
    pub time_zone: Option<String>,
    /// Country, for holidays.
    pub country: Option<String>,
    /// How late a delivery may be and still go out by itself, in minutes.
    pub late_policy_minutes: Option<u32>,
}

impl App {
    /// Makes a brand with the standard rubrics; whoever makes it is its owner. At the command line the owner of the
    /// installation is.
    ///
    /// # Errors
    /// [`AppError::MayNot`] for anybody but an owner of the installation; [`AppError::Invalid`] for bad fields.
    pub async fn create_brand(&self, actor: &Actor, new: NewBrand) -> Result<BrandView, AppError> {
        if !actor.installation_owner {
            return Err(AppError::MayNot { action: Action::BrandSettings });
        }
        let brand = checked(Brand {
            id: self.new_id(),
            name: new.name,
            language: new.language,
            time_zone: new.time_zone,
            country: new.country,
            paused: false,
            late_minutes: LATE_MINUTES,
        })?;
        let standard = rubric::standard(self);
        let (id, app, who) = (brand.id, self.clone(), actor.clone());
        self.store()
            .write(move |conn| {
                let (app, who, brand, standard) = (app.clone(), who.clone(), brand.clone(), standard.clone());
                Box::pin(async move {
                    brands::insert(conn, &brand, app.now()).await?;
                    for rubric in &standard {
                        rubrics::insert(conn, id, rubric).await?;
                    }
                    let owner = match who.person {
                        Some(person) => Some(person),
                        None => heir(conn).await?,
                    };
                    if let Some(owner) = owner {
                        members::put(conn, id, owner, Role::Owner, app.now()).await?;
                    }
                    record(conn, &app, &who, Some(id), "brand.create", &id.to_string(), json!({ "name": brand.name }))
                        .await
                })
            })
            .await?;
        self.brand(actor, id).await
    }

    /// The brands of the actor; all of them at the command line.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn list_brands(&self, actor: &Actor) -> Result<Vec<BrandBriefView>, AppError> {
        let mut conn = self.store().read().await?;
        let mut all = Vec::new();
        match actor.person {
            Some(person) => all.extend(brands::of_person(&mut conn, person).await?),
            None => {
                for id in brands::all_ids(&mut conn).await? {
                    all.push((brands::get(&mut conn, id).await?, Role::Owner));
                }
            }
        }
        let reached = all.into_iter().filter(|(brand, _)| actor.reaches(brand.id));
        Ok(reached.map(|(brand, role)| BrandBriefView::new(brand, role).narrowed(actor)).collect())
    }

    /// One brand with its settings.
    ///
    /// # Errors
    /// [`AppError::NotFound`] for strangers too.
    pub async fn brand(&self, actor: &Actor, brand: BrandId) -> Result<BrandView, AppError> {
        let mut conn = self.store().read().await?;
        let role = self.enter_with(&mut conn, actor, brand, Action::Read).await?;
        let found = brands::get(&mut conn, brand).await?;
        let rubrics = rubrics::list(&mut conn, brand).await?;
        Ok(BrandView {
            late_policy_minutes: found.late_minutes,
            brief: BrandBriefView::new(found, role).narrowed(actor),
            rubrics: rubrics.into_iter().map(|rubric| self.rubric_view(actor, rubric)).collect(),
            labels: assets::labels(&mut conn, brand).await?,
        })
    }

    /// Changes a brand's settings.
    ///
    /// # Errors
    /// [`AppError::Invalid`] for bad fields.
    pub async fn update_brand(&self, actor: &Actor, brand: BrandId, patch: BrandPatch) -> Result<BrandView, AppError> {
        self.enter(actor, brand, Action::BrandSettings).await?;
        let (app, who) = (self.clone(), actor.clone());
        self.store()
            .write(move |conn| {
                let (app, who, patch) = (app.clone(), who.clone(), patch.clone());
                Box::pin(async move {
                    let old = brands::get(conn, brand).await?;
                    let new = patched(old.clone(), patch)?;
                    brands::update(conn, &new).await?;
                    let detail = json!({ "from": words(&old), "to": words(&new) });
                    record(conn, &app, &who, Some(brand), "brand.change", &brand.to_string(), detail).await
                })
            })
            .await?;
        self.live().tell(brand, Event::Brand {});
        self.brand(actor, brand).await
    }
}

fn patched(mut brand: Brand, patch: BrandPatch) -> Result<Brand, Problem> {
    let set = |field: &mut String, value: Option<String>| {
        if let Some(value) = value {
            *field = value;
        }
    };
    set(&mut brand.name, patch.name);
    set(&mut brand.language, patch.language);
    set(&mut brand.time_zone, patch.time_zone);
    set(&mut brand.country, patch.country);
    if let Some(minutes) = patch.late_policy_minutes {
        if minutes > MAX_LATE_MINUTES {
            let problem = Problem::error("late-too-long", "late_policy_minutes");
            return Err(problem.with("max", MAX_LATE_MINUTES));
        }
        brand.late_minutes = minutes;
    }
    checked(brand)
}

/// Tidies what was typed and checks it.
fn checked(mut brand: Brand) -> Result<Brand, Problem> {
    brand.name = brand.name.trim().to_owned();
    brand.language = brand.language.trim().to_owned();
    brand.time_zone = brand.time_zone.trim().to_owned();
    brand.country = brand.country.trim().to_uppercase();
    brand::check(&brand.name, &brand.language, &brand.time_zone, &brand.country)?;
    Ok(brand)
}

fn words(brand: &Brand) -> serde_json::Value {
    json!({
        "name": brand.name,
        "language": brand.language,
        "time_zone": brand.time_zone,
        "country": brand.country,
        "late_minutes": brand.late_minutes,
    })
}

/// The owner of the installation who made it, if they still are one.
async fn heir(conn: &mut Conn) -> Result<Option<PersonId>, AppError> {
    let Some(id) = settings::get(conn, HEIR).await?.and_then(|text| text.parse::<PersonId>().ok()) else {
        return Ok(None);
    };
    Ok(persons::get(conn, id).await.ok().filter(|person| person.installation_owner).map(|person| person.id))
}
