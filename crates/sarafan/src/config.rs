//! The settings of an installation: one struct, filled from defaults, then `sarafan.toml`, then the environment, then
//! flags. `docs/configuration.md` is made from the same words.
//!
//! What is absent on purpose: what people set in the browser. That is in the database.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use figment::providers::{Env, Format, Serialized, Toml};
use figment::{Figment, Profile, Provider};
use sarafan_app::identities;
use sarafan_network::mail::MailConfig;
use sarafan_network::messenger::Messenger;
use sarafan_store::secrets::Secret;
use serde::{Deserialize, Deserializer, Serialize};

/// One setting as documents show it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Setting {
    /// Its name in `sarafan.toml`.
    pub(crate) key: &'static str,
    /// What it is for.
    pub(crate) words: &'static str,
    /// What holds where nobody says anything, as it would be written.
    pub(crate) default: &'static str,
    /// A value that makes sense.
    pub(crate) example: &'static str,
}

/// Writes the struct and the table of its documents from the same lines.
macro_rules! settings {
    ($($(#[doc = $words:literal])+ $(#[serde($serde:meta)])? $key:ident: $type:ty = $default:literal, $example:literal;)*) => {
        /// All settings; what is `None` is worked out from the others.
        #[derive(Debug, Clone, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub(crate) struct Config {
            $($(#[doc = $words])+ $(#[serde($serde)])? pub(crate) $key: $type,)*
        }

        /// The table of the documents, and the names the environment is read for.
        pub(crate) const SETTINGS: &[Setting] = &[
            $(Setting { key: stringify!($key), words: concat!($($words),+), default: $default, example: $example },)*
        ];
    };
}

settings! {
    /// The folder with the database, the files of the library and the keys.
    data: PathBuf = "./sarafan-data", "/var/lib/sarafan";
    /// Address and port on which pages and API are served; port 0 takes a free one.
    listen: String = "127.0.0.1:8080", "0.0.0.0:8080";
    /// A second address, for machines that watch: `/metrics` in the format of Prometheus, and `/health`. It has no sign-in:
    /// choose one that only they reach. Left empty, nothing is measured and nobody listens.
    metrics_listen: Option<String> = "", "127.0.0.1:9464";
    /// Address under which people reach this installation: links, cookies and the sign-in of networks need it.
    /// Left empty, it is `http://` and the listening address.
    public_url: Option<String> = "", "https://sarafan.example.org";
    /// The database: `sqlite:///folder/file.db` or `postgres://user:password@host/name`. Left empty, it is
    /// `sarafan.db` in the data folder.
    database: Option<String> = "", "postgres://sarafan@db.example.org/sarafan";
    /// Where files are kept: `file:///folder` or `s3://bucket?endpoint=https://…&region=…`. Left empty, it is the
    /// folder `media` in the data folder.
    storage: Option<String> = "", "s3://sarafan?endpoint=https://s3.example.org&region=eu-1";
    /// Key id of S3 storage.
    storage_key_id: Option<String> = "", "AKIA…";
    /// Secret key of S3 storage; best given by the environment.
    storage_secret_key: Option<String> = "", "…";
    /// The keys that seal the credentials of channels, 64 hexadecimal digits each, the newest first; best given by
    /// the environment. Left empty, they are in the file `keys` of the data folder, which is made at the first start.
    keys: Option<String> = "", "3f9a…";
    /// The mail server that takes letters: `smtp://user@host:587` with STARTTLS or `smtps://user@host` with TLS from the
    /// first byte. `?tls=none` goes without TLS, for a server on the same machine; `?ca=FILE` trusts the certificates in
    /// that file too. Left empty, nothing is mailed.
    mail: Option<String> = "", "smtp://sarafan@mail.example.org";
    /// The password of its user; best given by the environment.
    mail_password: Option<String> = "", "…";
    /// Who letters are from. Left empty, it is `sarafan@` and the host of the public address.
    mail_from: Option<String> = "", "Sarafan <sarafan@example.org>";
    /// The token of a Telegram bot of your own, by which people hear of what concerns them; @BotFather gives one. It must
    /// be no bot of a channel. Best given by the environment; left empty, nobody hears by messenger.
    messenger_token: Option<String> = "", "123456789:AA…";
    /// The server of that bot. Left empty, it is the official one.
    messenger_server: Option<String> = "", "http://bot-api.local:8081";
    /// Largest file or plan that can be uploaded, in megabytes.
    max_upload_mb: u64 = "200", "500";
    /// Private addresses that may be spoken to: host, host:port, address, address:port or a block such as
    /// 10.0.0.0/8, separated by commas or as a list. All other private addresses are refused.
    #[serde(deserialize_with = "list")]
    allow_private: Vec<String> = "[]", "127.0.0.1, social.local:3000";
    /// The OpenID Connect provider through which people may come in, as it calls itself. It must know
    /// `/api/v1/session/oidc/callback` below the public address, and verify addresses of mail.
    oidc_issuer: Option<String> = "", "https://id.example.org/realms/smm";
    /// What the provider calls this installation.
    oidc_client: Option<String> = "", "sarafan";
    /// What this installation proves itself with to the provider; best given by the environment.
    oidc_secret: Option<String> = "", "…";
    /// What people call the provider. Left empty, it is its host.
    oidc_name: Option<String> = "", "Example ID";
    /// A proxy of yours stands in front: the caller's address is then the last entry of `X-Forwarded-For`.
    behind_proxy: bool = "false", "true";
    /// Requests a minute that one token of a program may make; 0 for no limit. All of them may come at once.
    rate_token: u32 = "6000", "600";
    /// Requests a minute that one session, a person in a browser, may make; 0 for no limit.
    rate_session: u32 = "0", "6000";
    /// Requests a minute that one address may make without signing in; 0 for no limit.
    rate_address: u32 = "600", "120";
    /// What is logged: `error`, `warn`, `info`, `debug`, or by module: `info,sarafan_web=debug`.
    log: String = "info", "info,sarafan_web=debug";
    /// How it is logged: `text`, `json`, or `auto` for text on a terminal and in a service's log alike.
    log_format: LogFormat = "auto", "json";
    /// Language of the command line: `en`, `ru` or `pl`. Left empty, it is that of the machine.
    lang: Option<String> = "", "ru";
}

/// How the log is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum LogFormat {
    /// Text, with colours on a terminal.
    Auto,
    /// Text without colours.
    Text,
    /// One JSON object per line.
    Json,
}

/// What flags say; what is `None` was not said.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct Flags {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) data: Option<PathBuf>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) listen: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) metrics_listen: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) database: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) lang: Option<String>,
}

/// A setting that cannot be understood: which, where it stands, and what would be good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct BadSetting {
    pub(crate) key: String,
    pub(crate) place: String,
    pub(crate) reason: String,
    pub(crate) example: String,
}

