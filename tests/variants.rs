//! Another version of an API: what differs is written once, used when it is asked for, and never otherwise.

mod support;

use std::sync::LazyLock;

use serde_json::{Value, json};
use support::Test;
use tempfile::TempDir;

const SERVICE: &str = "
service: acme
base_url: https://api.acme.test
version_header: Version
version: '1'
resources:
  parcel: {nouns: [parcel, package], id_pattern: '^p[0-9]+$'}
  truck: {nouns: [truck]}
variants:
  v2: {version: '2', keep: [trucks]}
";

const PARCELS: &str = "
operations:
  parcels.ship:
    request: POST /parcels/{{ parcel_id }}/shipments
    params:
      parcel_id: {type: parcel, bare: true}
      ship_date: {type: date, format: mm-dd-yyyy, roles: [on]}
      speed: {enum: {slow: [by sea], fast: [by air]}, required: true}
      note: {type: free-text}
      boxes: {type: [object], fields: {box_name: {required: true}}}
    verb: send
    words: [ship]
    object: parcel
    say: ['{parcel_id} goes out {speed}']
    fixed: {source: web}
    variants:
      v2:
        request: POST /v2/parcels/{{ parcelId }}/ship
        rename: {parcel_id: parcelId, ship_date: shipDate, boxes.box_name: boxes.boxName}
        drop: note
        params: {shipDate: {format: date-only}, speed: {+enum: {drone: [by drone]}}}
        fixed: {source: api}
  parcels.get: {request: 'GET /parcels/{{ parcelId }}', params: {parcelId: parcel}}
  parcels.weigh:
    request: POST /parcels/{{ parcelId }}/weighing
    params: {parcelId: {type: parcel, bare: true}}
    words: [weigh]
    object: parcel
    variants: {v2: none}
  parcels.list: {request: GET /parcels}
  parcels.get-v2:
    request: GET /v2/parcels/{{ parcelId }}
    version: '2'
    params: {parcelId: parcel}
    object: parcel
    keys: [newer]
    variants: {v2: {keys: [], prefer_over: parcels.get}}
";

const TRUCKS: &str = "
operations:
  trucks.list: {request: GET /trucks}
";

/// Layers are laid over the shipped catalog once, for all tests.
static CACHE: LazyLock<TempDir> = LazyLock::new(|| TempDir::new().expect("a temporary folder"));

fn acme() -> Test {
    Test::new()
        .clock()
        .env("XDG_CACHE_HOME", CACHE.path().to_string_lossy())
        .args(["--endpoints", "mine"])
        .file("mine/acme/service.yaml", SERVICE)
        .file("mine/acme/parcels.yaml", PARCELS)
        .file("mine/acme/trucks.yaml", TRUCKS)
}

fn dry(test: Test, phrase: &str) -> String {
    test.args(["--dry-run", phrase]).run().stdout
}

fn route(test: Test, phrase: &str) -> Value {
    let told = test.args(["route", phrase]).run().stdout;
    serde_json::from_str(&told).unwrap_or_else(|error| panic!("{error}: {told}"))
}

#[test]
fn what_differs_is_sent_only_when_it_is_asked_for() {
    let phrase = "ship parcel p17 on December 1 by air with note: handle with care";
    let usual = dry(acme(), phrase);
    assert!(usual.contains("POST https://api.acme.test/parcels/p17/shipments"), "{usual}");
    assert!(usual.contains("Version: 1\n"), "{usual}");
    assert!(usual.contains("\"ship_date\": \"12-01-2026\""), "{usual}");
    assert!(usual.contains("\"source\": \"web\"") && usual.contains("handle with care"), "{usual}");

    let newer = dry(acme().args(["--api-version", "v2"]), "ship parcel p17 on December 1 by drone");
    assert!(newer.contains("POST https://api.acme.test/v2/parcels/p17/ship"), "{newer}");
    assert!(newer.contains("Version: 2\n"), "{newer}");
    assert!(newer.contains("\"shipDate\": \"2026-12-01\""), "{newer}");
    assert!(newer.contains("\"source\": \"api\"") && newer.contains("\"speed\": \"drone\""), "{newer}");
    let newer = dry(acme().args(["--api-version", "v2"]), "ship parcel p17 by air");
    assert!(newer.contains("\"speed\": \"fast\""), "what there was is still there: {newer}");
}

