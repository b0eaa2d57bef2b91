//! `sayso catalog diff`: a small catalog against a small specification that it is equal to, then against every way in
//! which one of the two may change; and the catalog that ships against the official files, where they are at hand
//! (`SAYSO_SPECS` names their folder).

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use sayso::catalog::drift::{Accounts, Drift, drift};
use sayso::catalog::openapi::{SpecFiles, read_spec};
use sayso::catalog::{Layer, load, read_layer};
use serde_json::Value;
use support::Test;

const SERVICE: &str = "
service: acme
base_url: https://api.acme.test
version_header: Version
token_kinds: {Team: agency, Person: sub-account}
resources: {pet: {nouns: [pet]}}
";

const PETS: &str = "
operations:
  pets.list:
    request: GET /pets/
    version: 1
    scopes: [pets.read]
    token: sub-account
    params:
      limit: integer
      kind: {enum: [cat, dog]}
  pets.create:
    request: POST /pets/
    version: 1
    scopes: [pets.write, pets.read]
    token: any
    params:
      name: {required: true}
      tags: [text]
      owner.email: {type: email, required: true}
      owner.phone: phone
      shots: {type: [object], fields: {at: {type: date, required: true}, dose: number}}
  pets.rename:
    request: PUT /pets/{{ petId }}/name
    version: 1
    status: deprecated
    token: agency
    body: form
    params: {petId: pet, name: text}
  pets.guess: {request: POST /pets/guess, status: undocumented}
  pets.newer: {request: POST /pets/newer, version: 2}
";

