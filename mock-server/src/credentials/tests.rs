//! Which credential of a request counts, and which cause is told where none does.

use super::*;
use crate::mock::Chance;
use bulk_delete_core::request::call::Body;
use bulk_delete_core::world::Seed;
use token::Made;

const WORLD: &[u8] = br#"{ "callers": [
    { "id": "ada", "tokens": ["ada-token", "looks.like.one"], "keys": [{ "access": "AK", "secret": "SK" }],
      "login": { "user": "ada@example.com", "password": "a:b" } },
    { "id": "bob", "tokens": ["bob-token"] } ] }"#;
const NOW: Timestamp = Timestamp(1_000_000);

struct Scene {
    world: World,
    tokens: Tokens,
    key: Key,
}

impl Scene {
    fn new() -> Self {
        let world = World::new(Arc::new(Seed::parse("world.json", WORLD).unwrap()));
        let mut tokens = Tokens::default();
        let made = |caller: &str, scopes, expires| Made { caller: caller.to_owned(), scopes, expires };
        tokens.add("made".to_owned(), made("ada", None, Timestamp(1_000_001)));
        tokens.add("narrow".to_owned(), made("bob", Some(vec!["s".to_owned()]), Timestamp(1_000_001)));
        tokens.add("old".to_owned(), made("ada", None, NOW));
        tokens.add("stranger".to_owned(), made("eve", None, Timestamp(1_000_001)));
        Self { world, tokens, key: Key::generate(&Chance::new([1; 32])) }
    }

    fn web_token(&self, caller: &str, expires: i64) -> String {
        let expires = Timestamp(expires);
        let claims = Claims {
            caller: caller.to_owned(),
            scopes: vec!["t".to_owned()],
            expires,
            not_before: None,
            session: None,
        };
        self.key.mint(&claims, Timestamp(0))
    }

    /// The caller's id and scopes (`*` for the caller's own), or the cause.
    fn judge(&self, credentials: &[Credential], headers: &[(&str, &str)]) -> Result<String, Cause> {
        let headers: Vec<_> = headers.iter().map(|(name, value)| (*name, value.as_bytes())).collect();
        let body = Body::Bytes(b"");
        let request = Request { method: "POST", path: "/", query: None, headers: &headers, body };
        let proofs = read(credentials, &request, &self.key, NOW, None, |access| {
            let (caller, secret) = self.world.caller_by_key(access)?;
            let caller = self.world.caller(caller)?.id().to_owned();
            Some(KeyHolder { caller, secret: secret.to_owned() })
        });
        match admit(&proofs, &self.world, &self.tokens, NOW) {
            Authentication::Refused(cause) => Err(cause),
            Authentication::Accepted { caller, scopes } => {
                let id = self.world.caller(caller).unwrap().id().to_owned();
                Ok(match scopes {
                    Scopes::OfCaller => id + " *",
                    Scopes::Listed(scopes) => format!("{id} {}", scopes.join(",")),
                })
            }
        }
    }
}

fn token(header: &str, scheme: Option<&str>) -> Credential {
    Credential::Token { header: header.to_owned(), scheme: scheme.map(str::to_owned) }
}

fn bearer_jwt() -> Credential {
    Credential::Jwt { header: "authorization".to_owned(), scheme: Some("Bearer".to_owned()) }
}

#[test]
fn an_opaque_token() {
    let scene = Scene::new();
    let credentials = [token("authorization", Some("Own")), token("authorization", Some("Bearer"))];
    for (value, result) in [
        ("Own ada-token", Ok("ada *")),
        ("Bearer bob-token", Ok("bob *")),
        ("own made", Ok("ada *")),
        ("Own narrow", Ok("bob s")),
        ("Own old", Err(Cause::Expired)),
        ("Own stranger", Err(Cause::Token)),
        ("Own nobody", Err(Cause::Token)),
        ("Own", Err(Cause::Malformed)),
        ("Bearer", Err(Cause::Malformed)),
        ("Bearer a b", Err(Cause::Malformed)),
        ("Basic ada-token", Err(Cause::Missing)),
        ("ada-token", Err(Cause::Missing)),
        ("", Err(Cause::Missing)),
    ] {
        assert_eq!(
            scene.judge(&credentials, &[("authorization", value)]),
            result.map(str::to_owned),
            "{value}"
        );
    }
    assert_eq!(scene.judge(&credentials, &[]), Err(Cause::Missing));
}

