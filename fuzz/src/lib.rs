//! What any bytes are put through, by the fuzzer and by `tests/corpora.rs`. Each function panics where a promise is broken.

use std::sync::LazyLock;

use jiff::Zoned;
use sayso::catalog::{Catalog, Layer, load};
use sayso::execute::{Shown, answer_json};
use sayso::front::pipe::{Asked, Line};
use sayso::intent::{Context, Memory, Reader};
use sayso::language::read;
use sayso::plan::{Context as PlanContext, fill_text, plan};
use sayso::present::{Form, Look, Stream, clean_lines};
use sayso::request::draft;
use serde_json::{Value, json};

/// Longest answer that is read here, in bytes.
const LONGEST_ANSWER: usize = 1024 * 1024;

static CATALOG: LazyLock<Catalog> = LazyLock::new(Catalog::builtin);
static READER: LazyLock<Reader> = LazyLock::new(Reader::new);

fn now() -> Zoned {
    "2026-11-20T09:00:00[America/New_York]".parse().expect("a zoned date-time")
}

/// Any line is read, and again in the same way; what it asks for is made into a request without a panic, and nothing in the
/// line leaves its place in the path or in a header.
pub fn phrase(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let Ok(utterance) = read(&text) else { return };
    let (now, memory) = (now(), Memory::default());
    let context = Context { now: &now, memory: &memory, hidden: false, service: None, explain: false };
    let intent = READER.read(&utterance, &CATALOG, &context);
    assert_eq!(intent, READER.read(&utterance, &CATALOG, &context), "the same line is read in two ways");
    let mut context = PlanContext::new(now.clone());
    for service in CATALOG.services() {
        for value in &service.context {
            context.set(&service.name, &value.name, "a0000000000000000001");
        }
    }
    for step in plan(&intent.steps, &CATALOG, &context).steps {
        let Ok(draft) = draft(&step, &CATALOG, &context) else { continue };
        let segments = |path: &str| path.split('/').count();
        assert_eq!(segments(&draft.path), segments(&draft.shape), "{} leaves {}", draft.path, draft.shape);
        assert!(draft.path.bytes().all(|b| b.is_ascii_graphic() && !b"?#\\".contains(&b)), "{}", draft.path);
        let breaks = |(name, value): &(String, String)| name.chars().chain(value.chars()).any(char::is_control);
        assert!(!draft.headers.iter().any(breaks), "{:?}", draft.headers);
    }
}

/// Any file becomes a catalog that can be used, or findings that each say where.
pub fn catalog(data: &[u8]) {
    let text = String::from_utf8_lossy(data).into_owned();
    let service = "service: acme\nbase_url: https://api.acme.invalid\nresources: {pet: {nouns: [pet]}}\n".to_owned();
    let more = Layer::new("fuzz", vec![("acme/service.yaml".into(), service), ("acme/more.yaml".into(), text.clone())]);
    let whole = Layer::new("fuzz", vec![("acme/service.yaml".into(), text)]);
    for layer in [more, whole] {
        match load(&[layer]) {
            Ok(loaded) => loaded.catalog.ids().for_each(|id| drop(format!("{:?}", loaded.catalog.operation(id)))),
            Err(found) => assert!(found.iter().all(|finding| !finding.message.is_empty()), "{found:?}"),
        }
    }
}

/// Any template is refused when it is loaded, or gives about as much as went into it.
pub fn template(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let quoted = Value::from(text.as_ref()).to_string();
    let service = format!(
        "service: acme\nbase_url: https://api.acme.invalid\nresources: {{pet: {{nouns: [pet], label: {quoted}}}}}\n"
    );
    if load(&[Layer::new("fuzz", vec![("acme/service.yaml".into(), service)])]).is_err() {
        return;
    }
    let values =
        json!({"a": "x".repeat(20), "b": ["y", "z", {"c": 1}], "n": 7.5, "t": true, "o": {"p": {"q": "deep"}}});
    if let Ok(filled) = fill_text(&text, &values) {
        assert!(filled.len() <= 1000 + 100 * text.len(), "{} bytes of {}", filled.len(), text.len());
    }
}

/// Any answer becomes a value within bounds, and is printed without steering the terminal.
pub fn response(data: &[u8]) {
    let Some(body) = answer_json(data, LONGEST_ANSWER) else { return };
    let records = match body {
        Value::Array(records) => records,
        other => vec![other],
    };
    for form in [Form::Table, Form::Json, Form::Jsonl, Form::Csv, Form::Yaml] {
        let mut stream = Stream::new(Look { form, width: Some(80), ..Look::default() });
        let shown = Shown {
            count: records.len(),
            many: true,
            resource: None,
            columns: [].into(),
            labels: records.iter().map(|record| record["name"].as_str().unwrap_or_default().to_owned()).collect(),
            total: None,
            more: false,
            records: records.clone().into(),
        };
        let text = stream.page(shown);
        assert_eq!(text.replace('\r', ""), clean_lines(&text.replace('\r', "")), "{form:?} steers the terminal");
    }
}

/// Any line is taken or refused; what is told about it is short.
pub fn pipe_line(data: &[u8]) {
    match Line::parse(data) {
        Ok(line) => {
            if let Asked::Say(text) = line.asked {
                assert!(text.len() <= 64 * 1024);
            }
        }
        Err(bad) => assert!(bad.failure.message.len() < 2_000, "{}", bad.failure.message),
    }
}