const SPEC: &str = "
openapi: 3.0.3
info: {title: Acme, version: '1'}
servers: [{url: https://api.acme.test}]
components:
  securitySchemes: {Team: {type: http, scheme: bearer}, Person: {type: http, scheme: bearer}}
paths:
  /pets/:
    get:
      security: [{Person: [pets.read]}]
      parameters:
        - {name: Version, in: header, required: true, schema: {type: string, enum: ['1']}}
        - {name: limit, in: query, schema: {type: integer}}
        - {name: kind, in: query, schema: {type: string, enum: [cat, dog]}}
      responses: {'200': {description: fine}}
    post:
      security: [{Person: [pets.write]}, {Team: [pets.read]}]
      parameters: [{name: Version, in: header, required: true, schema: {type: string, enum: ['1']}}]
      requestBody:
        content:
          application/json:
            schema:
              type: object
              required: [name, owner]
              properties:
                name: {type: string}
                tags: {type: array, items: {type: string}}
                owner:
                  type: object
                  required: [email]
                  properties: {email: {type: string}, phone: {type: string}}
                shots:
                  type: array
                  items: {type: object, required: [at], properties: {at: {type: string}, dose: {type: number}}}
                born: {type: string, readOnly: true}
      responses: {'201': {description: fine}}
  /pets/{petId}/name:
    put:
      deprecated: true
      security: [{Team: []}]
      parameters:
        - {name: Version, in: header, required: true, schema: {type: string, enum: ['1']}}
        - {name: petId, in: path, required: true, schema: {type: string}}
      requestBody:
        content: {application/x-www-form-urlencoded: {schema: {type: object, properties: {name: {type: string}}}}}
      responses: {'200': {description: fine}}
";

fn compared(service: &str, pets: &str, spec: &str) -> Drift {
    let files = [("acme/service.yaml", service), ("acme/pets.yaml", pets)];
    let files = files.iter().map(|(file, text)| ((*file).to_owned(), (*text).to_owned())).collect();
    let loaded = load(&[Layer::new("", files)]).unwrap_or_else(|found| panic!("{found:?}"));
    let spec = SpecFiles::new(vec![("acme.yaml".to_owned(), spec.to_owned())]);
    let spec = read_spec(&spec).unwrap_or_else(|found| panic!("{found:?}"));
    let service = loaded.catalog.service("acme").expect("the service");
    drift(&loaded.catalog, service, &Accounts::of(&loaded.forest, "acme"), &spec)
}

/// Each difference with its request.
fn told(drift: &Drift) -> Vec<String> {
    drift.differences.iter().map(|found| format!("{} {found}", found.request)).collect()
}

fn changed(text: &str, from: &str, to: &str) -> String {
    assert!(text.contains(from), "{from}");
    text.replacen(from, to, 1)
}

#[test]
fn what_is_equal_differs_in_nothing() {
    let drift = compared(SERVICE, PETS, SPEC);
    assert_eq!(told(&drift), Vec::<String>::new());
    assert_eq!((drift.compared, drift.idle.len()), (3, 0));
}

/// Holds the small catalog against a specification that says one thing otherwise: what, how, and what that is told as.
fn spec_changes(changes: &[(&str, &str, &[&str])]) {
    for (from, to, expected) in changes {
        let drift = compared(SERVICE, PETS, &changed(SPEC, from, to));
        assert_eq!(told(&drift), *expected, "{from} → {to}");
    }
}

#[test]
fn every_change_of_an_operation_in_the_specification_is_seen() {
    spec_changes(&[
        (
            "  /pets/{petId}/name:",
            "  /pets/{petId}/title:",
            &[
                "PUT /pets/{petId}/title presence: catalog nothing, spec a deprecated operation",
                "PUT /pets/{petId}/name presence: catalog an operation, spec nothing",
            ],
        ),
        (
            "    post:\n",
            "    patch:\n",
            &[
                "PATCH /pets/ presence: catalog nothing, spec an operation",
                "POST /pets/ presence: catalog an operation, spec nothing",
            ],
        ),
        (
            "  /pets/:\n",
            "  /pets:\n",
            &["GET /pets path: catalog /pets/, spec /pets", "POST /pets path: catalog /pets/, spec /pets"],
        ),
        (
            "deprecated: true\n",
            "deprecated: false\n",
            &["PUT /pets/{petId}/name status: catalog deprecated, spec current"],
        ),
        ("enum: ['1']", "enum: ['3']", &["GET /pets/ version: catalog 1, spec 3"]),
        ("[{Person: [pets.read]}]", "[{Person: [pets.see]}]", &["GET /pets/ scopes: catalog pets.read, spec pets.see"]),
        ("[{Person: [pets.read]}]", "[{Team: [pets.read]}]", &["GET /pets/ token: catalog sub-account, spec agency"]),
        (", {Team: [pets.read]}]", ", {Person: [pets.read]}]", &["POST /pets/ token: catalog any, spec sub-account"]),
    ]);
}

#[test]
fn every_change_of_a_parameter_in_the_specification_is_seen() {
    spec_changes(&[
        (
            "name: limit, in: query",
            "name: most, in: query",
            &[
                "GET /pets/ query most presence: catalog nothing, spec integer",
                "GET /pets/ query limit presence: catalog integer, spec nothing",
            ],
        ),
        (
            "name: kind, in: query, ",
            "name: kind, in: header, ",
            &[
                "GET /pets/ header kind presence: catalog nothing, spec string",
                "GET /pets/ query kind presence: catalog string, spec nothing",
            ],
        ),
        (
            "in: query, schema: {type: integer}",
            "in: query, required: true, schema: {type: integer}",
            &["GET /pets/ query limit required: catalog optional, spec required"],
        ),
        (
            "schema: {type: integer}",
            "schema: {type: number}",
            &["GET /pets/ query limit type: catalog integer, spec number"],
        ),
        ("enum: [cat, dog]", "enum: [cat, cow]", &["GET /pets/ query kind enum: catalog also dog, spec also cow"]),
        (", enum: [cat, dog]", "", &["GET /pets/ query kind enum: catalog one of cat, dog, spec any value"]),
        (
            "  /pets/{petId}/name:",
            "  /pets/{id}/name:",
            &[
                "PUT /pets/{id}/name path: catalog /pets/{petId}/name, spec /pets/{id}/name",
                "PUT /pets/{id}/name path id presence: catalog nothing, spec required any",
                "PUT /pets/{id}/name path petId presence: catalog string, spec nothing",
            ],
        ),
        (
            "application/x-www-form-urlencoded",
            "application/json",
            &["PUT /pets/{petId}/name body: catalog application/x-www-form-urlencoded, spec application/json"],
        ),
        (
            "required: [name, owner]",
            "required: [owner, tags]",
            &[
                "POST /pets/ body name required: catalog required, spec optional",
                "POST /pets/ body tags required: catalog optional, spec required",
            ],
        ),
        (
            "required: [name, owner]",
            "required: [name]",
            &["POST /pets/ body owner.email required: catalog required, spec optional"],
        ),
        (
            "email: {type: string}, ",
            "email: {type: string}, mail: {type: boolean}, ",
            &["POST /pets/ body owner.mail presence: catalog nothing, spec boolean"],
        ),
        (", phone: {type: string}", "", &["POST /pets/ body owner.phone presence: catalog string, spec nothing"]),
        (
            "items: {type: string}}",
            "items: {type: integer}}",
            &["POST /pets/ body tags type: catalog [string], spec [integer]"],
        ),
        (
            "dose: {type: number}",
            "dose: {type: string}",
            &["POST /pets/ body shots.dose type: catalog number, spec string"],
        ),
        ("required: [at], ", "", &["POST /pets/ body shots.at required: catalog required, spec optional"]),
        (", dose: {type: number}", "", &["POST /pets/ body shots.dose presence: catalog number, spec nothing"]),
        ("readOnly: true", "nullable: true", &["POST /pets/ body born presence: catalog nothing, spec string"]),
    ]);
}

#[test]
fn every_change_of_the_catalog_is_seen() {
    for (from, to, expected) in [
        (
            "status: undocumented",
            "status: official",
            vec!["POST /pets/guess presence: catalog an operation, spec nothing"],
        ),
        (
            "newer, version: 2",
            "newer, version: 1",
            vec!["POST /pets/newer presence: catalog an operation, spec nothing"],
        ),
        ("      limit: integer\n", "", vec!["GET /pets/ query limit presence: catalog nothing, spec integer"]),
        (
            "limit: integer",
            "limit: {type: integer, in: header}",
            vec![
                "GET /pets/ query limit presence: catalog nothing, spec integer",
                "GET /pets/ header limit presence: catalog integer, spec nothing",
            ],
        ),
        (
            "limit: integer",
            "limit: {type: integer, wire: string}",
            vec!["GET /pets/ query limit type: catalog string, spec integer"],
        ),
        ("token: sub-account", "token: any", vec!["GET /pets/ token: catalog any, spec sub-account"]),
        ("scopes: [pets.read]", "title: List", vec!["GET /pets/ scopes: catalog none, spec pets.read"]),
        (
            "      tags: [text]\n",
            "      tags: [text]\n      more: text\n",
            vec!["POST /pets/ body more presence: catalog string, spec nothing"],
        ),
        (
            "shots: {type: [object], fields: {at: {type: date, required: true}, dose: number}}",
            "shots: [object]",
            vec![
                "POST /pets/ body shots.at presence: catalog nothing, spec string",
                "POST /pets/ body shots.dose presence: catalog nothing, spec number",
            ],
        ),
    ] {
        let drift = compared(SERVICE, &changed(PETS, from, to), SPEC);
        let told = told(&drift);
        assert_eq!(told, expected, "{from} → {to}");
    }
}

#[test]
fn a_variable_that_the_file_forgets_is_no_difference() {
    let forgets = changed(SPEC, "        - {name: petId, in: path, required: true, schema: {type: string}}\n", "");
    assert_eq!(told(&compared(SERVICE, PETS, &forgets)), Vec::<String>::new());
}

#[test]
fn a_field_that_only_answers_have_may_be_left_out_or_be_what_the_file_says() {
    let has = |born: &str| changed(PETS, "      tags: [text]\n", &format!("      tags: [text]\n      born: {born}\n"));
    assert_eq!(told(&compared(SERVICE, &has("text"), SPEC)), Vec::<String>::new());
    let told = told(&compared(SERVICE, &has("integer"), SPEC));
    assert_eq!(told, ["POST /pets/ body born type: catalog integer, spec string"]);
}

#[test]
fn an_enum_that_is_open_and_a_type_that_is_taken_are_said_in_the_catalog() {
    let spec = changed(SPEC, "enum: [cat, dog]", "enum: [cat, cow]");
    let open = changed(PETS, "kind: {enum: [cat, dog]}", "kind: {enum: [cat, dog], open: true}");
    assert_eq!(told(&compared(SERVICE, &open, &spec)), Vec::<String>::new());
    let spec = changed(SPEC, "schema: {type: integer}", "schema: {type: string}");
    let taken = changed(PETS, "limit: integer", "limit: {type: integer, takes: [string]}");
    assert_eq!(told(&compared(SERVICE, &taken, &spec)), Vec::<String>::new());
}

#[test]
fn a_difference_may_be_accounted_for_as_long_as_it_is_there() {
    let spec = changed(SPEC, "dose: {type: number}", "dose: {type: string}");
    let account = "    differs: {body shots.dose type: the file is wrong}\n    token: any\n";
    let pets = changed(PETS, "    token: any\n", account);
    let drift = compared(SERVICE, &pets, &spec);
    assert_eq!((told(&drift), drift.idle), (vec![], vec![]));
    let drift = compared(SERVICE, &pets, SPEC);
    assert_eq!((told(&drift), drift.idle), (vec![], vec!["pets.create: body shots.dose type".to_owned()]));
}

#[test]
fn a_scheme_that_nobody_explains_is_told() {
    let drift = compared(&changed(SERVICE, "Team: agency, ", ""), PETS, SPEC);
    let told = told(&drift);
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].ends_with("token: catalog any, spec `Team`, which is not under `token_kinds`"), "{told:?}");
}

