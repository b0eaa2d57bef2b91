//! What a person can add by writing YAML alone: an operation, a field, a synonym, a whole service. Each is spoken to over
//! real HTTP, and the requests that arrive are compared.

mod support;

use serde_json::{Value, json};
use support::server::Server;
use support::{Ran, Test};

/// A run with the folder `mine` laid over the catalog.
fn over(files: &[(&str, &str)]) -> Test {
    let test = Test::new().clock().args(["--endpoints", "mine"]);
    files.iter().fold(test, |test, (file, text)| test.file(&format!("mine/{file}"), text))
}

/// The same, talking to a server in the place of the service that ships.
fn shipped(server: &Server, files: &[(&str, &str)]) -> Test {
    let token = format!("pit-{}", "0".repeat(8));
    over(files)
        .args(["--base-url", &server.address])
        .env("HIGHLEVEL_TOKEN", token)
        .env("HIGHLEVEL_LOCATION_ID", "ve9EPM428h8vShlRW1KT")
}

fn step(ran: &Ran) -> Value {
    let reading = ran.json();
    assert_eq!(reading["status"], "ready", "{reading}");
    reading["steps"][0].clone()
}

const CONTACT: &str = "ocQHyuzHvysMo5N5VsXc";

const PETS: &str = r"
operations:
  pets.list:
    request: GET /contacts/{{ contactId }}/pets
    params: {contactId: contact}
  pets.create:
    request: POST /contacts/{{ contactId }}/pets
    params: {contactId: contact, name: {required: true}, age: integer}
";

#[test]
fn an_operation_of_a_request_and_parameters_is_understood() {
    let server = Server::new(|_| json!({"pets": []}));
    let mine = [("highlevel/pets.yaml", PETS)];
    shipped(&server, &mine).arg(format!("show pets of contact {CONTACT}")).run();
    shipped(&server, &mine).arg(format!("create pet Rex for contact {CONTACT} with age 3")).run();
    let arrived = server.take();
    let one = |line: String| arrived.iter().find(|request| request.line == line).expect("the request");
    let listed = one(format!("GET /contacts/{CONTACT}/pets"));
    assert_eq!(one(format!("POST /contacts/{CONTACT}/pets")).body, json!({"name": "Rex", "age": 3}));
    assert!(listed.headers.iter().any(|h| h.to_lowercase().starts_with("authorization: bearer pit-")));
}

const FIELD: &str = "
operations:
  contacts.create:
    params:
      favouriteColour: {names: [favourite colour, favorite color]}
";

#[test]
fn a_field_is_added_without_copying_the_operation() {
    let server = Server::new(|_| json!({"contact": {"id": CONTACT}}));
    let mine = [("highlevel/contacts.yaml", FIELD)];
    shipped(&server, &mine).arg("create contact Jane Doe with favorite color green and phone 555-123-4567").run();
    let arrived = server.take();
    let created = arrived.last().expect("a request");
    assert_eq!(created.line, "POST /contacts/");
    assert_eq!(created.body["favouriteColour"], "green");
    assert_eq!(created.body["phone"], "+15551234567");
    assert_eq!(created.body["locationId"], "ve9EPM428h8vShlRW1KT");
}

const VERB: &str = "verbs: {delete: {+words: [yeet]}}";
const NOUN: &str = "resources: {contact: {+nouns: [punter]}}";

#[test]
fn a_synonym_is_understood() {
    let phrase = format!("yeet punter {CONTACT}");
    let without = Test::new().clock().args(["route", &phrase]).run();
    assert_ne!(without.json()["status"], "ready");
    let with = over(&[("lexicon.yaml", VERB), ("highlevel/service.yaml", NOUN)]).args(["route", &phrase]).run();
    assert_eq!(step(&with)["operation"], "contacts.delete");
    assert_eq!(step(&with)["params"], json!({"contactId": CONTACT}));
    let old = over(&[("lexicon.yaml", VERB), ("highlevel/service.yaml", NOUN)])
        .args(["route", &format!("remove lead {CONTACT}")])
        .run();
    assert_eq!(step(&old)["operation"], "contacts.delete");
}

const SERVICE: &str = r#"
service: acme
title: Acme
base_url: BASE/v1
auth: {header: X-Api-Key, env: [ACME_KEY]}
pagination:
  skip: {size: {top: 2}, offset: skip}
resources:
  widget:
    nouns: [widget, gizmo]
    id_key: key
    id_pattern: "^w_[0-9]+$"
    find: {operation: widgets.list, by: [name]}
    label: "{{ name }}"
    columns: [name, key]
"#;

const WIDGETS: &str = r"
operations:
  widgets.list:
    request: GET /widgets
    params: {color: text}
    page: skip
    returns: {resource: widget, at: data.items}
  widgets.get:
    request: GET /widgets/{{ widgetId }}
    params: {widgetId: widget}
    returns: {resource: widget, at: data}
  widgets.create:
    request: POST /widgets
    params: {name: {required: true}, color: text, weight: number}
    returns: {resource: widget, at: data}
  widgets.update:
    request: PATCH /widgets/{{ widgetId }}
    params: {widgetId: widget, name: text, color: text}
    returns: {resource: widget, at: data}
  widgets.delete:
    request: DELETE /widgets/{{ widgetId }}
    params: {widgetId: widget}
";

