//! A service that passes another's requests on: its address, its credential and its headers, without a word of the other
//! said twice.

mod support;

use serde_json::{Value, json};
use support::Test;
use support::server::Server;

const LOCATION: &str = "ve9EPM428h8vShlRW1KT";
const CONTACT: &str = "ocQHyuzHvysMo5N5VsXc";
const CONNECTION: &str = "21fd90f9-5935-43cd-b6c8-bde9d915ca80";
const KEY: &str = "maton-key-000000";
const TOKEN: &str = "pit-00000000";

/// A run that has Maton's key.
fn with_key() -> Test {
    Test::new().clock().env("MATON_API_KEY", KEY).env("HIGHLEVEL_LOCATION_ID", LOCATION)
}

/// The same, with the other service's own token too.
fn with_both() -> Test {
    with_key().env("HIGHLEVEL_TOKEN", TOKEN)
}

fn dry_run(test: Test, line: &Value) -> Value {
    test.args(["--dry-run", "pipe"]).stdin(line.to_string()).run().json()["request"].clone()
}

/// The value of a header of a request as answers show it.
fn header<'r>(request: &'r Value, name: &str) -> Option<&'r str> {
    let pairs = request["headers"].as_array().expect("headers");
    assert!(pairs.iter().any(|pair| pair[0] == "Accept"), "{request}");
    pairs.iter().find(|pair| pair[0] == name).and_then(|pair| pair[1].as_str())
}

#[test]
fn requests_of_the_other_go_through_it_when_it_is_named() {
    let through = || with_both().env("MATON_CONNECTION", CONNECTION).args(["--service", "maton"]);
    for line in [
        json!({"say": format!("add tag vip to contact {CONTACT}")}),
        json!({"operation": "contacts.add-tags", "params": {"contactId": CONTACT, "tags": ["vip"]}}),
        json!({"operation": "POST /contacts/{contactId}/tags", "params": {"contactId": CONTACT, "tags": ["vip"]}}),
    ] {
        let request = dry_run(through(), &line);
        assert_eq!(request["url"], format!("https://api.maton.ai/highlevel-pit/contacts/{CONTACT}/tags"), "{line}");
        assert_eq!(header(&request, "Maton-Connection"), Some(CONNECTION));
        assert_eq!(header(&request, "Version"), Some("2021-07-28"));
        assert_eq!(request["body"], json!({"tags": ["vip"]}));
        let curl = request["curl"].as_str().expect("a curl line");
        assert!(curl.contains("Bearer $MATON_API_KEY") && !curl.contains(KEY), "{curl}");
    }
    let listed = dry_run(through(), &json!({"say": "list contacts"}));
    assert_eq!(listed["body"]["locationId"], LOCATION, "{listed}");
}

#[test]
fn without_a_connection_the_header_is_left_out() {
    let request = dry_run(with_both().args(["--service", "maton"]), &json!({"say": "list contacts"}));
    assert_eq!(header(&request, "Maton-Connection"), None);
    assert_eq!(request["url"], "https://api.maton.ai/highlevel-pit/contacts/search");
}

#[test]
fn unnamed_the_other_itself_is_meant_unless_only_this_one_has_a_credential() {
    let list = json!({"say": "list contacts"});
    assert_eq!(dry_run(with_both(), &list)["url"], "https://services.leadconnectorhq.com/contacts/search");
    assert_eq!(dry_run(with_key(), &list)["url"], "https://api.maton.ai/highlevel-pit/contacts/search");
    let direct = dry_run(with_both().args(["--service", "highlevel"]), &list);
    assert_eq!(direct["url"], "https://services.leadconnectorhq.com/contacts/search");
    let without = Test::new().clock().env("HIGHLEVEL_LOCATION_ID", LOCATION);
    assert_eq!(dry_run(without, &list)["url"], "https://services.leadconnectorhq.com/contacts/search");
}

#[test]
fn its_own_operations_need_not_be_named() {
    let request = dry_run(with_both(), &json!({"say": "list my active highlevel connections"}));
    assert_eq!(request["url"], "https://api.maton.ai/connections?app=highlevel-pit&status=ACTIVE", "{request}");
    let request = dry_run(with_both(), &json!({"say": format!("show connection {CONNECTION}")}));
    assert_eq!(request["url"], format!("https://api.maton.ai/connections/{CONNECTION}"), "{request}");
    assert_eq!(header(&request, "Maton-Connection"), None);
    let request = dry_run(with_both(), &json!({"say": "connect highlevel"}));
    assert_eq!(request["body"], json!({"app": "highlevel-pit"}), "{request}");
    let kept = with_both().args(["--service", "highlevel", "route", "list my connections"]).run().json();
    assert_ne!(kept["steps"][0]["operation"], "connections.list", "{kept}");
}

