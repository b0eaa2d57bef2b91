use reqwest::Method;
use sayso::sandbox::{Clock, Options, RateLimits};
use serde_json::{Value, json};

use crate::harness::{Client, JANE, NOW, answer, options};

#[tokio::test]
async fn a_request_without_the_token_is_refused() {
    let client = Client::new();
    let path = format!("/contacts/{JANE}");
    let expected = (401, json!({"statusCode": 401, "message": "Invalid JWT", "error": "Unauthorized"}));
    assert_eq!(answer(client.bare("GET", &path).header("Version", "2021-07-28")).await, expected);
    assert_eq!(answer(client.bare("GET", &path).header("Version", "2021-07-28").bearer_auth("other")).await, expected);
}

#[tokio::test]
async fn the_version_header_must_be_the_operations_own() {
    let client = Client::new();
    let bare = || client.bare("GET", "/calendars/?locationId={location}").bearer_auth(&client.sandbox.token);
    let (status, body) = answer(bare()).await;
    assert_eq!((status, &body["message"]), (401, &json!("version header was not found.")));
    let (status, body) = answer(bare().header("Version", "2021-07-28")).await;
    assert_eq!((status, &body["message"]), (400, &json!("version header is invalid")));
    assert_eq!(answer(bare().header("Version", "2021-04-15")).await.0, 200);
}

#[tokio::test]
async fn paths_are_exact() {
    let client = Client::new();
    let (status, body) = client.get("/Contacts/?locationId={location}").await;
    assert!(status == 401 && body["message"].as_str().unwrap().contains("IAM"), "{body}");
    let (status, body) = client.get("/contacts?locationId={location}").await;
    assert_eq!((status, &body["message"]), (404, &json!("Cannot GET /contacts")));
    assert_eq!(client.get("/nothing/here").await.0, 404);
    assert_eq!(answer(client.request("PATCH", &format!("/contacts/{JANE}"))).await.0, 404);
}

#[tokio::test]
async fn only_the_accounts_of_the_token_are_open() {
    let client = Client::new();
    let expected = json!("The token does not have access to this location.");
    let (status, body) = client.get("/contacts/?locationId=0000000000000000dead").await;
    assert_eq!((status, &body["message"]), (403, &expected));
    let (status, body) = client.send("POST", "/contacts/", json!({"locationId": "0000000000000000dead"})).await;
    assert_eq!((status, &body["message"]), (403, &expected));
    assert_eq!(client.get("/locations/0000000000000000dead/tags").await.0, 403);
}

#[tokio::test]
async fn parameters_are_checked_in_the_words_of_the_service() {
    let client = Client::new();
    let create = |body: Value| client.send("POST", "/contacts/", body);
    for (body, problem) in [
        (json!({"locationId": "{location}", "firstname": "Ada"}), "property firstname should not exist"),
        (json!({"locationId": "{location}", "firstName": 5}), "firstName must be a string"),
        (json!({"locationId": "{location}", "tags": "vip"}), "tags must be an array"),
        (json!({"locationId": "{location}", "dnd": "yes"}), "dnd must be a boolean value"),
        (json!({"firstName": "Ada"}), "locationId should not be empty"),
    ] {
        let (status, answer) = create(body.clone()).await;
        assert_eq!((status, &answer["error"]), (422, &json!("Unprocessable Entity")), "{body} {answer}");
        assert!(answer["message"].as_array().unwrap().contains(&json!(problem)), "{body}: {answer}");
    }
    let (status, answer) = client.get("/opportunities/search?locationId={location}").await;
    assert_eq!(status, 422, "{answer}");
    let messages = answer["message"].to_string();
    assert!(
        messages.contains("property locationId should not exist") && messages.contains("location_id"),
        "{messages}"
    );
    let (status, answer) = client.get("/opportunities/search?location_id={location}&status=winning").await;
    assert!(status == 422 && answer["message"][0].as_str().unwrap().starts_with("status must be one of"), "{answer}");
}

#[tokio::test]
async fn a_body_that_is_not_json_is_refused() {
    let client = Client::new();
    let request = || client.request("POST", "/contacts/").header("content-type", "application/json");
    assert_eq!(answer(request().body("{\"a\": ")).await.0, 400);
    let (status, body) = answer(client.request("POST", "/contacts/").body("name=Ada")).await;
    assert_eq!(status, 400, "{body}");
}

#[tokio::test]
async fn requests_past_the_limit_are_refused_with_its_headers() {
    let rate = Some(RateLimits { max: 2, per_ms: 60_000, daily: 10 });
    let client = Client::with(Options { rate, clock: Clock::starting_at(NOW.parse().unwrap()), ..options() });
    for expected in [1, 0] {
        let response = client.request("GET", &format!("/contacts/{JANE}")).send().await.unwrap();
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["x-ratelimit-remaining"], expected.to_string().as_str());
        assert_eq!(response.headers()["x-ratelimit-max"], "2");
        assert_eq!(response.headers()["x-ratelimit-interval-milliseconds"], "60000");
    }
    let response = client.request("GET", &format!("/contacts/{JANE}")).send().await.unwrap();
    assert_eq!(response.status(), 429);
    assert_eq!(response.headers()["x-ratelimit-daily-remaining"], "8");
    assert_eq!(response.json::<Value>().await.unwrap()["message"], "Too Many Requests");
}

#[tokio::test]
async fn a_multipart_upload_is_read() {
    let client = Client::new();
    let form = reqwest::multipart::Form::new()
        .text("id", "a1")
        .part("a1_file", reqwest::multipart::Part::bytes(b"hello".to_vec()).file_name("a.txt"));
    let request = client.request(Method::POST.as_str(), "/locations/{location}/customFields/upload").multipart(form);
    let (status, body) = answer(request).await;
    assert_eq!(status, 200, "{body}");
    let logged = client.sandbox.log();
    assert_eq!(logged.last().unwrap().operation.as_deref(), Some("locations.upload-custom-field-files"));
}

#[tokio::test]
async fn the_log_keeps_everything_but_the_token() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("log.jsonl");
    let client = Client::with(Options { log_file: Some(file.clone()), ..options() });
    client.ok("POST", &format!("/contacts/{JANE}/tags"), json!({"tags": ["vip"]})).await;
    client.get("/contacts/?locationId={location}&query=jane").await;
    let log = client.sandbox.log();
    assert_eq!((log[0].method.as_str(), log[0].status, &log[0].body), ("POST", 201, &json!({"tags": ["vip"]})));
    assert_eq!(log[0].operation.as_deref(), Some("contacts.add-tags"));
    assert!(log[1].path.ends_with("&query=jane"));
    let text = std::fs::read_to_string(file).unwrap();
    assert_eq!(text.lines().count(), 2);
    assert!(!text.contains(&client.sandbox.token) && text.contains("2021-07-28"));
}
