use serde_json::{Map, Value};

use super::keys::{CASE, CASE_REQUEST};
use super::load::{METHODS, names, shown};
use super::yaml::{self, Fields, Key, Node, Report, Span, literal, parse, suggest, wrong};
use super::{Catalog, Operation};
use crate::diagnostic::{Diagnostic, Place, Severity, did_you_mean};

/// What is missing where a record is to be changed and nothing is said of how: no parameter, any of them will do.
pub const CHANGES: &str = "changes";

/// What is missing where a word of the line was not understood and all else of it was: somebody who agrees to go on without
/// it.
pub const AGREEMENT: &str = "agreement";

/// What some phrases must be read as, and what must be sent for them: an entry of a `.test.yaml`.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// Operation by name.
    pub operation: String,
    /// Phrases that must read to it.
    pub say: Vec<CasePhrase>,
    /// Phrases that must not.
    pub refuse: Vec<CasePhrase>,
    /// Exactly what the phrases say, by parameter name.
    pub params: Map<String, Value>,
    /// Required parameters that the phrases leave out.
    pub missing: Vec<String>,
    /// What is sent; only the parts that are given are compared.
    pub request: Option<CaseRequest>,
}

/// A phrase and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct CasePhrase {
    /// The words.
    pub text: String,
    /// Where they stand in the file.
    pub place: Place,
}

/// The parts of a request that a case compares.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CaseRequest {
    /// Upper-case method.
    pub method: Option<String>,
    /// Path with its variables in braces or filled in.
    pub path: Option<String>,
    /// Query parameters.
    pub query: Option<Map<String, Value>>,
    /// The body.
    pub body: Option<Value>,
    /// Headers that must be among those sent.
    pub headers: Option<Map<String, Value>>,
}

/// Reads a `.test.yaml`; `file` is its name in messages.
///
/// # Errors
/// Everything that is wrong with it: its shape, operations that the catalog does not have, parameters that they do not
/// have, cases without a phrase.
pub fn read_cases(file: &str, text: &str, catalog: &Catalog) -> Result<Vec<Case>, Vec<Diagnostic>> {
    let mut report = Report::new(vec![file.to_owned()]);
    let cases = parse(0, text, &mut report).map_or_else(Vec::new, |root| all(&root, catalog, &mut report));
    let found = report.finish();
    if found.iter().any(|finding| finding.severity == Severity::Error) { Err(found) } else { Ok(cases) }
}

fn all(root: &Node, catalog: &Catalog, report: &mut Report) -> Vec<Case> {
    if !matches!(root.value, yaml::Value::Map(_) | yaml::Value::Null) {
        wrong(root, "a test file", "a map from operation to its cases", report);
        report.help("begin with the name of an operation and a colon, and list its cases under it");
    }
    let mut cases = Vec::new();
    for (key, node) in root.entries() {
        let operation = operation(key, catalog, report);
        if !matches!(node.value, yaml::Value::List(_)) {
            wrong(node, &format!("the cases of `{}`", key.text), "a list", report);
            report.help("begin each case with `- say: […]`");
        }
        cases.extend(node.items().iter().map(|node| case(&key.text, node, operation, report)));
    }
    cases
}

fn operation<'a>(key: &Key, catalog: &'a Catalog, report: &mut Report) -> Option<&'a Operation> {
    let found = catalog.by_name(&key.text).map(|id| catalog.operation(id));
    if found.is_none() {
        report.error(key.span, format!("no operation is named `{}`", key.text), "");
        if let Some(help) = did_you_mean(&key.text, catalog.ids().map(|id| catalog.name(id))) {
            report.help(help);
        }
    }
    found
}

