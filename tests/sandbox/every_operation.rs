use std::collections::HashMap;

use sayso::catalog::{BodyKind, Catalog, DateFormat, Kind, Method, Operation, Parameter, Place, WireType};
use serde_json::{Map, Value, json};

use crate::harness::{Client, answer};

const ALWAYS: &str = "&startTime=1700000000000&endTime=1900000000000";

/// One id of every kind of record, as the built-in seed has them.
pub async fn ids(client: &Client) -> HashMap<&'static str, String> {
    let mut ids = HashMap::new();
    for (resource, path, place) in [
        ("contact", "/contacts/?locationId={location}&query=jane@acme.com", "/contacts/0/id"),
        ("user", "/users/?locationId={location}", "/users/1/id"),
        ("tag-entry", "/locations/{location}/tags", "/tags/0/id"),
        ("pipeline", "/opportunities/pipelines?locationId={location}", "/pipelines/0/id"),
        ("stage", "/opportunities/pipelines?locationId={location}", "/pipelines/0/stages/1/id"),
        ("opportunity", "/opportunities/search?location_id={location}", "/opportunities/0/id"),
        ("calendar", "/calendars/?locationId={location}", "/calendars/0/id"),
        ("calendar-group", "/calendars/groups?locationId={location}", "/groups/0/id"),
        ("appointment", "/contacts/ocQHyuzHvysMo5N5VsXc/appointments", "/events/0/id"),
        ("conversation", "/conversations/search?locationId={location}&query=jane@acme.com", "/conversations/0/id"),
        ("silent", "/contacts/?locationId={location}&query=Walter", "/contacts/0/id"),
        ("task", "/contacts/ocQHyuzHvysMo5N5VsXc/tasks", "/tasks/0/id"),
        ("note", "/contacts/ocQHyuzHvysMo5N5VsXc/notes", "/notes/0/id"),
        ("workflow", "/workflows/?locationId={location}", "/workflows/0/id"),
        ("campaign", "/campaigns/?locationId={location}", "/campaigns/0/id"),
        ("business", "/businesses/?locationId={location}", "/businesses/0/id"),
        ("link", "/links/?locationId={location}", "/links/0/id"),
        ("custom-field", "/locations/{location}/customFields", "/customFields/0/id"),
        ("custom-value", "/locations/{location}/customValues", "/customValues/0/id"),
        ("template", "/locations/{location}/templates?originId={location}", "/templates/0/id"),
        ("lost-reason", "/opportunities/lost-reason?locationId={location}", "/lostReasons/0/id"),
        ("subtype", "/conversations/preferences/custom-subtypes?locationId={location}", "/data/0/id"),
    ] {
        let (status, body) = client.get(path).await;
        let id = body.pointer(place).and_then(Value::as_str);
        ids.insert(resource, id.unwrap_or_else(|| panic!("{path}: {status} {body}")).to_owned());
    }
    let location = &client.sandbox.location_id;
    ids.insert("location", location.clone());
    for (resource, path, place) in [
        ("message", format!("/conversations/{}/messages", ids["conversation"]), "/messages/messages/0/id"),
        (
            "appointment-note",
            format!("/calendars/appointments/{}/notes?limit=5&offset=0", ids["appointment"]),
            "/notes/0/id",
        ),
        ("notification", format!("/calendars/{}/notifications", ids["calendar"]), "/0/_id"),
        (
            "blocked-slot",
            format!("/calendars/blocked-slots?locationId={{location}}&calendarId={}{ALWAYS}", ids["calendar"]),
            "/events/0/id",
        ),
        ("calendar-resource", "/calendars/resources/rooms?locationId={location}&limit=5&skip=0".to_owned(), "/0/id"),
    ] {
        let (status, body) = client.get(&path).await;
        let id = body.pointer(place).and_then(Value::as_str);
        ids.insert(resource, id.unwrap_or_else(|| panic!("{path}: {status} {body}")).to_owned());
    }
    ids.insert("schedule", "64f0b1d2a7c91e0012ab34cf".to_owned());
    ids.insert("recurring-task", "6241712be68f7a98102ba272".to_owned());
    ids
}