/// What arrives at an address that takes the place of Maton's: both kinds of requests, told apart by their paths, each
/// with Maton's key.
#[test]
fn what_arrives_carries_its_credential_and_its_headers() {
    let server = Server::new(|line| match line {
        "GET /connections?app=highlevel-pit" => {
            json!({"connections": [{"connection_id": CONNECTION, "app": "highlevel-pit"}]})
        }
        line if line.starts_with("GET /highlevel-pit/locations/") => {
            json!({"location": {"id": LOCATION, "name": "Acme"}})
        }
        _ => json!({"tags": ["vip"], "contacts": []}),
    });
    let lines = [
        json!({"id": 1, "session": "a", "say": format!("add tag vip to contact {CONTACT}")}),
        json!({"id": 2, "session": "a", "say": "list my highlevel connections and list contacts"}),
    ];
    let input: String = lines.iter().map(|line| line.to_string() + "\n").collect();
    let through = with_both().env("MATON_CONNECTION", CONNECTION);
    let through = through.args(["--service", "maton", "--base-url", &server.address, "--yes", "pipe"]);
    let answers = through.stdin(input).run().json_lines();
    assert!(answers.iter().all(|answer| answer["status"] == "done"), "{answers:?}");
    let arrived = server.take();
    let find = |line: String| {
        let found = arrived.iter().find(|request| request.line.starts_with(&line));
        found.unwrap_or_else(|| panic!("no {line} in {arrived:?}"))
    };
    let tagged = find(format!("POST /highlevel-pit/contacts/{CONTACT}/tags"));
    assert_eq!(tagged.body, json!({"tags": ["vip"]}));
    assert_eq!(tagged.header("version"), Some("2021-07-28"));
    assert_eq!(tagged.header("maton-connection"), Some(CONNECTION));
    let searched = find("POST /highlevel-pit/contacts/search".to_owned());
    assert_eq!(searched.body["locationId"], LOCATION);
    assert_eq!(searched.header("maton-connection"), Some(CONNECTION));
    assert_eq!(find("GET /connections".to_owned()).header("maton-connection"), None);
    for request in &arrived {
        assert_eq!(request.header("authorization"), Some(format!("Bearer {KEY}").as_str()), "{request:?}");
    }
}

#[test]
fn no_credential_goes_to_the_others_host() {
    let only_token = || Test::new().clock().env("HIGHLEVEL_TOKEN", TOKEN).env("HIGHLEVEL_LOCATION_ID", LOCATION);
    let ran = only_token().args(["--service", "maton", "list contacts"]).status(5).run();
    let told = ran.stdout + &ran.stderr;
    assert!(told.contains("HighLevel through Maton") && told.contains("MATON_API_KEY"), "{told}");
    assert!(!told.contains(TOKEN), "{told}");
    let line = json!({"say": "list contacts"});
    let curl = dry_run(with_both(), &line)["curl"].as_str().expect("a curl line").to_owned();
    assert!(curl.contains("$HIGHLEVEL_TOKEN") && !curl.contains("MATON"), "{curl}");
}

#[test]
fn the_sandbox_stands_in_for_both() {
    let ran =
        Test::new().sandbox().args(["--service", "maton", "--fields", "contactName", "--limit", "1", "list contacts"]);
    let ran = ran.run();
    assert!(ran.stdout.starts_with("✓ 1 contact"), "{}", ran.stdout);
    let ran = Test::new().sandbox().arg("list connections").run();
    assert!(ran.stdout.contains("No connections"), "{}", ran.stdout);
}