#[test]
fn the_same_words_lead_to_both() {
    for phrase in ["ship parcel p17 on December 1 by air", "p17 goes out by air"] {
        let (usual, newer) = (route(acme(), phrase), route(acme().args(["--api-version", "v2"]), phrase));
        let (usual, newer) = (&usual["steps"][0], &newer["steps"][0]);
        assert_eq!((&usual["operation"], &newer["operation"]), (&json!("parcels.ship"), &json!("parcels.ship")));
        assert_eq!(usual["path"], "/parcels/{parcel_id}/shipments", "{phrase}");
        assert_eq!(newer["path"], "/v2/parcels/{parcelId}/ship", "{phrase}");
        assert_eq!((&usual["params"]["parcel_id"], &newer["params"]["parcelId"]), (&json!("p17"), &json!("p17")));
        assert_eq!(usual["params"]["ship_date"], newer["params"]["shipDate"], "{phrase}");
    }
}

#[test]
fn others_keep_their_request_and_take_the_version_unless_they_are_left_out() {
    let v2 = || acme().env("SAYSO_API_VERSION", "v2");
    assert!(dry(v2(), "list parcels").contains("Version: 2\n"));
    assert!(dry(v2(), "weigh parcel p17").contains("Version: 1\n"), "the variant does not have it");
    assert!(dry(v2(), "list trucks").contains("Version: 1\n"), "its group keeps its version");
    let shown = v2().args(["catalog", "show", "parcels.weigh"]).run().stdout;
    assert!(shown.contains("versions  not in v2: sent as it is\n"), "{shown}");
    let shown = acme().args(["catalog", "show", "parcels.ship"]).run().stdout;
    assert!(shown.contains("versions  otherwise in v2 (--api-version v2)\n"), "{shown}");
    let shown = v2().args(["catalog", "show", "POST /v2/parcels/{parcelId}/ship"]).run().stdout;
    assert!(shown.contains("versions  as in v2\n"), "{shown}");
    assert!(shown.contains("boxes.boxName") && !shown.contains("ship_date") && !shown.contains("note"), "{shown}");
}

#[test]
fn a_twin_that_is_asked_for_by_a_key_word_is_the_usual_one_in_its_version() {
    let read = |test: Test, phrase: &str| route(test, phrase)["steps"][0]["operation"].clone();
    assert_eq!(read(acme(), "show parcel p17"), "parcels.get");
    assert_eq!(read(acme(), "show the newer parcel p17"), "parcels.get-v2");
    assert_eq!(read(acme().args(["--api-version", "v2"]), "show parcel p17"), "parcels.get-v2");
}

#[test]
fn phrases_of_an_operation_that_a_version_lacks_may_lead_to_the_one_in_its_place() {
    let cases = "parcels.get: [{say: [show parcel p17], params: {parcelId: p17}}]\n\
                 parcels.weigh: [{say: [weigh parcel p17], params: {parcelId: p17}}]\n";
    let check = |parcels: String, status: i32| {
        let test = acme().file("mine/acme/parcels.yaml", &parcels).file("mine/acme/parcels.test.yaml", cases);
        let ran = test.args(["--api-version", "v2", "catalog", "check"]).status(status).run();
        ran.stdout + &ran.stderr
    };
    let get = "parcels.get: {request: 'GET /parcels/{{ parcelId }}', params: {parcelId: parcel}";
    let lacking = PARCELS.replace(get, &format!("{get}, variants: {{v2: none}}"));
    let told = check(lacking.clone(), 0);
    assert!(told.contains("no mistakes"), "{told}");
    let told =
        check(lacking.replace("prefer_over: parcels.get", "version: '2'").replace("keys: []", "keys: [newer]"), 0);
    assert!(told.contains("no mistakes"), "what the version lacks is sent as it is: {told}");
    let told = check(PARCELS.to_owned(), 6);
    assert!(told.contains("a phrase of `parcels.get` leads elsewhere"), "{told}");
    assert!(told.contains("this reads to parcels.get-v2") && told.contains("1 mistakes"), "{told}");
}

