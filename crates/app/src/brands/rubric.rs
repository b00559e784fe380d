//! The content categories of a brand. A standard one has no name of its own and is named in the reader's language.

use sarafan_domain::brand::{Rubric, STANDARD_RUBRICS};
use sarafan_domain::id::{BrandId, RubricId};
use sarafan_domain::member::Action;
use sarafan_domain::problem::Problem;
use sarafan_store::{StoreError, rubrics};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

use crate::actor::record;
use crate::live::Event;
use crate::persons::check_name;
use crate::{Actor, App, AppError};

/// A content category.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct RubricView {
    /// Its id.
    pub id: RubricId,
    /// Stable name used in plan files.
    pub key: String,
    /// As people call it.
    pub name: String,
    /// What it is for.
    pub purpose: String,
    /// One of the eight categorical colours, 0 to 7.
    pub color: i64,
    /// Wanted share of all posts, per cent.
    pub target_share: Option<i64>,
}

/// A content category as a person writes it.
#[derive(Debug, Clone, Deserialize, ToSchema)]
pub struct RubricInput {
    /// Stable name used in plan files; made from the name where it is missing.
    #[serde(default)]
    pub key: Option<String>,
    /// As people call it.
    pub name: String,
    /// What it is for.
    #[serde(default)]
    pub purpose: String,
    /// One of the eight categorical colours, 0 to 7.
    #[serde(default)]
    pub color: i64,
    /// Wanted share of all posts, per cent.
    #[serde(default)]
    pub target_share: Option<i64>,
}

/// Changes of a content category; what is missing stays.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
pub struct RubricPatch {
    /// Stable name used in plan files.
    pub key: Option<String>,
    /// As people call it.
    pub name: Option<String>,
    /// What it is for.
    pub purpose: Option<String>,
    /// One of the eight categorical colours, 0 to 7.
    pub color: Option<i64>,
    /// Wanted share of all posts in per cent; `null` for none.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<i64>)]
    pub target_share: Option<Option<i64>>,
}

/// Tells `null` from a missing field.
fn given<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Option<i64>>, D::Error> {
    Option::deserialize(from).map(Some)
}

/// So many rubrics are enough for anybody.
const MOST: usize = 100;

impl App {
    /// The content categories in their order.
    ///
    /// # Errors
    /// [`AppError::NotFound`] for strangers.
    pub async fn list_rubrics(&self, actor: &Actor, brand: BrandId) -> Result<Vec<RubricView>, AppError> {
        let mut conn = self.store().read().await?;
        self.enter_with(&mut conn, actor, brand, Action::Read).await?;
        let all = rubrics::list(&mut conn, brand).await?;
        Ok(all.into_iter().map(|rubric| self.rubric_view(actor, rubric)).collect())
    }

    /// Adds one at the end.
    ///
    /// # Errors
    /// [`AppError::Invalid`] for bad fields, a key that is taken, or too many rubrics.
    pub async fn create_rubric(
        &self,
        actor: &Actor,
        brand: BrandId,
        input: RubricInput,
    ) -> Result<RubricView, AppError> {
        self.enter(actor, brand, Action::BrandSettings).await?;
        let rubric = input.into_rubric(self.new_id())?;
        let count = rubrics::list(&mut *self.store().read().await?, brand).await?.len();
        if count >= MOST {
            return Err(Problem::error("rubrics-too-many", "name").with("max", MOST).into());
        }
        self.save_rubric(actor, brand, rubric, Change::Add).await
    }

    /// Changes one.
    ///
    /// # Errors
    /// [`AppError::Invalid`] for bad fields or a key that is taken; [`AppError::NotFound`].
    pub async fn update_rubric(
        &self,
        actor: &Actor,
        brand: BrandId,
        id: RubricId,
        patch: RubricPatch,
    ) -> Result<RubricView, AppError> {
        self.enter(actor, brand, Action::BrandSettings).await?;
        let all = rubrics::list(&mut *self.store().read().await?, brand).await?;
        let old = all.into_iter().find(|rubric| rubric.id == id).ok_or(AppError::NotFound)?;
        let rubric = patched(old, patch)?;
        self.save_rubric(actor, brand, rubric, Change::Alter).await
    }

    /// Removes one; posts that have it keep standing without.
    ///
    /// # Errors
    /// [`AppError::NotFound`].
    pub async fn delete_rubric(&self, actor: &Actor, brand: BrandId, id: RubricId) -> Result<(), AppError> {
        self.enter(actor, brand, Action::BrandSettings).await?;
        let (app, who) = (self.clone(), actor.clone());
        self.store()
            .write(move |conn| {
                let (app, who) = (app.clone(), who.clone());
                Box::pin(async move {
                    rubrics::delete(conn, brand, id).await?;
                    record(conn, &app, &who, Some(brand), "rubric.delete", &id.to_string(), json!({})).await
                })
            })
            .await?;
        self.live().tell(brand, Event::Brand {});
        Ok(())
    }