/// A folder with the small catalog, and the small specification in a file.
fn folder(test: &Test, spec: &str) -> (PathBuf, PathBuf) {
    let catalog = test.path().join("mine");
    fs::create_dir_all(catalog.join("acme")).expect("a folder");
    fs::write(catalog.join("acme/service.yaml"), SERVICE).expect("a file");
    fs::write(catalog.join("acme/pets.yaml"), PETS).expect("a file");
    let file = test.path().join("acme.yaml");
    fs::write(&file, spec).expect("a file");
    (catalog, file)
}

fn run(test: &Test, catalog: &Path, spec: &Path, more: &[&str]) -> (Option<i32>, String) {
    let mut command = test.command();
    command.arg("--endpoints").arg(catalog).args(more).arg("catalog").arg("diff").arg(spec);
    let ran = command.output().expect("it runs");
    (ran.status.code(), String::from_utf8(ran.stdout).expect("text"))
}

#[test]
fn the_program_ends_with_nothing_only_when_nothing_differs() {
    let test = Test::new();
    let (catalog, spec) = folder(&test, SPEC);
    let (code, out) = run(&test, &catalog, &spec, &[]);
    assert_eq!((code, out.as_str()), (Some(0), "3 operations compared, no difference\n"));
    let (catalog, spec) = folder(&test, &changed(SPEC, "enum: [cat, dog]", "enum: [cat, cow]"));
    let (code, out) = run(&test, &catalog, &spec, &[]);
    assert_eq!(code, Some(6), "{out}");
    assert!(out.starts_with("GET /pets/ · pets.list ") && out.contains("acme/pets.yaml:3"), "{out}");
    assert!(
        out.ends_with("  query kind enum: catalog also dog, spec also cow\n3 operations compared, 1 difference\n"),
        "{out}"
    );
    let (code, out) = run(&test, &catalog, &spec, &["--output", "json"]);
    let json: Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!(code, Some(6));
    let first = &json["differences"][0];
    assert_eq!(
        (&first["operation"], &first["aspect"], &first["at"]),
        (&"pets.list".into(), &"enum".into(), &"query kind".into())
    );
    let (code, _) = run(&test, &catalog, Path::new("nowhere.json"), &[]);
    assert_eq!(code, Some(2));
}

