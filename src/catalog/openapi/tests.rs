use serde_json::{Value, json};

use super::{SchemeKind, Spec, SpecFiles, SpecKind, SpecPlace, read_spec};
use crate::diagnostic::{Severity, lines};

fn files(texts: &[(&str, &str)]) -> SpecFiles {
    SpecFiles::new(texts.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect())
}

/// The description of one file.
fn spec(text: &str) -> Spec {
    read_spec(&files(&[("shop.yaml", text)])).expect("an API")
}

fn warnings(spec: &Spec) -> Vec<String> {
    assert!(spec.warnings.iter().all(|warning| warning.severity == Severity::Warning));
    lines(&spec.warnings).lines().map(str::to_owned).collect()
}

const SHOP: &str = r##"
openapi: 3.1.0
info: {title: Corner Shop, version: 1.0}
servers:
  - url: https://{region}.shop.example/{base}/
    variables: {region: {default: eu, enum: [eu, us]}, base: {default: v2}}
components:
  securitySchemes:
    key: {type: apiKey, in: header, name: X-Key}
    login: {type: oauth2, flows: {}}
  parameters:
    Page: {name: page, in: query, schema: {type: integer, minimum: 1, default: 1}}
  schemas:
    Base: {type: object, required: [id], properties: {id: {type: string, readOnly: true}}}
    Order:
      allOf:
        - $ref: "#/components/schemas/Base"
        - type: object
          required: [lines]
          properties:
            lines: {type: array, items: {$ref: "#/components/schemas/Line"}}
            state: {enum: [open, paid, null]}
            parent: {$ref: "#/components/schemas/Order", description: The order it was split from}
            due: {type: [string, "null"], format: date-time}
    Line: {type: object, properties: {sku: {type: string, pattern: "^S"}, amount: {type: integer, exclusiveMinimum: 0}}}
security: [{key: []}]
paths:
  /orders/{orderId}/:
    parameters:
      - {name: orderId, in: path, required: true, schema: {type: string}}
      - {name: Version, in: header, schema: {type: string, enum: ["2021-07-28"]}}
      - {name: lang, in: query, schema: {type: string}}
    put:
      operationId: replaceOrder
      summary: " Replace an order "
      tags: [Orders]
      deprecated: true
      security: [{login: [orders.write, orders.read]}, {key: []}]
      parameters:
        - $ref: "#/components/parameters/Page"
        - {name: lang, in: query, required: true, schema: {type: string, enum: [en, de]}}
        - {name: Authorization, in: header, schema: {type: string}}
      requestBody:
        required: true
        content:
          text/csv: {schema: {type: string}}
          application/json: {schema: {$ref: "#/components/schemas/Order"}}
      responses:
        404: {description: none}
        204: {description: nothing}
        200:
          description: the order
          content: {application/json: {schema: {type: object, properties: {order: {$ref: "#/components/schemas/Order"}}}}}
"##;

#[test]
fn all_that_is_said_of_an_operation_is_read() {
    let spec = spec(SHOP);
    assert_eq!(warnings(&spec), [""; 0]);
    assert_eq!((spec.title.as_str(), spec.servers[0].url.as_str()), ("Corner Shop", "https://eu.shop.example/v2"));
    assert_eq!(spec.scheme("key").map(|s| &s.kind), Some(&SchemeKind::Header("X-Key".to_owned())));
    assert_eq!(spec.scheme("login").map(|s| &s.kind), Some(&SchemeKind::Bearer));
    let [operation] = spec.operations.as_slice() else { panic!("one operation") };
    assert_eq!(operation.request_line(), "PUT /orders/{orderId}/");
    assert_eq!((operation.id.as_deref(), operation.summary.as_str()), (Some("replaceOrder"), "Replace an order"));
    assert_eq!(
        (operation.file.as_str(), &operation.tags, operation.deprecated),
        ("shop", &vec!["Orders".to_owned()], true)
    );
    assert_eq!(operation.scopes(), ["orders.write", "orders.read"]);
    assert_eq!(operation.constant_header(), Some(("Version", "2021-07-28".to_owned())));
    assert_eq!(operation.place.line, 33);
    let params: Vec<_> = operation.params.iter().map(|p| (p.name.as_str(), p.place, p.required, p.declared)).collect();
    assert_eq!(
        params,
        [
            ("orderId", SpecPlace::Path, true, true),
            ("Version", SpecPlace::Header, false, true),
            ("lang", SpecPlace::Query, true, true),
            ("page", SpecPlace::Query, false, true),
        ]
    );
    let page = &operation.param("page", SpecPlace::Query).expect("page").schema;
    assert_eq!((page.kind, page.min, &page.default), (SpecKind::Integer, Some(1.0), &Some(json!(1))));
}

