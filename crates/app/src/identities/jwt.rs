//! The signed word of a provider about a person (an ID token, RFC 7519): whether the provider signed it, for us, for this
//! sign-in, and not long ago. Only signatures with a public key count; `none` and shared secrets are refused.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::signature::{
    ECDSA_P256_SHA256_FIXED, RSA_PKCS1_2048_8192_SHA256, RSA_PSS_2048_8192_SHA256, RsaParameters,
    RsaPublicKeyComponents, UnparsedPublicKey,
};
use sarafan_domain::time::Timestamp;
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// Clocks differ by so many seconds at most.
const SKEW: i64 = 60;
/// A word that is older than this was not said for this sign-in.
const OLDEST: i64 = 15 * 60;

/// The keys of a provider.
#[derive(Debug, Deserialize)]
pub(super) struct Keys {
    keys: Vec<Key>,
}

#[derive(Debug, Deserialize)]
struct Key {
    kty: String,
    kid: Option<String>,
    #[serde(rename = "use")]
    usage: Option<String>,
    n: Option<String>,
    e: Option<String>,
    crv: Option<String>,
    x: Option<String>,
    y: Option<String>,
}

#[derive(Deserialize)]
struct Header {
    alg: String,
    kid: Option<String>,
}

/// What the provider says about the person.
#[derive(Debug, Deserialize)]
pub(super) struct Claims {
    iss: String,
    /// Who, in the provider's own words.
    pub(super) sub: String,
    aud: Audience,
    azp: Option<String>,
    exp: i64,
    iat: i64,
    nonce: Option<String>,
    /// Their address, …
    pub(super) email: Option<String>,
    /// … and whether the provider has seen that it is theirs. Some write it as text.
    #[serde(default)]
    email_verified: Verified,
    /// Their name.
    pub(super) name: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Many(Vec<String>),
}

#[derive(Debug, Default, Deserialize)]
#[serde(untagged)]
enum Verified {
    Flag(bool),
    Text(String),
    #[default]
    Nothing,
}

impl Claims {
    /// The address, where the provider has seen that it is theirs.
    pub(super) fn verified_email(&self) -> Option<&str> {
        let verified = match &self.email_verified {
            Verified::Flag(flag) => *flag,
            Verified::Text(text) => text == "true",
            Verified::Nothing => false,
        };
        self.email.as_deref().filter(|_| verified)
    }
}

/// What has to be said, and when.
#[derive(Debug)]
pub(super) struct Expected<'a> {
    pub(super) issuer: &'a str,
    pub(super) client: &'a str,
    pub(super) nonce: &'a str,
    pub(super) now: Timestamp,
}

/// Reads an ID token.
///
/// # Errors
/// What is wrong with it, for the log.
pub(super) fn read(token: &str, keys: &Keys, expected: &Expected<'_>) -> Result<Claims, &'static str> {
    let (signed, signature) = token.rsplit_once('.').ok_or("it is no token")?;
    let (header, payload) = signed.split_once('.').ok_or("it is no token")?;
    let header: Header = part(header)?;
    let signature = URL_SAFE_NO_PAD.decode(signature).map_err(|_| "its signature cannot be read")?;
    let named = |key: &&Key| header.kid.is_none() || key.kid == header.kid;
    let usable = |key: &&Key| key.usage.as_deref().is_none_or(|usage| usage == "sig");
    let mut fitting = keys.keys.iter().filter(named).filter(usable);
    if !fitting.any(|key| proves(key, &header.alg, signed.as_bytes(), &signature)) {
        return Err("no key of the provider proves it");
    }
    let claims: Claims = part(payload)?;
    let now = expected.now.as_second();
    let for_us = match &claims.aud {
        Audience::One(one) => one == expected.client,
        Audience::Many(all) => {
            let party = claims.azp.as_deref();
            all.iter().any(|one| one == expected.client) && (all.len() == 1 || party == Some(expected.client))
        }
    };
    if claims.iss != expected.issuer {
        Err("it is from another provider")
    } else if !for_us || claims.azp.as_deref().is_some_and(|party| party != expected.client) {
        Err("it is for somebody else")
    } else if claims.exp <= now - SKEW {
        Err("it has expired")
    } else if claims.iat > now + SKEW || claims.iat < now - OLDEST {
        Err("it was not said now")
    } else if claims.nonce.as_deref() != Some(expected.nonce) {
        Err("it was said for another sign-in")
    } else {
        Ok(claims)
    }
}

fn part<T: DeserializeOwned>(text: &str) -> Result<T, &'static str> {
    let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| "it cannot be read")?;
    serde_json::from_slice(&bytes).map_err(|_| "it does not say what it must")
}