#[test]
fn the_shipped_phrases_lead_where_they_should_in_version_3_too() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/endpoints");
    let ran = Test::new().args(["--api-version", "v3", "catalog", "check", folder]).run();
    assert!(ran.stdout.ends_with("phrases, 0 warnings, no mistakes\n"), "{}{}", ran.stderr, ran.stdout);
}

#[test]
fn each_line_of_the_pipe_may_ask_for_a_version() {
    let lines = [
        json!({"id": 1, "say": "ship parcel p17 by air", "dry_run": true}),
        json!({"id": 2, "say": "ship parcel p17 by air", "dry_run": true, "api_version": "v2"}),
        json!({"id": 3, "operation": "parcels.ship", "params": {"parcelId": "p17", "speed": "fast"}, "dry_run": true,
               "api_version": "v2"}),
        json!({"id": 4, "operation": "parcels.ship", "params": {"parcelId": "p17", "speed": "fast"}, "dry_run": true}),
        json!({"id": 5, "operation": "POST /v2/parcels/{parcelId}/ship", "params": {"parcelId": "p17", "note": "x",
               "speed": "fast"}, "dry_run": true, "api_version": "v2"}),
        json!({"id": 6, "say": "list trucks", "api_version": "v9"}),
        json!({"id": 7, "session": "a", "say": "ship parcel p17", "dry_run": true, "api_version": "v2"}),
        json!({"id": 8, "session": "a", "answer": "fast", "dry_run": true}),
    ];
    let input = lines.iter().fold(String::new(), |all, line| all + &line.to_string() + "\n");
    let out = acme().arg("pipe").stdin(input).run().stdout;
    let answers: Vec<Value> = out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let answer = |id: u64| answers.iter().find(|a| a["id"] == id).unwrap_or_else(|| panic!("{id} in {out}"));
    let url = |id: u64| answer(id)["request"]["url"].as_str().unwrap_or_default().to_owned();
    assert_eq!(url(1), "https://api.acme.test/parcels/p17/shipments");
    assert_eq!(url(2), "https://api.acme.test/v2/parcels/p17/ship");
    assert_eq!(url(3), "https://api.acme.test/v2/parcels/p17/ship");
    let told = answer(4)["error"]["message"].as_str().unwrap_or_default();
    assert!(told.contains("parcelId"), "{told}");
    let told = answer(5)["error"]["message"].as_str().unwrap_or_default();
    assert!(told.contains("note"), "{told}");
    assert_eq!(answer(6)["error"]["message"], "no service has a version `v9` to ask for");
    assert_eq!(answer(6)["error"]["hint"], "there is v3, v2");
    assert_eq!(answer(7)["status"], "needs_value");
    assert_eq!(url(8), "https://api.acme.test/v2/parcels/p17/ship", "a question is answered in its version");
}

#[test]
fn a_layer_may_change_a_variant() {
    let mine = "operations: {parcels.ship: {variants: {v2: {params: {speed: {required: false}}, version: '2.1'}}}}";
    let test = acme().args(["--endpoints", "later", "--api-version", "v2"]).file("later/acme/parcels.yaml", mine);
    let told = dry(test, "ship parcel p17");
    assert!(
        told.contains("POST https://api.acme.test/v2/parcels/p17/ship") && told.contains("Version: 2.1\n"),
        "{told}"
    );
}

#[test]
fn a_version_that_nobody_has_is_a_mistake_of_the_command_line() {
    let ran = acme().args(["--api-version", "v9", "list trucks"]).status(2).run();
    assert_eq!(ran.stderr, "✗ no service has a version `v9` to ask for; there is v3, v2\n");
}