#[test]
fn schemas_are_followed_merged_and_cut_where_they_come_round() {
    let spec = spec(SHOP);
    let body = spec.operations[0].body.as_ref().expect("a body");
    assert_eq!((body.content_type.as_str(), body.content_types.len(), body.required), ("application/json", 2, true));
    let order = &body.schema;
    assert_eq!((order.kind, order.name.as_deref()), (SpecKind::Object, Some("Order")));
    assert_eq!(order.required, ["id", "lines"]);
    let names: Vec<&str> = order.properties.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["id", "lines", "state", "parent", "due"]);
    assert!(order.property("id").is_some_and(|id| id.read_only));
    let line = order.property("lines").and_then(|lines| lines.items.as_deref()).expect("lines");
    assert_eq!(line.name.as_deref(), Some("Line"));
    assert_eq!(line.property("amount").and_then(|amount| amount.min), Some(1.0));
    let state = order.property("state").expect("state");
    assert_eq!(
        (&state.values, state.nullable, state.kind),
        (&vec![json!("open"), json!("paid")], true, SpecKind::String)
    );
    let due = order.property("due").expect("due");
    assert_eq!((due.kind, due.nullable, due.format.as_deref()), (SpecKind::String, true, Some("date-time")));
    let parent = order.property("parent").expect("parent");
    assert_eq!((parent.cut, parent.description.as_str()), (true, "The order it was split from"));
    assert!(parent.properties.is_empty());
    let response = spec.operations[0].response.as_ref().expect("an answer");
    assert_eq!(response.status, 200);
    let answered = response.schema.as_ref().and_then(|schema| schema.property("order"));
    assert_eq!(answered.and_then(|order| order.name.as_deref()), Some("Order"));
}

#[test]
fn alternatives_are_kept_and_their_fields_joined() {
    let spec = spec(
        r"
openapi: 3.0.0
paths:
  /pay:
    post:
      requestBody:
        content:
          application/json:
            schema:
              type: object
              properties: {note: {type: string}}
              oneOf:
                - {properties: {card: {type: string}, amount: {type: number}}, required: [card, amount]}
                - {properties: {iban: {type: string}, amount: {type: number}}, required: [iban, amount]}
      responses: {default: {description: done, content: {application/json: {schema: {anyOf: [{type: 'null'}, {type: array, items: {type: string}}]}}}}}
",
    );
    let schema = &spec.operations[0].body.as_ref().expect("a body").schema;
    assert_eq!(schema.alternatives.len(), 2);
    let fields: Vec<_> =
        schema.fields().into_iter().map(|(name, schema, needed)| (name, schema.kind, needed)).collect();
    let text = SpecKind::String;
    let expected =
        [("note", text, false), ("card", text, false), ("amount", SpecKind::Number, true), ("iban", text, false)];
    assert_eq!(fields, expected);
    let response = spec.operations[0].response.as_ref().expect("an answer");
    let answer = response.schema.as_ref().expect("a schema");
    assert_eq!(
        (response.status, answer.kind, answer.nullable, answer.alternatives.len()),
        (200, SpecKind::Array, true, 0)
    );
}

