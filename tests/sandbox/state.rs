use serde_json::{Value, json};

use crate::harness::{Client, JANE};

#[tokio::test]
async fn what_is_created_is_found_changed_and_gone() {
    let client = Client::new();
    let body = json!({"locationId": "{location}", "name": "Ada Lovelace", "email": "Ada@Example.com", "phone": "(555) 999-0001"});
    let made = client.ok("POST", "/contacts/", body.clone()).await;
    let id = made["contact"]["id"].as_str().unwrap().to_owned();
    assert!(id.len() == 20 && made["contact"]["firstName"] == "Ada" && made["contact"]["email"] == "ada@example.com");
    for query in ["lovelace", "ada@example.com", "5559990001"] {
        let found = client.ok("GET", &format!("/contacts/?locationId={{location}}&query={query}"), Value::Null).await;
        assert_eq!((&found["contacts"][0]["id"], &found["count"]), (&json!(id), &json!(1)), "{query}");
    }
    let (status, twin) = client.send("POST", "/contacts/", body).await;
    assert_eq!((status, &twin["meta"]["contactId"]), (400, &json!(id)), "{twin}");
    let changed = client.ok("PUT", &format!("/contacts/{id}"), json!({"lastName": "King", "city": "London"})).await;
    assert_eq!(changed["contact"]["name"], "Ada King");
    client.ok("DELETE", &format!("/contacts/{id}"), Value::Null).await;
    let (status, gone) = client.get(&format!("/contacts/{id}")).await;
    assert_eq!((status, &gone["message"]), (404, &json!("Contact not found")));
}

#[tokio::test]
async fn tags_of_a_contact_and_of_the_account() {
    let client = Client::new();
    let path = format!("/contacts/{JANE}/tags");
    let added = client.ok("POST", &path, json!({"tags": ["vip", "brand new", "lead"]})).await;
    assert_eq!(added["tagsAdded"], json!(["vip", "brand new"]));
    let jane = client.ok("GET", &format!("/contacts/{JANE}"), Value::Null).await;
    assert_eq!(jane["contact"]["tags"], json!(["lead", "newsletter", "vip", "brand new"]));
    let known = client.ok("GET", "/locations/{location}/tags", Value::Null).await;
    let named = |name: &str| known["tags"].as_array().unwrap().iter().filter(|t| t["name"] == name).count();
    assert_eq!((named("brand new"), named("vip")), (1, 1));
    let left = client.ok("DELETE", &path, json!({"tags": ["vip", "absent"]})).await;
    assert_eq!((&left["tags"], &left["tagsRemoved"]), (&json!(["lead", "newsletter", "brand new"]), &json!(["vip"])));
    let bob = client.ok("GET", "/contacts/?locationId={location}&query=bob@acme.com", Value::Null).await;
    let bob = bob["contacts"][0]["id"].as_str().unwrap();
    let bulk = json!({"contacts": [JANE, bob], "tags": ["gala"], "locationId": "{location}"});
    client.ok("POST", "/contacts/bulk/tags/update/add", bulk).await;
    let bob = client.ok("GET", &format!("/contacts/{bob}"), Value::Null).await;
    assert!(bob["contact"]["tags"].as_array().unwrap().contains(&json!("gala")));
}

#[tokio::test]
async fn searching_contacts_with_filters() {
    let client = Client::new();
    let search = |filters: Value| {
        client.ok("POST", "/contacts/search", json!({"locationId": "{location}", "pageLimit": 50, "filters": filters}))
    };
    let janes = search(json!([{"field": "firstNameLowerCase", "operator": "eq", "value": "jane"}])).await;
    assert_eq!(janes["total"], 2);
    let vips = search(json!([{"field": "tags", "operator": "contains", "value": ["vip"]}])).await;
    assert_eq!(vips["total"], 3);
    assert!(vips["contacts"][0]["searchAfter"].as_array().is_some_and(|pair| pair.len() == 2));
    let found =
        client.ok("GET", "/contacts/search/duplicate?locationId={location}&number=%2B15550102001", Value::Null).await;
    assert_eq!(found["contact"]["id"], JANE);
    let none = client
        .ok("GET", "/contacts/search/duplicate?locationId={location}&email=nobody@example.com", Value::Null)
        .await;
    assert_eq!(none["contact"], Value::Null);
}

#[tokio::test]
async fn upserts_change_or_create() {
    let client = Client::new();
    let upsert = |body: Value| client.ok("POST", "/contacts/upsert", body);
    let same = upsert(json!({"locationId": "{location}", "email": "JANE@acme.com", "city": "Utica"})).await;
    assert_eq!(
        (&same["new"], &same["contact"]["id"], &same["contact"]["city"]),
        (&json!(false), &json!(JANE), &json!("Utica"))
    );
    let other = upsert(json!({"locationId": "{location}", "email": "new@example.com"})).await;
    assert_eq!(other["new"], true);
}

