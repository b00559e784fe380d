//! Who works for a brand, and invitations to do so.

use sarafan_domain::id::{BrandId, ChannelId, InvitationId, PersonId};
use sarafan_domain::member::Role;
use sarafan_domain::time::Timestamp;

use crate::sql::{Fields, only, sql};
use crate::store::Engine;
use crate::{Conn, Result};

/// A person in a brand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberRow {
    /// Who.
    pub person: PersonId,
    /// As shown to others.
    pub name: String,
    /// Address.
    pub email: String,
    /// What they are.
    pub role: Role,
    /// Since when.
    pub since: Timestamp,
    /// The channels they write for and send to; `None` for all.
    pub channels: Option<Vec<ChannelId>>,
}

/// An invitation that nobody has taken yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvitationRow {
    /// Its id.
    pub id: InvitationId,
    /// To which brand.
    pub brand: BrandId,
    /// Hash of the token in the link.
    pub token_hash: Vec<u8>,
    /// For whom.
    pub email: String,
    /// As what.
    pub role: Role,
    /// By whom.
    pub created_by: PersonId,
    /// When.
    pub created_at: Timestamp,
    /// It cannot be taken after.
    pub expires_at: Timestamp,
}

/// What a person is in a brand; `None` for a stranger.
///
/// # Errors
/// Only those of the database.
pub async fn role(conn: &mut Conn, brand: BrandId, person: PersonId) -> Result<Option<Role>> {
    sql("SELECT role FROM member WHERE brand_id = $1 AND person_id = $2")
        .bind(brand)
        .bind(person)
        .optional(conn, |f| f.code(Role::parse))
        .await
}

/// The members by name.
///
/// # Errors
/// Only those of the database.
pub async fn list(conn: &mut Conn, brand: BrandId) -> Result<Vec<MemberRow>> {
    sql("SELECT p.id, p.name, p.email, m.role, m.since, m.channels FROM member m JOIN person p ON p.id = m.person_id \
         WHERE m.brand_id = $1 ORDER BY p.name, p.id")
    .bind(brand)
    .all(conn, |f| {
        let (person, name, email) = (f.id()?, f.text()?, f.text()?);
        Ok(MemberRow { person, name, email, role: f.code(Role::parse)?, since: f.at()?, channels: f.json_opt()? })
    })
    .await
}

/// Adds a member or changes its role.
///
/// # Errors
/// Only those of the database.
pub async fn put(conn: &mut Conn, brand: BrandId, person: PersonId, role: Role, now: Timestamp) -> Result<()> {
    sql("INSERT INTO member (brand_id, person_id, role, since) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (brand_id, person_id) DO UPDATE SET role = excluded.role")
    .bind(brand)
    .bind(person)
    .bind(role.code())
    .bind(now)
    .must(conn)
    .await
}

fn limited(f: &mut Fields<'_>) -> Result<Option<Vec<ChannelId>>> {
    f.json_opt()
}

/// The channels a member writes for and sends to; `None` for all of them, and for a stranger.
///
/// # Errors
/// Only those of the database.
pub async fn channels(conn: &mut Conn, brand: BrandId, person: PersonId) -> Result<Option<Vec<ChannelId>>> {
    let found = sql("SELECT channels FROM member WHERE brand_id = $1 AND person_id = $2")
        .bind(brand)
        .bind(person)
        .optional(conn, limited)
        .await?;
    Ok(found.flatten())
}

/// Says which channels a member writes for and sends to.
///
/// # Errors
/// Not found.
pub async fn limit(conn: &mut Conn, brand: BrandId, person: PersonId, channels: Option<&Vec<ChannelId>>) -> Result<()> {
    sql("UPDATE member SET channels = $3 WHERE brand_id = $1 AND person_id = $2")
        .bind(brand)
        .bind(person)
        .json_opt(channels)?
        .must(conn)
        .await
}

/// Takes a person out of a brand.
///
/// # Errors
/// Not found.
pub async fn delete(conn: &mut Conn, brand: BrandId, person: PersonId) -> Result<()> {
    sql("DELETE FROM member WHERE brand_id = $1 AND person_id = $2").bind(brand).bind(person).must(conn).await
}