/// The id that a path or body variable of this operation wants.
fn id_for(operation: &Operation, param: &Parameter, ids: &HashMap<&'static str, String>) -> Option<String> {
    let by_name = match param.name.as_str() {
        "locationId" | "location_id" | "altId" | "originId" => "location",
        "messageId" | "emailMessageId" => "message",
        "appointmentId" => "appointment",
        "noteId" => "appointment-note",
        "followers" | "userId" => "user",
        "contacts" | "ids" => "contact",
        "contactId" if operation.name == "conversations.create" => "silent",
        "id" | "eventId" if param.place == Place::Path => match operation.path.as_str() {
            path if path.starts_with("/contacts") => "note",
            path if path.starts_with("/calendars/resources") => "calendar-resource",
            path if path.starts_with("/calendars/schedules") => "schedule",
            path if path.contains("block-slots") => "blocked-slot",
            path if path.starts_with("/calendars") => "appointment",
            path if path.starts_with("/conversations/messages") => "message",
            path if path.starts_with("/conversations") => "subtype",
            path if path.starts_with("/opportunities") => "opportunity",
            path if path.contains("customFields") => "custom-field",
            path if path.contains("customValues") => "custom-value",
            path if path.contains("recurring") => "recurring-task",
            _ => "template",
        },
        _ => match &param.kind {
            Kind::Entity(resource) if resource == "tag" && param.place == Place::Path => "tag-entry",
            Kind::Entity(resource) => resource,
            _ => return None,
        },
    };
    ids.get(by_name).cloned()
}

fn value(operation: &Operation, param: &Parameter, ids: &HashMap<&'static str, String>) -> Value {
    let one = single(operation, param, ids);
    let list =
        param.many && param.wire.is_none_or(|wire| wire == WireType::Array) || param.wire == Some(WireType::Array);
    if list { json!([one]) } else { one }
}

fn single(operation: &Operation, param: &Parameter, ids: &HashMap<&'static str, String>) -> Value {
    if param.name == "resourceType" {
        return json!("rooms");
    }
    if let Some(known) = param.values.first() {
        return serde_json::to_value(&known.value).unwrap().as_object().unwrap().values().next().unwrap().clone();
    }
    if let Some(id) = id_for(operation, param, ids) {
        return json!(id);
    }
    let typed = match (&param.kind, param.format) {
        (Kind::Date | Kind::DateTime, DateFormat::EpochMs) => json!(1_795_489_200_000_i64),
        (Kind::Date | Kind::DateTime, DateFormat::EpochMsText) => json!("1795489200000"),
        (Kind::Date | Kind::DateTime, DateFormat::EpochS) => json!(1_795_489_200),
        (Kind::Date | Kind::DateTime, DateFormat::MmDdYyyy) => json!("11-24-2026"),
        (Kind::Date, _) | (_, DateFormat::DateOnly) => json!("2026-11-24"),
        (Kind::DateTime, DateFormat::IsoUtc) => json!("2026-11-24T15:00:00.000Z"),
        (Kind::DateTime, _) => json!("2026-11-24T10:00:00-05:00"),
        (Kind::Integer | Kind::Number | Kind::Money | Kind::Duration, _) => {
            json!(param.bounds.0.filter(|least| *least > 5.0).map_or(5, |least| format!("{least:.0}").parse().unwrap()))
        }
        (Kind::Boolean, _) => json!(false),
        (Kind::Email, _) => json!("somebody@example.com"),
        (Kind::Phone, _) => json!("+15557654321"),
        (Kind::Url, _) => json!("https://example.com"),
        (Kind::Timezone, _) => json!("America/New_York"),
        (Kind::Object, _) => {
            let fields = param.fields.iter().filter(|f| f.required);
            Value::Object(fields.map(|f| (f.name.clone(), value(operation, f, ids))).collect())
        }
        _ => json!(operation.name),
    };
    match param.wire {
        Some(WireType::String) if !typed.is_string() => json!(typed.to_string()),
        Some(WireType::Object) if !typed.is_object() => json!({}),
        _ => typed,
    }
}