fn case(name: &str, node: &Node, operation: Option<&Operation>, report: &mut Report) -> Case {
    let fields = Fields::new(node, &CASE, format!("a case of `{name}`"), report);
    let (say, refuse) = (phrases(&fields, "say", report), phrases(&fields, "refuse", report));
    let silent = node.get("say").is_none() && node.get("refuse").is_none();
    if silent && matches!(node.value, yaml::Value::Map(_)) {
        let start = Span { length: 0, ..node.span };
        report.error(start, "a case needs a phrase under `say` or `refuse`", "");
    }
    let missing = fields.placed_texts("missing", report);
    let params = fields.get("params");
    for (key, node) in params.map_or(&[][..], Node::entries) {
        check_value(&key.text, node, operation, report);
    }
    let keys = params.map_or(&[][..], Node::entries).iter().map(|(key, _)| (key.text.as_str(), key.span));
    for (param, span) in keys.chain(
        missing
            .iter()
            .map(|(param, span)| (param.as_str(), *span))
            .filter(|(name, _)| *name != CHANGES && *name != AGREEMENT),
    ) {
        check_parameter(param, span, operation, report);
    }
    let case = Case {
        operation: name.to_owned(),
        say,
        refuse,
        params: params.and_then(|node| object(node, "`params`", report)).unwrap_or_default(),
        missing: missing.into_iter().map(|(param, _)| param).collect(),
        request: fields.get("request").map(|node| request(node, report)),
    };
    fields.finish(report);
    case
}

fn phrases(fields: &Fields, key: &'static str, report: &mut Report) -> Vec<CasePhrase> {
    let mut found = Vec::new();
    for (text, span) in fields.placed_texts(key, report) {
        if text.trim().is_empty() {
            report.error(span, format!("an empty phrase under `{key}`"), "");
        }
        let length = text.len();
        found.push(CasePhrase { text, place: Place { length, ..report.place(span, String::new()) } });
    }
    found
}

/// Names a parameter of the operation, or a field inside one.
fn check_parameter(name: &str, span: Span, operation: Option<&Operation>, report: &mut Report) {
    let Some(operation) = operation else { return };
    let outer = name.split('.').next().unwrap_or(name);
    if operation.param(name).is_some() || outer != name && operation.param(outer).is_some() {
        return;
    }
    report.error(span, format!("`{}` has no parameter `{name}`", operation.name), "");
    let known: Vec<&str> = operation.params.iter().map(|param| param.name.as_str()).collect();
    if known.is_empty() {
        report.help("it has none at all");
    }
    suggest(name, &known, "its parameters are", report);
}

/// One of the allowed values, where only some are.
fn check_value(name: &str, node: &Node, operation: Option<&Operation>, report: &mut Report) {
    let Some(param) = operation.and_then(|operation| operation.param(name)) else { return };
    if param.values.is_empty() || param.open {
        return;
    }
    let known: Vec<String> = param.values.iter().map(|allowed| shown(&allowed.value)).collect();
    let single = std::slice::from_ref(node);
    for node in if param.many { node.items() } else { single } {
        let Some(text) = node.text().filter(|text| !known.iter().any(|known| known == text)) else { continue };
        report.error(node.span, format!("`{text}` is not among the allowed values of `{name}`"), "");
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        suggest(text, &known, "they are", report);
    }
}

fn request(node: &Node, report: &mut Report) -> CaseRequest {
    let fields = Fields::new(node, &CASE_REQUEST, "`request` of a case", report);
    let map = |key: &'static str, report: &mut Report| {
        fields.get(key).and_then(|node| object(node, &format!("`{key}`"), report))
    };
    let request = CaseRequest {
        method: method(&fields, report),
        path: fields.text("path", report),
        query: map("query", report),
        body: fields.get_or_null("body").map(|node| literal(node).to_json()),
        headers: map("headers", report),
    };
    fields.finish(report);
    request
}

fn method(fields: &Fields, report: &mut Report) -> Option<String> {
    let known: Vec<(&str, &str)> = names(METHODS).into_iter().map(|name| (name, name)).collect();
    fields.choice("method", &known, report).map(str::to_owned)
}