/// A list, or one text with commas, as the environment has it.
fn list<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Given {
        Many(Vec<String>),
        One(String),
    }
    Ok(match Given::deserialize(deserializer)? {
        Given::Many(all) => all,
        Given::One(text) => text.split(',').map(|one| one.trim().to_owned()).filter(|one| !one.is_empty()).collect(),
    })
}

/// Reads the settings. `file` is the one that was asked for, else `sarafan.toml` where one stands.
///
/// # Errors
/// The first setting that is unknown or cannot be understood, or a file that is missing although it was asked for.
pub(crate) fn load(file: Option<&Path>, flags: &Flags) -> Result<Config, BadSetting> {
    if let Some(file) = file
        && !file.is_file()
    {
        return Err(BadSetting {
            key: "config".to_owned(),
            place: file.display().to_string(),
            reason: "no such file".to_owned(),
            example: "--config sarafan.toml".to_owned(),
        });
    }
    read(&figment(file.unwrap_or(Path::new("sarafan.toml")), Env::raw(), flags))
}

fn figment(file: &Path, env: Env, flags: &Flags) -> Figment {
    let defaults: String = SETTINGS
        .iter()
        .filter(|setting| !setting.default.is_empty())
        .map(|setting| match setting.default {
            value @ ("[]" | "true" | "false") => format!("{} = {value}\n", setting.key),
            value if value.parse::<u64>().is_ok() => format!("{} = {value}\n", setting.key),
            value => format!("{} = \"{value}\"\n", setting.key),
        })
        .collect();
    // Only names we know: other programs of ours have variables that begin the same way.
    let named = env.filter_map(|name| {
        let name = name.as_str().to_ascii_lowercase();
        let key = name.strip_prefix("sarafan_")?;
        SETTINGS.iter().any(|setting| setting.key == key).then(|| key.to_owned().into())
    });
    let defaults = Figment::from(Toml::string(&defaults));
    let said = if file.exists() { defaults.merge(Toml::file_exact(file)) } else { defaults };
    said.merge(Texts(named)).merge(Serialized::from(flags, Profile::Default).profile(Profile::Default))
}