/// Five widgets, in pages.
fn widgets(line: &str) -> Value {
    let number = |name: &str| {
        let value = line.split(['?', '&']).find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
        value.and_then(|value| value.parse().ok())
    };
    let widget = |n: usize| json!({"key": format!("w_{n}"), "name": format!("Widget {n}")});
    if line.starts_with("GET /v1/widgets?") {
        let from = number("skip").unwrap_or(0);
        let items: Vec<Value> = (from + 1..=5).take(number("top").unwrap_or(2)).map(widget).collect();
        return json!({"data": {"items": items}});
    }
    json!({"data": widget(4)})
}

fn acme(server: &Server) -> Test {
    let service = SERVICE.replace("BASE", &server.address);
    over(&[("acme/service.yaml", &service), ("acme/widgets.yaml", WIDGETS)]).env("ACME_KEY", "k-1")
}

#[test]
fn a_service_is_listed_page_by_page() {
    let server = Server::new(widgets);
    let ran = acme(&server).args(["--all", "--output", "jsonl", "list widgets"]).run();
    let names: Vec<Value> = ran.json_lines().into_iter().map(|widget| widget["name"].clone()).collect();
    assert_eq!(names, ["Widget 1", "Widget 2", "Widget 3", "Widget 4", "Widget 5"]);
    let arrived = server.take();
    assert_eq!(arrived.len(), 3);
    assert!(arrived[2].line.contains("skip=4"), "{}", arrived[2].line);
    assert!(arrived.iter().all(|request| request.headers.iter().any(|h| h.eq_ignore_ascii_case("x-api-key: k-1"))));
}

#[test]
fn a_record_of_a_service_is_created_with_its_fields() {
    let server = Server::new(widgets);
    acme(&server).arg("create a gizmo called Rocket with color red and weight 5.5").run();
    let arrived = server.take();
    assert_eq!(arrived.len(), 1);
    assert_eq!(arrived[0].line, "POST /v1/widgets");
    assert_eq!(arrived[0].body, json!({"name": "Rocket", "color": "red", "weight": 5.5}));
}

#[test]
fn a_record_of_a_service_is_got_by_id_and_updated_by_name() {
    let server = Server::new(widgets);
    acme(&server).arg("get widget w_4").run();
    assert_eq!(server.lines(), ["GET /v1/widgets/w_4"]);
    acme(&server).arg("update widget \"Widget 4\" with color blue").run();
    let arrived = server.take();
    let last = arrived.last().expect("a request");
    assert_eq!((last.line.as_str(), &last.body), ("PATCH /v1/widgets/w_4", &json!({"color": "blue"})));
    assert!(arrived.len() > 1, "the name is looked up first");
}

#[test]
fn a_record_of_a_service_is_deleted_only_with_leave() {
    let server = Server::new(widgets);
    acme(&server).arg("delete widget w_3").status(4).run();
    assert!(server.lines().is_empty());
    acme(&server).args(["--yes", "delete widget w_3"]).run();
    assert_eq!(server.lines(), ["DELETE /v1/widgets/w_3"]);
}

#[test]
fn the_folder_of_the_user_is_read_without_being_named() {
    let ran = Test::new()
        .clock()
        .file("config/sayso/endpoints/highlevel/pets.yaml", PETS)
        .args(["route", &format!("show pets of contact {CONTACT}")])
        .run();
    assert_eq!(step(&ran)["operation"], "pets.list");
}

#[test]
fn a_mistake_in_the_folder_is_told_with_its_place() {
    let ran = over(&[("highlevel/pets.yaml", "operations:\n  pets.list:\n    requets: GET /pets\n")])
        .args(["route", "list pets"])
        .status(6)
        .run();
    assert!(ran.stderr.contains("mine/highlevel/pets.yaml:3:5"), "{}", ran.stderr);
    assert!(ran.stderr.contains("did you mean `request`?"), "{}", ran.stderr);
}

/// A service that has "contacts" too.
fn two_services() -> Test {
    let service = "service: rolodex\nbase_url: https://rolodex.example\n";
    let contacts = "operations:\n  rolodex.contacts:\n    request: GET /contacts/\n    params: {initial: text}\n";
    over(&[("rolodex/service.yaml", service), ("rolodex/contacts.yaml", contacts)])
}

#[test]
fn one_service_is_kept_to_where_two_could_be_meant() {
    for (service, operation) in [("rolodex", "rolodex.contacts"), ("highlevel", "contacts.search")] {
        let ran = two_services().args(["route", "--service", service, "list contacts"]).run();
        assert_eq!(step(&ran)["operation"], operation);
        let line = json!({"id": 1, "say": "list contacts", "dry_run": true}).to_string();
        let env = [("HIGHLEVEL_TOKEN", "t"), ("HIGHLEVEL_LOCATION_ID", "ve9EPM428h8vShlRW1KT")];
        let test = two_services().args(["--service", service, "pipe"]).stdin(line);
        let ran = env.iter().fold(test, |test, (name, value)| test.env(name, *value)).run();
        assert_eq!(ran.json()["operation"], operation, "{}", ran.stdout);
    }
}

#[test]
fn a_request_line_is_that_of_the_service_kept_to() {
    let call = json!({"operation": "GET /contacts", "params": {"initial": "J"}, "dry_run": true}).to_string();
    let ran = two_services().args(["--service", "rolodex", "pipe"]).stdin(call).run();
    assert_eq!(ran.json()["operation"], "rolodex.contacts", "{}", ran.stdout);
}

#[test]
fn a_service_that_is_not_there_is_told() {
    let ran = two_services().args(["--service", "rolodecks", "route", "list contacts"]).status(2).run();
    assert!(ran.stderr.contains("no service `rolodecks`") && ran.stderr.contains("rolodex"), "{}", ran.stderr);
}