#[tokio::test]
async fn notes_and_tasks_live_under_their_contact() {
    let client = Client::new();
    let note = client.ok("POST", &format!("/contacts/{JANE}/notes"), json!({"body": "Likes tea"})).await;
    let notes = client.ok("GET", &format!("/contacts/{JANE}/notes"), Value::Null).await;
    assert_eq!(notes["notes"][0], note["note"]);
    let body = json!({"title": "Call", "dueDate": "2026-11-23T09:00:00-05:00", "completed": false});
    let task = client.ok("POST", &format!("/contacts/{JANE}/tasks"), body).await;
    let id = task["task"]["id"].as_str().unwrap();
    assert_eq!(task["task"]["dueDate"], "2026-11-23T14:00:00.000Z");
    client.ok("PUT", &format!("/contacts/{JANE}/tasks/{id}/completed"), json!({"completed": true})).await;
    let task = client.ok("GET", &format!("/contacts/{JANE}/tasks/{id}"), Value::Null).await;
    assert_eq!(task["task"]["completed"], true);
    let bob = client.ok("GET", "/contacts/?locationId={location}&query=bob@acme.com", Value::Null).await;
    let elsewhere = format!("/contacts/{}/tasks/{id}", bob["contacts"][0]["id"].as_str().unwrap());
    assert_eq!(client.get(&elsewhere).await.0, 404);
}

#[tokio::test]
async fn sending_a_message_moves_its_conversation() {
    let client = Client::new();
    let ada = client
        .ok("POST", "/contacts/", json!({"locationId": "{location}", "name": "Ada", "phone": "+15559990001"}))
        .await;
    let ada = ada["contact"]["id"].as_str().unwrap();
    let body = json!({"type": "SMS", "contactId": ada, "message": "Hello Ada", "status": "pending", "subType": {}});
    let sent = client.ok("POST", "/conversations/messages", body).await;
    let found =
        client.ok("GET", &format!("/conversations/search?locationId={{location}}&contactId={ada}"), Value::Null).await;
    assert_eq!(found["conversations"][0]["id"], sent["conversationId"]);
    assert_eq!(found["conversations"][0]["lastMessageBody"], "Hello Ada");
    assert_eq!(found["conversations"][0]["fullName"], "Ada");
    let path = format!("/conversations/{}/messages", sent["conversationId"].as_str().unwrap());
    let messages = client.ok("GET", &path, Value::Null).await;
    assert_eq!(messages["messages"]["messages"][0]["id"], sent["messageId"]);
    assert_eq!(messages["messages"]["messages"][0]["messageType"], "TYPE_SMS");
    let unread = client.ok("GET", "/conversations/search?locationId={location}&status=unread", Value::Null).await;
    assert_eq!(unread["total"], 2);
    let (status, again) =
        client.send("POST", "/conversations/", json!({"locationId": "{location}", "contactId": ada})).await;
    assert_eq!((status, &again["conversationId"]), (400, &sent["conversationId"]));
}

#[tokio::test]
async fn deals_and_their_stages() {
    let client = Client::new();
    let pipelines = client.ok("GET", "/opportunities/pipelines?locationId={location}", Value::Null).await;
    let sales = &pipelines["pipelines"][0];
    assert_eq!((&sales["name"], pipelines["pipelines"].as_array().unwrap().len()), (&json!("Sales"), 2));
    let body = json!({"pipelineId": sales["id"], "locationId": "{location}", "name": "Braces", "status": "open", "contactId": JANE, "monetaryValue": 3000});
    let deal = client.ok("POST", "/opportunities/", body.clone()).await;
    assert_eq!(deal["opportunity"]["pipelineStageId"], sales["stages"][0]["id"]);
    assert_eq!(deal["opportunity"]["contact"]["name"], "Jane Doe");
    let id = deal["opportunity"]["id"].as_str().unwrap();
    client.ok("PUT", &format!("/opportunities/{id}/status"), json!({"status": "won"})).await;
    let won = client.ok("GET", "/opportunities/search?location_id={location}&status=won&q=jane", Value::Null).await;
    assert_eq!((&won["opportunities"][0]["name"], &won["meta"]["total"]), (&json!("Braces"), &json!(1)));
    let wrong = pipelines["pipelines"][1]["stages"][0]["id"].clone();
    let (status, answer) = client.send("PUT", &format!("/opportunities/{id}"), json!({"pipelineStageId": wrong})).await;
    assert_eq!(status, 400, "{answer}");
    let mut nobody = body;
    nobody["contactId"] = json!("0000000000000000dead");
    let (status, answer) = client.send("POST", "/opportunities/", nobody).await;
    assert_eq!((status, &answer["message"]), (400, &json!("Contact not found")));
}