#[test]
fn each_fault_is_a_warning_and_the_operation_stays() {
    let faulty = r##"
openapi: 3.0.0
paths:
  /a/{aId}/b/{bId}:
    get:
      parameters:
        - {name: bId, in: path, required: true, schema: {$ref: "#/components/schemas/Gone"}}
        - {name: q, in: query, schema: {type: string}}
        - {name: q, in: query, schema: {type: integer}}
        - {name: bId, in: query}
        - {name: lost}
        - {name: zId, in: path, required: true}
        - $ref: "#/components/parameters/Gone"
      responses: {200: {$ref: "other.yaml#/Gone"}, 404: {content: {a/b: {schema: {$ref: "#/components/schemas/Lost"}}}}}
    post:
      requestBody: {content: {application/json: {schema: {type: object}}}}
      parameters: [{name: aId, in: path}, {name: bId, in: path}]
    delete: nonsense
    trace: {}
  /c: {$ref: "#/nowhere"}
"##;
    let spec = spec(faulty);
    let names: Vec<String> = spec.operations.iter().map(super::SpecOperation::request_line).collect();
    assert_eq!(names, ["GET /a/{aId}/b/{bId}", "POST /a/{aId}/b/{bId}"]);
    let found = warnings(&spec);
    let expected = [
        "names its parameter `q` twice",
        "names its parameter `bId` in two places",
        "never declares its path parameter `aId`",
        "refers to `#/components/schemas/Gone`",
        "does not say where its parameter `lost` is sent",
        "declares a path parameter `zId` that its path does not have",
        "refers to `#/components/parameters/Gone`",
        "refers to `other.yaml#/Gone`",
        "refers to `#/components/schemas/Lost`",
        "has a body without any fields",
        "`delete` of `/a/{aId}/b/{bId}` is no operation",
        "`TRACE /a/{aId}/b/{bId}` is left out",
        "`/c` is `#/nowhere`",
    ];
    for part in expected {
        assert!(found.iter().any(|line| line.contains(part)), "{part} in {found:#?}");
    }
    assert_eq!(found.len(), expected.len(), "{found:#?}");
    assert!(found.iter().any(|line| line.starts_with("shop.yaml:5:5: warning: `GET /a/{aId}/b/{bId}`")), "{found:#?}");
    let undeclared = spec.operations[0].param("aId", SpecPlace::Path).expect("the variable of the path");
    assert!(undeclared.required && !undeclared.declared);
}

#[test]
fn references_between_files_are_followed_even_where_a_folder_moved() {
    let main = r#"{"openapi": "3.0.0", "info": {"title": "A"}, "paths": {"/x": {"$ref": "paths/x.yaml"}, "/y": {"get": {
        "responses": {"200": {"content": {"application/json": {"schema": {"$ref": "../common/c.json#/components/schemas/C"}}}}}}}}}"#;
    let x = "get: {responses: {200: {description: ok, content: {application/json: {schema: {$ref: '../common/c.json#/components/schemas/C'}}}}}}";
    let c = r#"{"components": {"schemas": {"C": {"type": "object", "properties": {"a": {"type": "string"}}}}}}"#;
    let spec = read_spec(&files(&[("in/main.json", main), ("in/paths/x.yaml", x), ("in/common/c.json", c)]));
    let spec = spec.expect("an API");
    assert_eq!(warnings(&spec), [""; 0]);
    for operation in &spec.operations {
        let schema = operation.response.as_ref().and_then(|response| response.schema.as_ref());
        assert_eq!(schema.and_then(|schema| schema.name.as_deref()), Some("C"), "{}", operation.request_line());
    }
    assert_eq!(spec.operations.len(), 2);
}

#[test]
fn several_files_make_one_description() {
    let one = r#"{"openapi": "3.0.0", "info": {"title": "One"}, "paths": {"/x": {"get": {}}}}"#;
    let two = r#"{"openapi": "3.0.0", "info": {"title": "Two"}, "paths": {"/x": {"get": {}}, "/y": {"get": {}}}}"#;
    let spec = read_spec(&files(&[("acme/one.json", one), ("acme/two.json", two), ("acme/note.txt.json", "{")]));
    let spec = spec.expect("an API");
    assert_eq!(spec.title, "acme");
    let names: Vec<_> = spec.operations.iter().map(|o| (o.file.clone(), o.request_line())).collect();
    assert_eq!(names, [("one".to_owned(), "GET /x".to_owned()), ("two".to_owned(), "GET /y".to_owned())]);
    let found = warnings(&spec);
    assert_eq!(found.len(), 2, "{found:#?}");
    assert!(found[0].contains("note.txt.json:1:") && found[1].contains("is in two files"), "{found:#?}");
}