fn place_in(body: &mut Value, dotted: &str, value: Value) {
    let mut at = body;
    for part in dotted.split('.') {
        at = at.as_object_mut().unwrap().entry(part).or_insert_with(|| json!({}));
    }
    *at = value;
}

/// The groups whose records the sandbox is seeded with; the others answer by the general rule, which knows no shapes.
const CORE: [&str; 12] = [
    "businesses",
    "calendars",
    "campaigns",
    "contacts",
    "conversations",
    "forms",
    "links",
    "locations",
    "opportunities",
    "surveys",
    "users",
    "workflows",
];

/// Whether the sandbox plays an operation with records of its own; those that came with version 3 it does not.
pub fn is_core(operation: &Operation) -> bool {
    CORE.contains(&operation.group.as_str()) && operation.version.as_deref() != Some("v3")
}

pub async fn call(client: &Client, operation: &Operation, ids: &HashMap<&'static str, String>) -> (u16, Value) {
    let mut path = operation.path.clone();
    let mut query = Map::new();
    let mut body = json!({});
    // A whole body whose fields are parameters of their own is made of those.
    let in_parts = operation.params.iter().any(|param| param.name.starts_with("body."));
    let sent = |param: &&Parameter| {
        let needed = param.required || param.place == Place::Path || param.name == "calendarId";
        needed && !(in_parts && param.name == "body")
    };
    for param in operation.params.iter().filter(sent) {
        let value = value(operation, param, ids);
        match param.place {
            Place::Path => path = path.replace(&format!("{{{}}}", param.name), value.as_str().unwrap_or_default()),
            Place::Query => drop(query.insert(param.name.clone(), value)),
            Place::Body => place_in(&mut body, &param.name, value),
            Place::Header => {}
        }
    }
    let pairs: Vec<(String, String)> =
        query.into_iter().map(|(k, v)| (k, v.as_str().map_or_else(|| v.to_string(), str::to_owned))).collect();
    let mut request = client.bare(operation.method.as_str(), &path).bearer_auth(&client.sandbox.token).query(&pairs);
    if let Some(version) = &operation.version {
        request = request.header("Version", version);
    }
    request = match operation.body {
        BodyKind::None => request,
        BodyKind::JsonWhole => {
            let several = operation.param("body").is_some_and(|param| param.many);
            let one = body.get("body").unwrap_or(&body);
            request.json(&if several && !one.is_array() { json!([one]) } else { one.clone() })
        }
        BodyKind::Multipart => {
            let fields = body.as_object().unwrap().iter();
            let text = |v: &Value| v.as_str().map_or_else(|| v.to_string(), str::to_owned);
            request
                .multipart(fields.fold(reqwest::multipart::Form::new(), |form, (k, v)| form.text(k.clone(), text(v))))
        }
        _ if body == json!({}) && operation.method.as_str() == "GET" => request,
        _ => request.json(&body),
    };
    answer(request).await
}

#[tokio::test]
async fn every_operation_answers_where_its_catalog_says() {
    let catalog = Catalog::builtin();
    let mut operations: Vec<&Operation> =
        catalog.ids().map(|id| catalog.operation(id)).filter(|op| is_core(op)).collect();
    // What only reads or adds leaves the ids of the others alone, so that one sandbox serves them all.
    operations.sort_by_key(|operation| operation.method == Method::Delete);
    let mut client = Client::new();
    let mut known = ids(&client).await;
    let mut wrong = Vec::new();
    for operation in operations {
        if operation.method == Method::Delete {
            client = Client::new();
            known = ids(&client).await;
        }
        let (status, body) = call(&client, operation, &known).await;
        let found = operation.returns.as_ref().is_none_or(|returns| {
            let place =
                if returns.at.is_empty() { String::new() } else { format!("/{}", returns.at.replace('.', "/")) };
            body.pointer(&place).is_some_and(|value| value.is_array() == returns.many)
        });
        if !(200..300).contains(&status) || !found {
            let sent = client.sandbox.log().pop().map(|exchange| (exchange.path, exchange.body));
            wrong.push(format!("{} {}: {status} {body}\n    sent {sent:?}", operation.name, operation.request_line()));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), catalog.len(), wrong.join("\n"));
}