fn object(node: &Node, what: &str, report: &mut Report) -> Option<Map<String, Value>> {
    if let Value::Object(map) = literal(node).to_json() {
        return Some(map);
    }
    wrong(node, what, "a map", report);
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{Layer, load};
    use serde_json::json;

    fn read(text: &str) -> Result<Vec<Case>, Vec<Diagnostic>> {
        let service = "service: acme\nbase_url: https://api.acme.test\n";
        let things = "operations: {things.list: {request: GET /things, params: {limit: integer, name: text, tags: \
                      [text], colour: text}}}";
        let files = [("acme/service.yaml", service), ("acme/things.yaml", things)];
        let files = files.iter().map(|(file, text)| ((*file).to_owned(), (*text).to_owned())).collect();
        let loaded = load(&[Layer::new("", files)]).expect("a catalog");
        read_cases("things.test.yaml", text, &loaded.catalog)
    }

    #[test]
    fn a_case_keeps_phrases_lines_and_values() {
        let text = "\
things.list:
  - say: [list things, show me all things]
    params: {}
  - say:
      - list 5 things named 'yes'
    params: {limit: 5, name: yes, tags: [a, b]}
    missing: [colour]
    request: {method: GET, path: /things/, query: {limit: '5'}}
    refuse: [delete things]
";
        let cases = read(text).expect("well formed");
        assert_eq!(cases.len(), 2);
        let phrase = &cases[0].say[1];
        assert_eq!(phrase.text, "show me all things");
        assert_eq!((phrase.place.line, phrase.place.column), (2, 24));
        assert_eq!(&text[phrase.place.start..][..phrase.place.length], "show me all things");
        assert_eq!(cases[1].say[0].place.line, 5);
        assert_eq!(Value::Object(cases[1].params.clone()), json!({"limit": 5, "name": "yes", "tags": ["a", "b"]}));
        assert_eq!(cases[1].missing, ["colour"]);
        let request = cases[1].request.clone().expect("it has one");
        assert_eq!(request.query.map(Value::Object), Some(json!({"limit": "5"})));
        assert_eq!(request.body, None);
        assert_eq!(cases[1].refuse[0].place.line, 9);
    }

    #[test]
    fn unknown_operations_and_empty_cases_are_reported_together() {
        let mistakes =
            read("other.list:\n  - say: [list others]\nthings.list:\n  - params: {}\n").expect_err("two mistakes");
        let lines: Vec<String> = mistakes.iter().map(ToString::to_string).collect();
        assert_eq!(lines.len(), 2);
        assert!(lines[0].starts_with("things.test.yaml:1:1: no operation is named `other.list`"), "{lines:?}");
        assert!(lines[1].starts_with("things.test.yaml:4:"), "{lines:?}");
    }

    #[test]
    fn an_operation_given_twice_is_a_mistake() {
        let case = "  - say: [x]\n";
        let mistakes = read(&format!("things.list:\n{case}things.list:\n{case}")).expect_err("a duplicate");
        assert!(mistakes[0].to_string().starts_with("things.test.yaml:3:1: "), "{mistakes:?}");
    }

    #[test]
    fn an_unknown_key_is_reported_where_it_stands() {
        let mistakes = read("things.list:\n  - say: [x]\n    parms: {}\n").expect_err("a typo");
        assert_eq!(mistakes[0].help, ["did you mean `params`?"]);
        assert_eq!(mistakes[0].place.as_ref().map(|place| place.length), Some(5));
        assert!(mistakes[0].to_string().starts_with("things.test.yaml:3:5: "), "{mistakes:?}");
    }
    #[test]
    fn every_mistake_of_a_file_is_told() {
        let text = "\
things.list:
  - say: [x]
    parms: {}
  - say: {a: b}
    params: {limt: 5}
    missing: [clour]
    request: {method: GOT, query: 5}
  - nothing
things.lst: {say: [y]}
";
        let told = crate::diagnostic::lines(&read(text).expect_err("mistakes"));
        let expected = [
            "3:5: error: unknown key `parms` in a case of `things.list`",
            "4:10: error: `say` must be a text or a list of texts, not a map",
            "5:14: error: `things.list` has no parameter `limt`",
            "6:15: error: `things.list` has no parameter `clour`",
            "7:23: error: `method` of `request` of a case cannot be `GOT`",
            "7:35: error: `query` must be a map, not a number",
            "8:5: error: a case of `things.list` must be a map, not a text",
            "9:1: error: no operation is named `things.lst`",
            "9:13: error: the cases of `things.lst` must be a list, not a map",
        ];
        let told: Vec<&str> = told.lines().map(|line| line.trim_start_matches("things.test.yaml:")).collect();
        assert_eq!(told, expected);
    }
}
