use std::collections::HashSet;

use serde_json::{Value, json};

use crate::harness::Client;

fn ids(records: &Value) -> Vec<String> {
    records.as_array().unwrap().iter().map(|r| r["id"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn contacts_page_by_both_halves_of_the_cursor() {
    let client = Client::new();
    let (mut seen, mut path) = (Vec::new(), "/contacts/?locationId={location}&limit=10".to_owned());
    let mut sizes = Vec::new();
    loop {
        let page = client.ok("GET", &path, Value::Null).await;
        sizes.push(page["contacts"].as_array().unwrap().len());
        seen.extend(ids(&page["contacts"]));
        if sizes.last() < Some(&10) {
            break;
        }
        let (id, at) = (page["meta"]["startAfterId"].as_str().unwrap(), &page["meta"]["startAfter"]);
        path = format!("/contacts/?locationId={{location}}&limit=10&startAfterId={id}&startAfter={at}");
    }
    assert_eq!(sizes, [10, 10, 10, 2]);
    assert_eq!(seen.iter().collect::<HashSet<_>>().len(), 32);
}

#[tokio::test]
async fn searches_page_by_the_last_record() {
    let client = Client::new();
    let first = client.ok("POST", "/contacts/search", json!({"locationId": "{location}", "pageLimit": 20})).await;
    let after = first["contacts"][19]["searchAfter"].clone();
    let body = json!({"locationId": "{location}", "pageLimit": 20, "searchAfter": after});
    let second = client.ok("POST", "/contacts/search", body).await;
    assert_eq!((first["total"].as_u64(), second["contacts"].as_array().unwrap().len()), (Some(32), 12));
    assert!(ids(&second["contacts"]).iter().all(|id| !ids(&first["contacts"]).contains(id)));
}

#[tokio::test]
async fn deals_page_by_number_and_by_cursor() {
    let client = Client::new();
    let page = |rest: &str| {
        let path = format!("/opportunities/search?location_id={{location}}&limit=5{rest}");
        let client = &client;
        async move { client.ok("GET", &path, Value::Null).await }
    };
    let first = page("").await;
    assert_eq!((&first["meta"]["total"], &first["meta"]["nextPage"]), (&json!(12), &json!(2)));
    let (id, at) = (first["meta"]["startAfterId"].as_str().unwrap(), &first["meta"]["startAfter"]);
    let by_cursor = page(&format!("&startAfterId={id}&startAfter={at}")).await;
    assert_eq!(ids(&by_cursor["opportunities"]), ids(&page("&page=2").await["opportunities"]));
    let last = page("&page=3").await;
    assert_eq!((ids(&last["opportunities"]).len(), &last["meta"]["nextPage"]), (2, &Value::Null));
}

#[tokio::test]
async fn conversations_page_by_date_and_messages_by_id() {
    let client = Client::new();
    let first = client.ok("GET", "/conversations/search?locationId={location}&limit=4", Value::Null).await;
    let date = first["conversations"][3]["lastMessageDate"].as_i64().unwrap();
    let path = format!("/conversations/search?locationId={{location}}&limit=4&startAfterDate={date}");
    let second = client.ok("GET", &path, Value::Null).await;
    assert_eq!(ids(&second["conversations"]).len(), 2);
    let jane = first["conversations"].as_array().unwrap().iter().find(|c| c["fullName"] == "Jane Doe").unwrap();
    let path = format!("/conversations/{}/messages?limit=3", jane["id"].as_str().unwrap());
    let newest = client.ok("GET", &path, Value::Null).await["messages"].clone();
    assert_eq!(
        (&newest["nextPage"], &newest["messages"][0]["body"]),
        (&json!(true), &json!("Will do. Is parking free?"))
    );
    let path = format!("{path}&lastMessageId={}", newest["lastMessageId"].as_str().unwrap());
    let oldest = client.ok("GET", &path, Value::Null).await["messages"].clone();
    assert_eq!((&oldest["nextPage"], ids(&oldest["messages"]).len()), (&json!(false), 1));
}

#[tokio::test]
async fn a_page_too_large_is_refused() {
    let client = Client::new();
    let (status, answer) = client.get("/opportunities/search?location_id={location}&limit=1000").await;
    assert!(
        status == 422 && answer["message"][0].as_str().unwrap().contains("must not be greater than 100"),
        "{answer}"
    );
}