fn official() -> Option<PathBuf> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/specs/highlevel-v2");
    let folder = std::env::var_os("SAYSO_SPECS").map_or_else(beside, PathBuf::from);
    let there = folder.is_dir();
    if !there {
        println!("skipped: no official files in {}", folder.display());
    }
    there.then_some(folder)
}

/// The catalog that ships with one of its files changed, against the official files.
fn shipped(folder: &Path, change: Option<(&str, &str, &str)>) -> Drift {
    let mut layer = read_layer(&Path::new(env!("CARGO_MANIFEST_DIR")).join("endpoints")).expect("the catalog");
    if let Some((file, from, to)) = change {
        let (_, text) = layer.files.iter_mut().find(|(name, _)| name == file).expect("the file");
        *text = changed(text, from, to);
    }
    let loaded = load(&[layer]).unwrap_or_else(|found| panic!("{found:?}"));
    let spec = read_spec(&SpecFiles::read(&[folder.to_owned()]).expect("the files")).expect("they are read");
    let service = loaded.catalog.service("highlevel").expect("the service");
    drift(&loaded.catalog, service, &Accounts::of(&loaded.forest, "highlevel"), &spec)
}

#[test]
fn the_catalog_that_ships_is_what_the_official_files_say() {
    let Some(folder) = official() else { return };
    let drift = shipped(&folder, None);
    assert_eq!((told(&drift), drift.idle), (vec![], vec![]));
    assert_eq!(drift.compared, 576);
}

#[test]
fn breaking_the_catalog_that_ships_is_seen() {
    let Some(folder) = official() else { return };
    let file = "highlevel/surveys.yaml";
    for (from, to, expected) in [
        ("request: GET /surveys/\n", "request: GET /surveys/all\n", 2),
        ("request: GET /surveys/\n", "request: GET /surveys\n", 1),
        ("version: 2021-07-28", "version: 2021-04-15", 1),
        ("scopes: [surveys.readonly]", "scopes: [surveys.write]", 1),
        ("token: sub-account", "token: agency", 1),
    ] {
        let drift = shipped(&folder, Some((file, from, to)));
        assert_eq!(drift.differences.len(), expected, "{from} → {to}: {:?}", told(&drift));
    }
}