#[tokio::test]
async fn appointments_fill_the_calendar() {
    let client = Client::new();
    let calendars = client.ok("GET", "/calendars/?locationId={location}", Value::Null).await;
    let sales = calendars["calendars"][0]["id"].as_str().unwrap();
    let slots = format!("/calendars/{sales}/free-slots?startDate=1795489200000&endDate=1795561200000");
    let before = client.ok("GET", &slots, Value::Null).await;
    let monday: Vec<&str> =
        before["2026-11-24"]["slots"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    assert!(monday.contains(&"2026-11-24T11:00:00-05:00"), "{before}");
    let body = json!({"calendarId": sales, "locationId": "{location}", "contactId": JANE, "startTime": "2026-11-24T11:00:00-05:00"});
    let made = client.ok("POST", "/calendars/events/appointments", body).await;
    assert_eq!((&made["endTime"], &made["title"]), (&json!("2026-11-24T11:30:00-05:00"), &json!("Jane Doe")));
    let after = client.ok("GET", &slots, Value::Null).await;
    assert!(!after.to_string().contains("T11:00:00"), "{after}");
    let week = "&startTime=1795410000000&endTime=1796014800000";
    let events = client
        .ok("GET", &format!("/calendars/events?locationId={{location}}&calendarId={sales}{week}"), Value::Null)
        .await;
    assert_eq!(events["events"].as_array().unwrap().len(), 4);
    let (status, answer) = client.get(&format!("/calendars/events?locationId={{location}}{week}")).await;
    assert_eq!(status, 422, "{answer}");
    let of_jane = client.ok("GET", &format!("/contacts/{JANE}/appointments"), Value::Null).await;
    assert_eq!(of_jane["events"].as_array().unwrap().len(), 2);
    let id = made["id"].as_str().unwrap();
    client.ok("PUT", &format!("/calendars/events/appointments/{id}"), json!({"appointmentStatus": "cancelled"})).await;
    let again = client.ok("GET", &slots, Value::Null).await;
    assert_eq!(again, before);
}

#[tokio::test]
async fn accounts_do_not_see_each_others_records() {
    let client = Client::new();
    let found = client.ok("GET", "/locations/search", Value::Null).await;
    let other = found["locations"][1]["id"].as_str().unwrap();
    let theirs = client.ok("GET", &format!("/contacts/?locationId={other}&limit=100"), Value::Null).await;
    let ours = client.ok("GET", "/contacts/?locationId={location}&limit=100", Value::Null).await;
    assert_eq!((&theirs["meta"]["total"], &ours["meta"]["total"]), (&json!(8), &json!(32)));
    let users = client.ok("GET", &format!("/users/?locationId={other}"), Value::Null).await;
    assert_eq!(users["users"].as_array().unwrap().len(), 3);
}

#[tokio::test]
async fn enrolment_needs_a_workflow_that_exists() {
    let client = Client::new();
    let workflows = client.ok("GET", "/workflows/?locationId={location}", Value::Null).await;
    let id = workflows["workflows"][0]["id"].as_str().unwrap();
    let done = client.ok("POST", &format!("/contacts/{JANE}/workflow/{id}"), json!({})).await;
    assert_eq!(done["succeded"], true);
    let (status, answer) = client.send("POST", &format!("/contacts/{JANE}/workflow/none"), json!({})).await;
    assert_eq!((status, &answer["message"]), (404, &json!("Workflow not found")));
}

#[tokio::test]
async fn custom_fields_are_written_by_id_or_key() {
    let client = Client::new();
    let fields = client.ok("GET", "/locations/{location}/customFields", Value::Null).await;
    let shoe = fields["customFields"].as_array().unwrap().iter().find(|f| f["name"] == "Shoe Size").unwrap();
    assert_eq!(shoe["fieldKey"], "contact.shoe_size");
    let body = json!({"customFields": [{"key": "shoe_size", "field_value": "42"}]});
    let jane = client.ok("PUT", &format!("/contacts/{JANE}"), body).await;
    let stored = jane["contact"]["customFields"].as_array().unwrap();
    assert!(stored.len() == 2 && stored.contains(&json!({"id": shoe["id"], "value": "42"})), "{stored:?}");
}