/// The owners of all brands, brand by brand.
///
/// # Errors
/// Only those of the database.
pub async fn owners(conn: &mut Conn) -> Result<Vec<(BrandId, PersonId)>> {
    sql("SELECT brand_id, person_id FROM member WHERE role = $1 ORDER BY brand_id, person_id")
        .bind(Role::Owner.code())
        .all(conn, |f| Ok((f.id()?, f.id()?)))
        .await
}

/// How many owners the brand has. Inside a write they stay as many until the commit, so that two owners cannot take
/// each other out at the same time.
///
/// # Errors
/// Only those of the database.
pub async fn count_owners(conn: &mut Conn, brand: BrandId) -> Result<usize> {
    let text = if writes_on_postgres(conn).await? {
        "SELECT person_id FROM member WHERE brand_id = $1 AND role = $2 FOR UPDATE"
    } else {
        "SELECT person_id FROM member WHERE brand_id = $1 AND role = $2"
    };
    let owners = sql(text).bind(brand).bind(Role::Owner.code()).all(conn, only::id::<PersonId>).await?;
    Ok(owners.len())
}

/// SQLite has one writer and needs no row locks; a connection that only reads may not take them.
async fn writes_on_postgres(conn: &mut Conn) -> Result<bool> {
    if conn.engine() == Engine::Sqlite {
        return Ok(false);
    }
    let read_only = sql("SELECT current_setting('transaction_read_only')").one(conn, only::text).await?;
    Ok(read_only == "off")
}

fn invitation(f: &mut Fields<'_>) -> Result<InvitationRow> {
    Ok(InvitationRow {
        id: f.id()?,
        brand: f.id()?,
        token_hash: f.bytes()?,
        email: f.text()?,
        role: f.code(Role::parse)?,
        created_by: f.id()?,
        created_at: f.at()?,
        expires_at: f.at()?,
    })
}

/// Adds an invitation.
///
/// # Errors
/// Conflict where id or token exist.
pub async fn invite(conn: &mut Conn, row: &InvitationRow) -> Result<()> {
    sql("INSERT INTO invitation (brand_id, id, token_hash, email, role, created_by, created_at, expires_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")
    .bind(row.brand)
    .bind(row.id)
    .bind(&row.token_hash)
    .bind(row.email.to_lowercase())
    .bind(row.role.code())
    .bind(row.created_by)
    .bind(row.created_at)
    .bind(row.expires_at)
    .must(conn)
    .await
}

/// The open invitations of a brand, newest first; those that ended by themselves are among them.
///
/// # Errors
/// Only those of the database.
pub async fn invitations(conn: &mut Conn, brand: BrandId) -> Result<Vec<InvitationRow>> {
    sql("SELECT id, brand_id, token_hash, email, role, created_by, created_at, expires_at FROM invitation \
         WHERE brand_id = $1 ORDER BY created_at DESC, id DESC")
    .bind(brand)
    .all(conn, invitation)
    .await
}

/// The invitation of a token, unless it has ended.
///
/// # Errors
/// Only those of the database.
pub async fn invitation_by_token(conn: &mut Conn, hash: &[u8], now: Timestamp) -> Result<Option<InvitationRow>> {
    sql("SELECT id, brand_id, token_hash, email, role, created_by, created_at, expires_at FROM invitation \
         WHERE token_hash = $1 AND expires_at > $2")
    .bind(hash)
    .bind(now)
    .optional(conn, invitation)
    .await
}

/// The open invitations of an address, whatever the brand.
///
/// # Errors
/// Only those of the database.
pub async fn invitations_for(conn: &mut Conn, email: &str, now: Timestamp) -> Result<Vec<InvitationRow>> {
    sql("SELECT id, brand_id, token_hash, email, role, created_by, created_at, expires_at FROM invitation \
         WHERE email = $1 AND expires_at > $2 ORDER BY created_at, id")
    .bind(email.to_lowercase())
    .bind(now)
    .all(conn, invitation)
    .await
}

/// Takes an invitation back, or off the list once it was taken.
///
/// # Errors
/// Not found.
pub async fn delete_invitation(conn: &mut Conn, brand: BrandId, id: InvitationId) -> Result<()> {
    sql("DELETE FROM invitation WHERE brand_id = $1 AND id = $2").bind(brand).bind(id).must(conn).await
}