#[test]
fn what_describes_no_api_is_refused() {
    for text in ["", "[1, 2]", "openapi: 3.0.0", "just words", "{\"paths\": {}}"] {
        let found = read_spec(&files(&[("x.yaml", text)])).expect_err("no API");
        assert!(found[0].message.contains("no OpenAPI description in x.yaml"), "{text}: {found:?}");
    }
    let found = read_spec(&files(&[("x.json", "{\"openapi\": ")])).expect_err("no JSON");
    assert!(found[0].message.starts_with("this is not JSON"), "{found:?}");
}

#[test]
fn version_two_is_read_like_version_three() {
    let spec = spec(
        r##"
swagger: "2.0"
info: {title: Old}
host: old.example
basePath: /api
schemes: [http, https]
securityDefinitions: {basic: {type: basic}, token: {type: apiKey, in: query, name: t}}
produces: [application/json]
definitions: {Pet: {type: object, properties: {name: {type: string}}}}
parameters: {PetBody: {name: body, in: body, required: true, schema: {$ref: "#/definitions/Pet"}}}
paths:
  /pets/{id}:
    parameters: [{name: id, in: path, required: true, type: integer, format: int64}]
    get:
      responses: {200: {description: ok, schema: {type: array, items: {$ref: "#/definitions/Pet"}}}}
    put:
      parameters: [{$ref: "#/parameters/PetBody"}]
      responses: {}
    post:
      consumes: [multipart/form-data]
      parameters: [{name: photo, in: formData, type: file, required: true, description: a picture}]
      responses: {}
"##,
    );
    assert_eq!(warnings(&spec), [""; 0]);
    assert_eq!(spec.servers[0].url, "https://old.example/api");
    assert_eq!(spec.scheme("basic").map(|s| &s.kind), Some(&SchemeKind::Basic));
    let [get, put, post] = spec.operations.as_slice() else { panic!("three operations") };
    let id = get.param("id", SpecPlace::Path).expect("the id");
    assert_eq!((id.schema.kind, id.schema.format.as_deref()), (SpecKind::Integer, Some("int64")));
    let listed = get.response.as_ref().and_then(|r| r.schema.as_ref()).and_then(|s| s.items.as_deref());
    assert_eq!(listed.and_then(|pet| pet.name.as_deref()), Some("Pet"));
    assert_eq!(put.body.as_ref().and_then(|b| b.schema.name.as_deref()), Some("Pet"));
    let form = post.body.as_ref().expect("a form");
    assert_eq!(form.content_type, "multipart/form-data");
    let photo = form.schema.property("photo").expect("the photo");
    assert_eq!((photo.format.as_deref(), form.schema.requires("photo")), (Some("binary"), true));
}

#[test]
fn a_schema_that_grows_without_end_is_cut() {
    let mut schemas = serde_json::Map::new();
    for n in 0..20 {
        let fields =
            (0..20).map(|m| (format!("f{m}"), json!({"$ref": format!("#/components/schemas/S{}", (n + m) % 20)})));
        let fields: serde_json::Map<String, Value> = fields.collect();
        schemas.insert(format!("S{n}"), json!({"type": "object", "properties": fields}));
    }
    let body = json!({"content": {"application/json": {"schema": {"$ref": "#/components/schemas/S0"}}}});
    let text = json!({"openapi": "3.0.0", "paths": {"/x": {"post": {"requestBody": body}}}, "components": {"schemas": schemas}});
    let spec = spec(&text.to_string());
    let schema = &spec.operations[0].body.as_ref().expect("a body").schema;
    assert_eq!(schema.properties.len(), 20, "what is listed first is all there");
    assert!(schema.property("f19").is_some_and(|last| last.kind == SpecKind::Object && last.cut));
}