    async fn save_rubric(
        &self,
        actor: &Actor,
        brand: BrandId,
        rubric: Rubric,
        change: Change,
    ) -> Result<RubricView, AppError> {
        let (app, who) = (self.clone(), actor.clone());
        let rubric = self
            .store()
            .write(move |conn| {
                let (app, who, rubric) = (app.clone(), who.clone(), rubric.clone());
                Box::pin(async move {
                    let saved = match change {
                        Change::Add => rubrics::insert(conn, brand, &rubric).await,
                        Change::Alter => rubrics::update(conn, brand, &rubric).await,
                    };
                    saved.map_err(|error| match error {
                        StoreError::Conflict { .. } => taken(&rubric.key),
                        other => other.into(),
                    })?;
                    let detail = words(&rubric);
                    record(conn, &app, &who, Some(brand), change.code(), &rubric.id.to_string(), detail).await?;
                    Ok::<_, AppError>(rubric)
                })
            })
            .await?;
        self.live().tell(brand, Event::Brand {});
        Ok(self.rubric_view(actor, rubric))
    }

    pub(super) fn rubric_view(&self, actor: &Actor, rubric: Rubric) -> RubricView {
        let standard = rubric.name.is_empty();
        let text = |own: String, suffix: &str| {
            let key = format!("rubric-{}{suffix}", rubric.key.to_lowercase());
            if standard { self.texts().find(actor.language, &key, []).unwrap_or(own) } else { own }
        };
        RubricView {
            name: text(if standard { rubric.key.clone() } else { rubric.name.clone() }, ""),
            purpose: text(rubric.purpose.clone(), "-purpose"),
            id: rubric.id,
            key: rubric.key,
            color: rubric.color,
            target_share: rubric.target_share,
        }
    }
}

#[derive(Debug, Clone, Copy)]
enum Change {
    Add,
    Alter,
}

impl Change {
    fn code(self) -> &'static str {
        match self {
            Self::Add => "rubric.create",
            Self::Alter => "rubric.change",
        }
    }
}

impl RubricInput {
    fn into_rubric(self, id: RubricId) -> Result<Rubric, AppError> {
        let name = check_name(&self.name)?;
        let key = self.key.filter(|key| !key.trim().is_empty()).unwrap_or_else(|| slug(&name));
        let Self { purpose, color, target_share, .. } = self;
        checked(Rubric { id, key, name, purpose, color, target_share })
    }
}

/// A standard rubric that is given no name of its own stays a standard one.
fn patched(mut rubric: Rubric, patch: RubricPatch) -> Result<Rubric, AppError> {
    if let Some(name) = patch.name {
        rubric.name = check_name(&name)?;
    }
    rubric.key = patch.key.unwrap_or(rubric.key);
    rubric.purpose = patch.purpose.unwrap_or(rubric.purpose);
    rubric.color = patch.color.unwrap_or(rubric.color);
    rubric.target_share = patch.target_share.unwrap_or(rubric.target_share);
    checked(rubric)
}

fn checked(mut rubric: Rubric) -> Result<Rubric, AppError> {
    rubric.key = rubric.key.trim().to_owned();
    rubric.purpose = rubric.purpose.trim().to_owned();
    let mut problems = Vec::new();
    let readable = rubric.key.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
    if rubric.key.is_empty() || rubric.key.chars().count() > 40 || !readable {
        problems.push(Problem::error("rubric-key-bad", "key"));
    }
    if rubric.purpose.chars().count() > 500 {
        problems.push(Problem::error("too-long", "purpose").with("max", 500_usize));
    }
    if !(0..=7).contains(&rubric.color) {
        problems.push(Problem::error("color-bad", "color"));
    }
    if rubric.target_share.is_some_and(|share| !(0..=100).contains(&share)) {
        problems.push(Problem::error("share-bad", "target_share"));
    }
    if problems.is_empty() { Ok(rubric) } else { Err(AppError::Invalid(problems)) }
}

/// The rubrics of a new brand.
pub(super) fn standard(app: &App) -> Vec<Rubric> {
    let colors = (0..8).cycle();
    let rubrics = STANDARD_RUBRICS.into_iter().zip(colors).map(|((key, share), color)| Rubric {
        id: app.new_id(),
        key: key.to_owned(),
        name: String::new(),
        purpose: String::new(),
        color,
        target_share: Some(share),
    });
    rubrics.collect()
}

fn slug(name: &str) -> String {
    let words: String = name.to_lowercase().chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
    let words: Vec<&str> = words.split('-').filter(|word| !word.is_empty()).collect();
    words.join("-").chars().take(40).collect()
}

fn taken(key: &str) -> AppError {
    Problem::error("rubric-key-taken", "key").with("key", key).into()
}

fn words(rubric: &Rubric) -> Value {
    json!({ "key": rubric.key, "name": rubric.name, "color": rubric.color, "target_share": rubric.target_share })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_made_of_the_name() {
        let rows = [("Новости недели", "новости-недели"), ("  PR & news ", "pr-news"), ("!?", "")];
        for (name, expected) in rows {
            assert_eq!(slug(name), expected);
        }
    }
}
