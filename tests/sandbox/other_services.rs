use sayso::catalog::{Catalog, Layer};
use sayso::sandbox::Options;
use serde_json::{Value, json};

use crate::harness::{Client, answer, options};

const SERVICE: &str = "
service: kennel
base_url: https://api.kennel.example/v1
auth: {header: X-Api-Key, env: [KENNEL_KEY]}
id_pattern: '^dog_[0-9a-f]{8}$'
pagination:
  cursor: {size: {per_page: 2}, cursor: {after: paging.next}}
resources:
  dog:
    nouns: [dog]
    id_key: dog_id
    id_pattern: '^dog_[0-9a-f]{8}$'
    find: {operation: dogs.list, query: q, by: [name]}
    label: '{{ name }}'
";

const DOGS: &str = "
operations:
  dogs.list:
    request: GET /dogs
    params: {q: text, per_page: integer, after: text, size: {enum: [small, large]}}
    page: cursor
    returns: {resource: dog, at: data.dogs, many: true}
  dogs.create:
    request: POST /dogs
    params: {name: {required: true}, size: {enum: [small, large]}, age: integer}
    returns: {resource: dog, at: dog}
  dogs.get: {request: 'GET /dogs/{{ dogId }}', params: {dogId: dog}, returns: {resource: dog, at: dog}}
  dogs.update: {request: 'PATCH /dogs/{{ dogId }}', params: {dogId: dog, name: text, age: integer}, returns: {resource: dog, at: dog}}
  dogs.delete: {request: 'DELETE /dogs/{{ dogId }}', params: {dogId: dog}}
";

#[tokio::test]
async fn a_service_it_has_never_heard_of_is_played_from_its_catalog() {
    let client = Client::over(options(), kennel());
    let request = |method: &str, path: &str| client.bare(method, path).header("x-api-key", &client.sandbox.token);
    assert_eq!(answer(client.bare("GET", "/dogs")).await.0, 401);
    let mut ids = Vec::new();
    for (name, size) in [("Rex", "large"), ("Bo", "small"), ("Ace", "large")] {
        let (status, made) = answer(request("POST", "/v1/dogs").json(&json!({"name": name, "size": size}))).await;
        assert_eq!(status, 201, "{made}");
        ids.push(made["dog"]["dog_id"].as_str().unwrap().to_owned());
    }
    assert!(ids.iter().all(|id| id.starts_with("dog_") && id.len() == 12), "{ids:?}");
    let (_, first) = answer(request("GET", "/dogs")).await;
    assert_eq!((first["data"]["dogs"].as_array().unwrap().len(), &first["paging"]["next"]), (2, &json!(ids[1])));
    let (_, second) = answer(request("GET", &format!("/dogs?after={}", ids[1]))).await;
    assert_eq!((&second["data"]["dogs"][0]["name"], &second["paging"]["next"]), (&json!("Ace"), &Value::Null));
    let (_, large) = answer(request("GET", "/dogs?size=large&per_page=10")).await;
    assert_eq!(large["data"]["dogs"].as_array().unwrap().len(), 2);
    let (_, found) = answer(request("GET", "/dogs?q=rex")).await;
    assert_eq!(found["data"]["dogs"][0]["dog_id"], json!(ids[0]));
    let one = format!("/dogs/{}", ids[0]);
    assert_eq!(answer(request("PATCH", &one).json(&json!({"age": 4}))).await.1["dog"]["age"], 4);
    assert_eq!(answer(request("PATCH", &one).json(&json!({"age": "four"}))).await.0, 422);
    assert_eq!(answer(request("DELETE", &one)).await.0, 200);
    let (status, gone) = answer(request("GET", &one)).await;
    assert_eq!((status, &gone["message"]), (404, &json!("Dog not found")));
    assert!(client.sandbox.log().iter().all(|exchange| exchange.headers.iter().all(|(name, _)| name != "x-api-key")));
}

const LEXICON: &str = include_str!("../../endpoints/lexicon.yaml");

#[tokio::test]
async fn a_seed_may_hold_records_of_any_service() {
    let folder = tempfile::tempdir().unwrap();
    let seed = folder.path().join("dogs.yaml");
    std::fs::write(&seed, "dogs:\n  - {dog_id: dog_0000000a, name: Rex}\n  - {name: Bo}\n").unwrap();
    let client = Client::over(Options { seed_file: Some(seed), ..options() }, kennel());
    let request = client.bare("GET", "/dogs").header("x-api-key", &client.sandbox.token);
    let dogs = answer(request).await.1["data"]["dogs"].clone();
    assert_eq!((&dogs[0]["dog_id"], &dogs[1]["name"]), (&json!("dog_0000000a"), &json!("Bo")));
    assert_eq!(dogs[1]["dog_id"].as_str().unwrap().len(), 12);
}

fn kennel() -> Catalog {
    let files = [("lexicon.yaml", LEXICON), ("kennel/service.yaml", SERVICE), ("kennel/dogs.yaml", DOGS)];
    let layer = Layer::new("endpoints", files.map(|(name, text)| (name.to_owned(), text.to_owned())).into());
    Catalog::of_layers(&[layer]).unwrap_or_else(|found| panic!("{found:#?}")).catalog
}
