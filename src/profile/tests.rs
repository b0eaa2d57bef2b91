use super::*;
use crate::catalog::{Catalog, Layer, Risk, load};

fn catalog() -> Catalog {
    let service = "service: shop\nbase_url: https://shop.test\ncontext: {branch: {}}\n";
    let group = "operations:\n  members.get: {request: 'GET /m'}\n  members.kill: {request: 'DELETE /m'}\n";
    let files = vec![("shop/service.yaml".into(), service.into()), ("shop/members.yaml".into(), group.into())];
    load(&[Layer::new("test", files)]).unwrap_or_else(|found| panic!("{found:?}")).catalog
}

fn read(text: &str) -> Result<Profiles, String> {
    let found = read_profiles("p.yaml", text, &catalog());
    found.map_err(|found| found.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n") + "\n")
}

fn policy(text: &str) -> Policy {
    let profiles = read(&format!("profiles: {{a: {{policy: {text}}}}}")).unwrap_or_else(|found| panic!("{found}"));
    profiles.all[0].policy.clone()
}

fn allows(policy: &Policy, operation: &str, risk: Risk) -> bool {
    policy.judge(&Subject { operation, group: "members", service: "shop", risk }).is_ok()
}

#[test]
fn without_a_policy_everything_is_allowed() {
    assert!(allows(&Policy::default(), "members.kill", Risk::Destroy));
}

#[test]
fn all_that_a_rule_says_must_fit_and_a_denial_wins() {
    let some = policy("{allow: [{groups: members, risks: [read]}], deny: ['*.kill']}");
    assert!(allows(&some, "members.get", Risk::Read));
    assert!(!allows(&some, "members.get", Risk::Write));
    assert!(!allows(&some, "members.kill", Risk::Read));
    assert!(allows(&policy("{deny: [{risks: destroy}]}"), "members.get", Risk::Read));
    assert!(!allows(&policy("{allow: []}"), "members.get", Risk::Read));
}

#[test]
fn a_rule_that_fits_nothing_is_a_mistake() {
    for (text, message) in [
        ("{deny: [members.kil]}", "no operation is called `members.kil`"),
        ("{allow: [{groups: member}]}", "no group is called `member`"),
        ("{allow: [{risks: reed}]}", "`reed` is no risk"),
        ("{allow: [{why: x}]}", "the rule says nothing"),
        ("{deny: }", "`deny` must be a list"),
    ] {
        let found = read(&format!("profiles: {{a: {{policy: {text}}}}}")).expect_err(text);
        assert!(found.contains(message), "{text}: {found}");
    }
}

#[test]
fn accounts_go_by_id_name_and_other_names() {
    let text = "profiles: {a: {services: {shop: {location: north, locations: {North Side: {id: b1, also: north}, South: {id: b2}}}}}}";
    let profiles = read(text).unwrap_or_else(|found| panic!("{found}"));
    let access = profiles.all[0].service("shop").expect("the service");
    assert_eq!(access.usual().map(|account| account.id.as_str()), Some("b1"));
    for said in ["b1", "north side", " North  Side ", "NORTH"] {
        assert_eq!(access.account_named(said).map(|account| account.id.as_str()), Some("b1"), "{said}");
    }
    assert!(access.account_named("B1").is_none(), "an id is exact");
    let found = read(&text.replace("South", "north")).expect_err("twins");
    assert!(found.contains("goes by a name or an id of `North Side`"), "{found}");
}

#[test]
fn a_token_is_kept_in_one_place_and_never_in_the_file() {
    let token = |token: &str| read(&format!("profiles: {{a: {{services: {{shop: {{token: {token}}}}}}}}}"));
    assert!(token("{env: X}").is_ok() && token("[{env: X}, {file: y, kind: agency}]").is_ok());
    for (text, message) in [
        ("tok-1", "`token` says where the token is kept"),
        ("{env: tok-1}", "`env` must be the name of a variable"),
        ("{env: X, file: y}", "more than one place"),
        ("{kind: agency}", "has no `env`"),
        ("{env: X, kind: none}", "cannot be `none`"),
    ] {
        let found = token(text).expect_err(text);
        assert!(found.contains(message), "{text}: {found}");
    }
}

#[test]
fn addresses_are_checked() {
    let host = |host: &str| read(&format!("profiles: {{a: {{services: {{shop: {{host: '{host}'}}}}}}}}"));
    let known = |host: &str| self::read_host(host);
    assert_eq!(known("https://shop.test/").as_deref(), Some("https://shop.test"));
    for bad in ["shop.test", "https://shop.test/v1", "https://user@shop.test"] {
        assert!(host(bad).is_err(), "{bad}");
    }
    let redirect = |to: &str| {
        read(&format!("profiles: {{a: {{services: {{shop: {{login: {{client_id: c, redirect: '{to}'}}}}}}}}}}"))
    };
    assert!(redirect("http://localhost:8765/back").is_ok());
    for bad in ["https://evil.test/back", "http://evil.test/back", "http://127.0.0.1.evil.test/"] {
        assert!(redirect(bad).is_err(), "{bad}");
    }
}

fn read_host(host: &str) -> Option<String> {
    let text = format!("profiles: {{a: {{services: {{shop: {{host: '{host}'}}}}}}}}");
    read(&text).unwrap_or_else(|found| panic!("{found}")).all[0].services[0].host.clone()
}