/// The mechanism, with services of one's own.
#[test]
fn any_service_may_extend_any_other() {
    let shop = "service: shop\ntitle: Shop\nbase_url: http://127.0.0.1:4001/v1\nauth: {bearer: [SHOP_TOKEN]}\n\
                headers: {X-Kind: shop, X-Both: shop}\ncontext: {branchId: {env: [SHOP_BRANCH]}}\n";
    let gnomes = "operations:\n  gnomes.list:\n    request: GET /gnomes\n    params: {branchId: \"{{ branchId }}\"}\n";
    let relay = "service: relay\ntitle: Relay\nbase_url: http://127.0.0.1:4002/api\nauth: {header: X-Key, env: [RELAY_KEY]}\n\
                 headers: {X-Both: relay}\nextends:\n  service: shop\n  context: {lane: {env: [RELAY_LANE]}}\n  headers: {X-Lane: \"{{ lane }}-{{ branchId }}\"}\n";
    let test = || {
        let test = Test::new().clock().args(["--endpoints", "mine"]);
        let test = test.file("mine/shop/service.yaml", shop).file("mine/shop/gnomes.yaml", gnomes);
        test.file("mine/relay/service.yaml", relay)
            .env("RELAY_KEY", "k-0000")
            .env("SHOP_BRANCH", "b7")
            .env("RELAY_LANE", "left")
    };
    let request = dry_run(test().args(["--service", "relay"]), &json!({"say": "list gnomes"}));
    assert_eq!(request["url"], "http://127.0.0.1:4002/api/gnomes?branchId=b7", "{request}");
    for (name, value) in [("X-Kind", "shop"), ("X-Both", "relay"), ("X-Lane", "left-b7")] {
        assert_eq!(header(&request, name), Some(value));
    }
    assert!(request["curl"].as_str().expect("a curl line").contains("X-Key: $RELAY_KEY"), "{request}");
    let request = dry_run(test().env("SHOP_TOKEN", "t-0000"), &json!({"say": "list gnomes"}));
    assert_eq!(request["url"], "http://127.0.0.1:4001/v1/gnomes?branchId=b7", "{request}");
    assert_eq!(header(&request, "X-Lane"), None);
}

#[test]
fn what_goes_through_it_needs_leave_of_both_services() {
    let policy = |rules: &str| format!("default: bot\nprofiles: {{bot: {{policy: {{{rules}}}}}}}\n");
    let kind = |rules: &str, service: &str, args: &[&str]| {
        let test = Test::new().sandbox().file("config/sayso/profiles.yaml", &policy(rules));
        let line = json!({"say": "show contact Jane Doe"}).to_string();
        let test = test.args(["--service", service]).args(args.iter().copied());
        let answer = test.arg("pipe").stdin(line).run().json();
        (answer["status"].as_str().unwrap_or_default().to_owned(), answer["error"]["kind"].clone())
    };
    let refused = |(status, kind): (String, Value)| status != "done" && kind == "policy";
    assert_eq!(kind("deny: [{operations: contacts.delete}]", "maton", &[]).0, "done");
    for rules in [
        "deny: [{services: highlevel, operations: contacts.search}]",
        "deny: [{services: highlevel}]",
        "deny: [{services: maton}]",
        "allow: [{services: maton}]",
        "allow: [{services: highlevel}]",
    ] {
        assert!(refused(kind(rules, "maton", &[])), "{rules}");
    }
    assert_eq!(kind("allow: [{services: maton}, {services: highlevel}]", "maton", &[]).0, "done");
    assert!(refused(kind("deny: [{services: maton}]", "maton", &["--dry-run"])));
    assert_eq!(kind("deny: [{services: maton}]", "highlevel", &[]).0, "done");
}

/// A folder that somebody else wrote cannot send a token where the user's own catalog does not; which account to work in is
/// told to whoever may be told by the user's own catalog.
#[test]
fn a_strange_folder_turns_no_credential_over_and_hides_no_account() {
    let server = Server::new(|_| json!({"contacts": []}));
    let relay = format!(
        "service: relay\nbase_url: {}\nauth: {{bearer: [HIGHLEVEL_TOKEN]}}\nextends: highlevel\n",
        server.address
    );
    let strange = |file: &str, text: &str, service: &str| {
        let test = with_both().file(&format!("strange/{file}"), text).args(["--endpoints", "strange"]);
        let line = json!({"operation": "contacts.get", "params": {"contactId": CONTACT}}).to_string();
        test.args(["--service", service, "pipe"]).stdin(line).run().json()
    };
    let maton = "service: maton\nbase_url: https://api.maton.ai\nauth: {bearer: [HIGHLEVEL_TOKEN]}\n";
    for answer in [strange("relay/service.yaml", &relay, "relay"), strange("maton/service.yaml", maton, "maton")] {
        assert_eq!(answer["error"]["kind"], "credentials", "{answer}");
        assert!(!answer.to_string().contains(TOKEN), "{answer}");
    }
    assert!(server.lines().is_empty());
    let kept = || with_both().file("strange/highlevel/more.yaml", "operations: {}\n").args(["--endpoints", "strange"]);
    let list = json!({"say": "list contacts"});
    let request = dry_run(kept().args(["--service", "maton"]), &list);
    assert_eq!(request["body"]["locationId"], LOCATION, "{request}");
    let away = "service: relay\nbase_url: https://relay.invalid\nauth: {bearer: [RELAY_KEY]}\nextends: highlevel\n";
    let away = kept().file("strange/relay/service.yaml", away).env("RELAY_KEY", "k").args([
        "--service",
        "relay",
        "--dry-run",
        "pipe",
    ]);
    let told = away.stdin(list.to_string()).run().json();
    assert!(!told.to_string().contains(LOCATION), "{told}");
}
