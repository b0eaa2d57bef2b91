use std::path::PathBuf;
use std::sync::Arc;

use sayso::catalog::Catalog;
use sayso::sandbox::{Options, start};
use serde_json::{Value, json};

use crate::harness::{Client, JANE, options};

fn fixture(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/sandbox").join(name)
}

#[tokio::test]
async fn a_seed_file_replaces_the_agency() {
    let client = Client::with(Options { seed_file: Some(fixture("bakery.yaml")), ..options() });
    assert_eq!(client.sandbox.location_id, "loc1");
    let contacts = client.ok("GET", "/contacts/?locationId=loc1", Value::Null).await;
    assert_eq!(contacts["meta"]["total"], 2);
    let rosa = contacts["contacts"].as_array().unwrap().iter().find(|c| c["firstName"] == "Rosa").unwrap();
    assert_eq!(rosa["phone"], "+15550001111", "a number written with a plus stays a telephone number");
    assert_eq!(rosa["id"].as_str().unwrap().len(), 20, "a missing id is made");
    let tags = client.ok("GET", "/locations/loc1/tags", Value::Null).await;
    let mut names: Vec<&str> = tags["tags"].as_array().unwrap().iter().filter_map(|t| t["name"].as_str()).collect();
    names.sort_unstable();
    assert_eq!(names, ["bread", "cakes", "regular"], "tags named in the seed and those of contacts");
    let appointments = client.ok("GET", "/contacts/c1/appointments", Value::Null).await;
    assert_eq!(appointments["events"][0]["startTime"], "2026-11-24T08:30:00+01:00", "in the zone of the location");
    assert_eq!(client.get(&format!("/contacts/{JANE}")).await.0, 404);
}

#[tokio::test]
async fn a_seed_need_not_say_what_can_be_known() {
    let client = Client::with(Options { seed_file: Some(fixture("sparse.yaml")), ..options() });
    let location = client.sandbox.location_id.clone();
    assert_eq!(location, "named-only", "an account that records name is opened");
    let context = &client.sandbox.context;
    assert!(context.iter().any(|(name, value)| name == "companyId" && !value.is_empty()), "{context:?}");
    let pipelines = client.ok("GET", "/opportunities/pipelines?locationId=named-only", Value::Null).await;
    let stages = &pipelines["pipelines"][0]["stages"];
    assert_eq!((&stages[1]["name"], &stages[1]["position"]), (&json!("Won over"), &json!(1)));
    assert_eq!(stages[0]["id"].as_str().unwrap().len(), 20);
    let users = client.ok("GET", "/users/?locationId=named-only", Value::Null).await;
    assert_eq!((&users["users"][0]["name"], &users["users"][0]["firstName"]), (&json!("Ida Nolan"), &json!("Ida")));
    let contact = client.ok("GET", "/contacts/c1", Value::Null).await;
    assert_eq!((&contact["contact"]["firstName"], &contact["contact"]["lastName"]), (&json!("Otto"), &json!("Brot")));
    let deals = client.ok("GET", "/opportunities/search?location_id=named-only&q=otto", Value::Null).await;
    assert_eq!(deals["opportunities"][0]["contact"]["name"], "Otto Brot");
    let empty = Client::with(Options { seed_file: Some(fixture("empty.yaml")), ..options() });
    assert_eq!(empty.sandbox.location_id.len(), 20, "a sandbox always has an account");
}

#[tokio::test]
async fn a_data_file_keeps_what_was_done() {
    let folder = tempfile::tempdir().unwrap();
    let data = Some(folder.path().join("kept.sqlite"));
    let client = Client::with(Options { data: data.clone(), ..options() });
    let made = client.ok("POST", "/contacts/", json!({"locationId": "{location}", "name": "Kept One"})).await;
    let path = format!("/contacts/{}", made["contact"]["id"].as_str().unwrap());
    client.sandbox.stop();
    let client = Client::with(Options { data, ..options() });
    assert_eq!(client.ok("GET", &path, Value::Null).await["contact"]["name"], "Kept One");
    let all = client.ok("GET", "/contacts/?locationId={location}", Value::Null).await;
    assert_eq!(all["meta"]["total"], 33, "the seed is not sown twice");
    let other = client.ok("POST", "/contacts/", json!({"locationId": "{location}", "name": "Other One"})).await;
    assert_ne!(other["contact"]["id"], made["contact"]["id"]);
}

#[test]
fn a_seed_that_cannot_be_read_says_where() {
    for (name, expected) in
        [("not-a-list.yaml", "not-a-list.yaml:4:1: `contacts` is not a list"), ("broken.yaml", "broken.yaml:")]
    {
        let options = Options { seed_file: Some(fixture(name)), ..options() };
        let error = start(options, Arc::new(Catalog::builtin())).unwrap_err().to_string();
        assert!(error.contains(expected), "{error}");
    }
    let missing = Options { seed_file: Some(fixture("absent.yaml")), ..options() };
    assert!(start(missing, Arc::new(Catalog::builtin())).unwrap_err().to_string().contains("absent.yaml"));
}