/// The environment with every value as text: a password of digits is no number.
struct Texts(Env);

impl Provider for Texts {
    fn metadata(&self) -> figment::Metadata {
        figment::Metadata::named("environment")
            .interpolater(|_, keys| format!("SARAFAN_{}", keys.join("_").to_uppercase()))
    }

    fn data(&self) -> figment::error::Result<figment::value::Map<Profile, figment::value::Dict>> {
        use figment::value::{Dict, Map, Value};
        let mut all = Dict::new();
        for (key, text) in self.0.iter() {
            let key = key.into_string();
            let value = match key.as_str() {
                "max_upload_mb" | "rate_token" | "rate_session" | "rate_address" => {
                    text.parse::<u64>().map_or_else(|_| Value::from(text.as_str()), Value::from)
                }
                "behind_proxy" => text.parse::<bool>().map_or_else(|_| Value::from(text.as_str()), Value::from),
                _ => Value::from(text),
            };
            all.insert(key, value);
        }
        Ok(Map::from([(Profile::Default, all)]))
    }
}

fn read(figment: &Figment) -> Result<Config, BadSetting> {
    let mut config: Config = figment.extract().map_err(|error| bad(&error))?;
    // Addresses of databases and folders want it whole.
    config.data = std::path::absolute(&config.data).unwrap_or(config.data);
    Ok(config)
}

fn bad(error: &figment::Error) -> BadSetting {
    use figment::error::Kind;
    let key = match &error.kind {
        Kind::UnknownField(name, _) => name.clone(),
        _ => error.path.join("."),
    };
    let place = match error.metadata.as_ref() {
        Some(found) => match (&found.source, found.name.as_ref()) {
            (Some(source), _) => source.to_string(),
            (None, "environment") => format!("SARAFAN_{}", key.to_uppercase()),
            (None, name) => name.to_owned(),
        },
        None => "sarafan.toml".to_owned(),
    };
    let example = match SETTINGS.iter().find(|setting| setting.key == key) {
        Some(setting) => format!("{key} = {}", setting.example),
        None => SETTINGS.iter().map(|setting| setting.key).collect::<Vec<_>>().join(", "),
    };
    BadSetting { reason: error.kind.to_string().trim().to_owned(), key, place, example }
}

impl Config {
    /// The database, worked out where it was not given.
    pub(crate) fn database_url(&self) -> String {
        // A folder may have signs in its name that mean something in an address.
        let path = self.data.join("sarafan.db").display().to_string().replace('%', "%25").replace('?', "%3f");
        let own = || format!("sqlite://{path}");
        self.database.clone().filter(|url| !url.is_empty()).unwrap_or_else(own)
    }

    /// The storage of files, worked out where it was not given.
    pub(crate) fn storage_url(&self) -> String {
        let own = || format!("file://{}", self.data.join("media").display());
        self.storage.clone().filter(|url| !url.is_empty()).unwrap_or_else(own)
    }

    /// The provider through which people may come in, where it is named whole.
    pub(crate) fn provider(&self) -> Option<identities::Provider> {
        let given =
            |text: &Option<String>| text.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
        let issuer = given(&self.oidc_issuer)?;
        let host = issuer.split("://").last().and_then(|rest| rest.split('/').next()).map(str::to_owned);
        Some(identities::Provider {
            client: given(&self.oidc_client)?,
            secret: Secret::new(given(&self.oidc_secret).unwrap_or_default()),
            name: given(&self.oidc_name).or(host).unwrap_or_else(|| issuer.clone()),
            issuer,
        })
    }

    /// The mail server, where there is one; `public_url` is where we are.
    pub(crate) fn mail(&self, public_url: &str) -> Option<MailConfig> {
        let given = |text: &Option<String>| text.clone().filter(|text| !text.trim().is_empty());
        let host = || {
            let rest = public_url.split_once("://").map_or(public_url, |(_, rest)| rest);
            let host = rest.split(['/', ':']).next().unwrap_or_default();
            format!("Sarafan <sarafan@{host}>")
        };
        Some(MailConfig {
            server: given(&self.mail)?,
            password: given(&self.mail_password).map(sarafan_network::Secret::new),
            from: given(&self.mail_from).unwrap_or_else(host),
        })
    }