fn proves(key: &Key, alg: &str, signed: &[u8], signature: &[u8]) -> bool {
    let number = |text: &Option<String>| text.as_deref().and_then(|text| URL_SAFE_NO_PAD.decode(text).ok());
    let rsa = |rules: &RsaParameters| {
        let (Some(n), Some(e)) = (number(&key.n), number(&key.e)) else { return false };
        RsaPublicKeyComponents { n: &n, e: &e }.verify(rules, signed, signature).is_ok()
    };
    match (key.kty.as_str(), alg) {
        ("RSA", "RS256") => rsa(&RSA_PKCS1_2048_8192_SHA256),
        ("RSA", "PS256") => rsa(&RSA_PSS_2048_8192_SHA256),
        ("EC", "ES256") if key.crv.as_deref() == Some("P-256") => {
            let (Some(x), Some(y)) = (number(&key.x), number(&key.y)) else { return false };
            let point = [&[4][..], &x, &y].concat();
            UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point).verify(signed, signature).is_ok()
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use ring::rand::SystemRandom;
    use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
    use serde_json::{Value, json};

    use super::*;

    /// A provider that says whatever it is told.
    struct Provider(EcdsaKeyPair);

    impl Provider {
        fn new() -> Self {
            let random = SystemRandom::new();
            let bytes = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).unwrap();
            let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, bytes.as_ref(), &random).unwrap();
            Self(pair)
        }

        fn keys(&self) -> Keys {
            let point = self.0.public_key().as_ref();
            let [x, y] = [&point[1..33], &point[33..65]].map(|number| URL_SAFE_NO_PAD.encode(number));
            serde_json::from_value(json!({ "keys": [{ "kty": "EC", "crv": "P-256", "kid": "1", "x": x, "y": y }] }))
                .unwrap()
        }

        fn says(&self, header: &Value, claims: &Value) -> String {
            let [header, claims] = [header, claims].map(|part| URL_SAFE_NO_PAD.encode(part.to_string()));
            let signed = format!("{header}.{claims}");
            let signature = self.0.sign(&SystemRandom::new(), signed.as_bytes()).unwrap();
            format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
        }
    }

    fn claims() -> Value {
        json!({
            "iss": "https://id.example", "sub": "7", "aud": "sarafan", "exp": 1_800_000_300, "iat": 1_800_000_000,
            "nonce": "n", "email": "anna@e.org", "email_verified": true,
        })
    }

    fn expected() -> Expected<'static> {
        let now = Timestamp::from_second(1_800_000_010).unwrap();
        Expected { issuer: "https://id.example", client: "sarafan", nonce: "n", now }
    }

    #[test]
    fn every_claim_is_looked_at() {
        let provider = Provider::new();
        let header = json!({ "alg": "ES256", "kid": "1" });
        let good = read(&provider.says(&header, &claims()), &provider.keys(), &expected()).unwrap();
        assert_eq!((good.sub.as_str(), good.verified_email()), ("7", Some("anna@e.org")));
        let rows = [
            ("iss", json!("https://evil.example"), "it is from another provider"),
            ("aud", json!("other"), "it is for somebody else"),
            ("aud", json!(["other", "sarafan"]), "it is for somebody else"),
            ("azp", json!("other"), "it is for somebody else"),
            ("exp", json!(1_799_999_900), "it has expired"),
            ("iat", json!(1_799_990_000), "it was not said now"),
            ("iat", json!(1_800_000_600), "it was not said now"),
            ("nonce", json!("m"), "it was said for another sign-in"),
            ("nonce", json!(null), "it was said for another sign-in"),
            ("exp", json!("soon"), "it does not say what it must"),
        ];
        for (name, value, why) in rows {
            let mut claims = claims();
            claims[name] = value.clone();
            let refused = read(&provider.says(&header, &claims), &provider.keys(), &expected());
            assert_eq!(refused.unwrap_err(), why, "{name} {value}");
        }
        for verified in [json!(false), json!("false"), json!(null)] {
            let mut claims = claims();
            claims["email_verified"] = verified;
            let read = read(&provider.says(&header, &claims), &provider.keys(), &expected()).unwrap();
            assert_eq!(read.verified_email(), None);
        }
    }

    #[test]
    fn only_the_providers_own_signature_counts() {
        let (provider, other) = (Provider::new(), Provider::new());
        let header = json!({ "alg": "ES256", "kid": "1" });
        let why = |token: &str| read(token, &provider.keys(), &expected()).unwrap_err();
        assert_eq!(why(&other.says(&header, &claims())), "no key of the provider proves it");
        for alg in ["none", "HS256", "RS256"] {
            let token = provider.says(&json!({ "alg": alg, "kid": "1" }), &claims());
            assert_eq!(why(&token), "no key of the provider proves it", "{alg}");
        }
        assert_eq!(
            why(&provider.says(&json!({ "alg": "ES256", "kid": "2" }), &claims())),
            "no key of the provider proves it"
        );
        let good = provider.says(&header, &claims());
        let unsigned = format!("{}.", good.rsplit_once('.').unwrap().0);
        assert_eq!(why(&unsigned), "no key of the provider proves it");
        assert_eq!(why("x"), "it is no token");
    }
}