#[test]
fn a_web_token_beside_an_opaque_one() {
    let scene = Scene::new();
    let (good, old, stranger) = (
        scene.web_token("ada", 2_000_000),
        scene.web_token("ada", 1_000_000),
        scene.web_token("eve", 2_000_000),
    );
    let both = [token("authorization", Some("Bearer")), bearer_jwt()];
    let swapped = [bearer_jwt(), token("authorization", Some("Bearer"))];
    let alone = [bearer_jwt()];
    for (text, beside, by_itself) in [
        (good.as_str(), Ok("ada t"), Ok("ada t")),
        (&old, Err(Cause::Expired), Err(Cause::Expired)),
        (&stranger, Err(Cause::Token), Err(Cause::Token)),
        ("looks.like.one", Ok("ada *"), Err(Cause::Token)),
        ("a.b.c", Err(Cause::Token), Err(Cause::Token)),
        ("ada-token", Ok("ada *"), Err(Cause::Token)),
        ("old", Err(Cause::Expired), Err(Cause::Token)),
        ("", Err(Cause::Malformed), Err(Cause::Malformed)),
    ] {
        let value = format!("Bearer {text}");
        let headers = [("authorization", value.as_str())];
        assert_eq!(scene.judge(&both, &headers), beside.map(str::to_owned), "{text}");
        assert_eq!(scene.judge(&swapped, &headers), beside.map(str::to_owned), "{text}");
        assert_eq!(scene.judge(&alone, &headers), by_itself.map(str::to_owned), "{text}");
    }
}

#[test]
fn a_token_or_a_signature() {
    let scene = Scene::new();
    let credentials = [token("x-auth-token", None), Credential::SdkHmacSha256];
    let signed = |access: &str| {
        format!(
            "SDK-HMAC-SHA256 Access={access}, SignedHeaders=host;x-sdk-date, Signature={}",
            "0".repeat(64)
        )
    };
    let (wrong, unknown) = (signed("AK"), signed("nobody"));
    let (now, long_ago) = ("19700101T001640Z", "19700101T000139Z");
    for (token, authorization, date, result) in [
        ("ada-token", "", now, Ok("ada *")),
        ("ada-token", wrong.as_str(), now, Ok("ada *")),
        ("", &wrong, now, Err(Cause::Signature)),
        ("", &wrong, long_ago, Err(Cause::Skew)),
        ("", &wrong, "today", Err(Cause::Malformed)),
        ("", &unknown, now, Err(Cause::UnknownKey)),
        ("", "SDK-HMAC-SHA256", now, Err(Cause::Malformed)),
        ("", "SDK-HMAC-SHA256 Access=AK", now, Err(Cause::Malformed)),
        ("", "Bearer ada-token", now, Err(Cause::Missing)),
        ("", "", now, Err(Cause::Missing)),
        ("nobody", &unknown, now, Err(Cause::Token)),
        ("old", "", now, Err(Cause::Expired)),
    ] {
        let headers =
            [("x-auth-token", token), ("authorization", authorization), ("host", "h"), ("x-sdk-date", date)];
        let judged = scene.judge(&credentials, &headers);
        assert_eq!(judged, result.map(str::to_owned), "{token} {authorization} {date}");
    }
}

#[test]
fn a_name_and_a_password() {
    let scene = Scene::new();
    let credentials =
        [Credential::Basic { header: "authorization".to_owned(), scheme: Some("Basic".to_owned()) }];
    for (value, result) in [
        ("Basic YWRhQGV4YW1wbGUuY29tOmE6Yg==", Ok("ada *")),
        ("Basic YWRhQGV4YW1wbGUuY29tOmE=", Err(Cause::Token)),
        ("Basic", Err(Cause::Malformed)),
        ("Basic !!", Err(Cause::Malformed)),
        ("Bearer ada-token", Err(Cause::Missing)),
    ] {
        assert_eq!(
            scene.judge(&credentials, &[("authorization", value)]),
            result.map(str::to_owned),
            "{value}"
        );
    }
}

#[test]
fn a_log_out_ends_only_an_opaque_token() {
    let scene = Scene::new();
    let both = [token("authorization", Some("Bearer")), bearer_jwt()];
    for (text, ended) in [
        ("ada-token".to_owned(), Some("ada-token")),
        ("made".to_owned(), Some("made")),
        ("nobody".to_owned(), None),
        (scene.web_token("ada", 2_000_000), None),
    ] {
        let value = format!("Bearer {text}");
        let headers = [("authorization", value.as_bytes())];
        let request =
            Request { method: "POST", path: "/", query: None, headers: &headers, body: Body::Bytes(b"") };
        let proofs = read(&both, &request, &scene.key, NOW, None, |_| None);
        assert_eq!(accepted_token(&proofs, &scene.world, &scene.tokens, NOW), ended, "{text}");
    }
}