    /// The account through which people hear of things by messenger, where there is one.
    pub(crate) fn messenger(&self) -> Option<Arc<dyn Messenger>> {
        let token = self.messenger_token.as_deref().map(str::trim).filter(|token| !token.is_empty())?;
        let server = self.messenger_server.as_deref().unwrap_or_default();
        sarafan_connectors::messenger(sarafan_network::Secret::new(token), server)
    }

    /// The public address without a slash at the end; `listening` is where we listen in fact.
    pub(crate) fn public_address(&self, listening: &str) -> String {
        let given = self.public_url.as_deref().map(str::trim).filter(|url| !url.is_empty());
        given.map_or_else(|| format!("http://{listening}"), |url| url.trim_end_matches('/').to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(toml: &str, flags: &Flags) -> Result<Config, BadSetting> {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("sarafan.toml");
        std::fs::write(&file, toml).unwrap();
        read(&figment(&file, Env::raw().only(&["none"]), flags))
    }

    #[test]
    fn defaults_are_those_of_the_table() {
        let config = from("", &Flags::default()).unwrap();
        assert_eq!((config.listen.as_str(), config.max_upload_mb), ("127.0.0.1:8080", 200));
        assert!(config.data.is_absolute());
        assert_eq!(config.database_url(), format!("sqlite://{}/sarafan.db", config.data.display()));
        assert_eq!(config.public_address("127.0.0.1:8080"), "http://127.0.0.1:8080");
        assert!(config.allow_private.is_empty());
    }

    #[test]
    fn flags_win_over_the_file() {
        let flags = Flags { listen: Some("0.0.0.0:1".into()), ..Flags::default() };
        let config = from("listen = \"1.2.3.4:5\"\npublic_url = \"https://s.example/\"", &flags).unwrap();
        assert_eq!(config.listen, "0.0.0.0:1");
        assert_eq!(config.public_address("x"), "https://s.example");
    }

    #[test]
    fn a_provider_is_named_whole_or_not_at_all() {
        let rows = [
            ("", None),
            ("oidc_issuer = \"https://id.example/x\"", None),
            ("oidc_issuer = \"https://id.example/x\"\noidc_client = \"s\"", Some("id.example")),
            ("oidc_issuer = \"https://id.example\"\noidc_client = \"s\"\noidc_name = \"Our ID\"", Some("Our ID")),
        ];
        for (text, expected) in rows {
            let provider = from(text, &Flags::default()).unwrap().provider();
            assert_eq!(provider.as_ref().map(|provider| provider.name.as_str()), expected, "{text}");
        }
    }

    #[test]
    fn letters_are_from_the_public_address_unless_it_is_said() {
        assert!(from("", &Flags::default()).unwrap().mail("https://s.example").is_none());
        let rows = [("", "Sarafan <sarafan@s.example>"), ("mail_from = \"a@b.example\"", "a@b.example")];
        for (more, expected) in rows {
            let config = from(&format!("mail = \"smtp://m.example\"\n{more}"), &Flags::default()).unwrap();
            assert_eq!(config.mail("https://s.example:8443/x").unwrap().from, expected);
        }
    }

    #[test]
    fn lists_are_written_either_way() {
        for text in ["allow_private = [\"a\", \"b:1\"]", "allow_private = \"a, b:1\""] {
            assert_eq!(from(text, &Flags::default()).unwrap().allow_private, ["a", "b:1"], "{text}");
        }
    }

    #[test]
    fn an_error_names_the_key_the_place_and_what_helps() {
        let rows = [
            ("lisen = \"x\"", "lisen", "data, listen"),
            ("max_upload_mb = \"much\"", "max_upload_mb", "max_upload_mb = 500"),
            ("log_format = \"xml\"", "log_format", "log_format = json"),
        ];
        for (toml, key, example) in rows {
            let bad = from(toml, &Flags::default()).unwrap_err();
            assert_eq!(bad.key, key);
            assert!(bad.place.ends_with("sarafan.toml"), "{bad:?}");
            assert!(bad.example.starts_with(example), "{bad:?}");
        }
    }
}
