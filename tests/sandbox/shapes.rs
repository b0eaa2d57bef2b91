//! Whether answers have the shapes of the official documents, when those are at hand.

use std::path::{Path, PathBuf};

use sayso::catalog::{Catalog, Method, Operation};
use serde_json::{Value, json};

use crate::every_operation::{call, ids, is_core};
use crate::harness::Client;

/// Answers that follow what the service does where its documents are wrong: times said to be objects, lists of lists.
const OTHERWISE: &[&str] = &[
    "GET /conversations/{conversationId}/messages",
    "GET /calendars/events/appointments/{eventId}",
    "POST /calendars/events/block-slots",
    "PUT /calendars/events/block-slots/{eventId}",
    "POST /locations/{locationId}/tasks/search",
    "GET /locations/{locationId}/templates",
    "GET /opportunities/pipelines",
];

fn documents() -> Option<Vec<Value>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/specs/highlevel-v2");
    let files: Vec<PathBuf> = std::fs::read_dir(folder).ok()?.filter_map(|entry| Some(entry.ok()?.path())).collect();
    let json = files.iter().filter(|path| path.extension().is_some_and(|e| e == "json"));
    Some(json.map(|path| serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()).collect())
}

/// The statuses of success that an operation documents, each with the schema of its body.
fn successes(documents: &[Value], operation: &Operation) -> Vec<(u16, Option<Value>)> {
    let alike = |path: &str| {
        let shape =
            |path: &str| path.split('/').map(|s| if s.starts_with('{') { "{}" } else { s }.to_owned()).collect();
        let (a, b): (Vec<String>, Vec<String>) = (shape(path), shape(&operation.path));
        a == b
    };
    let found = documents.iter().find_map(|document| {
        let (_, methods) = document["paths"].as_object()?.iter().find(|(path, _)| alike(path))?;
        let responses = methods[operation.method.as_str().to_lowercase()]["responses"].as_object()?;
        let successes = responses.iter().filter(|(status, _)| status.starts_with('2'));
        Some(successes.map(|(status, response)| (status.parse().unwrap(), schema(document, response))).collect())
    });
    found.unwrap_or_default()
}

fn schema(document: &Value, response: &Value) -> Option<Value> {
    let schema = response.pointer("/content/application~1json/schema")?;
    Some(json!({"allOf": [schema], "components": document["components"]}))
}

/// The service writes null where its documents have nothing.
fn without_nulls(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            fields.into_iter().filter(|(_, v)| !v.is_null()).map(|(k, v)| (k, without_nulls(v))).collect()
        }
        Value::Array(items) => items.into_iter().map(without_nulls).collect(),
        other => other,
    }
}

#[tokio::test]
async fn answers_have_the_shapes_and_statuses_of_the_official_documents() {
    let Some(documents) = documents() else {
        println!("skipped: there are no official documents beside the repository");
        return;
    };
    let catalog = Catalog::builtin();
    let mut operations: Vec<&Operation> =
        catalog.ids().map(|id| catalog.operation(id)).filter(|op| is_core(op)).collect();
    operations.sort_by_key(|operation| operation.method == Method::Delete);
    let mut client = Client::new();
    let mut known = ids(&client).await;
    let (mut wrong, mut checked) = (Vec::new(), 0);
    for operation in operations {
        let successes = successes(&documents, operation);
        if successes.is_empty() || OTHERWISE.contains(&operation.request_line().as_str()) {
            continue;
        }
        if operation.method == Method::Delete {
            client = Client::new();
            known = ids(&client).await;
        }
        let (status, body) = call(&client, operation, &known).await;
        checked += 1;
        let Some((_, schema)) = successes.iter().find(|(documented, _)| *documented == status) else {
            wrong.push(format!("{}: {status} is not documented", operation.request_line()));
            continue;
        };
        let validator = schema.as_ref().and_then(|schema| jsonschema::draft4::new(schema).ok());
        if let Some(problem) = validator.and_then(|v| {
            v.iter_errors(&without_nulls(body.clone())).next().map(|e| format!("{e} at {}", e.instance_path()))
        }) {
            wrong.push(format!("{}: {problem}\n    {body}", operation.request_line()));
        }
    }
    assert!(checked > 150, "{checked}");
    assert!(wrong.is_empty(), "{} of {checked}:\n{}", wrong.len(), wrong.join("\n"));
}
