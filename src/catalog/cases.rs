use std::fmt;

use serde::Deserialize;
use serde::de::{MapAccess, Visitor};
use serde_json::{Map, Value};
use serde_yaml::Spanned;

use crate::diagnostic::{Diagnostic, Place, did_you_mean};

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
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
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

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCase {
    #[serde(default)]
    say: Vec<Spanned<String>>,
    #[serde(default)]
    params: Option<Map<String, Value>>,
    #[serde(default)]
    missing: Vec<String>,
    #[serde(default)]
    request: Option<CaseRequest>,
    #[serde(default)]
    refuse: Vec<Spanned<String>>,
}

/// Entries in the order of the file, with the places of their names.
struct RawFile(Vec<(Spanned<String>, Vec<Spanned<RawCase>>)>);

impl<'de> Deserialize<'de> for RawFile {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries;
        impl<'de> Visitor<'de> for Entries {
            type Value = RawFile;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a map from operation to its cases")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<RawFile, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(RawFile(entries))
            }
        }
        deserializer.deserialize_map(Entries)
    }
}

/// Reads a `.test.yaml`; `file` is its name in messages.
///
/// # Errors
/// Everything that is wrong with it: its shape (the first mistake only), operations that `known` does not hold, cases
/// without a phrase.
pub fn read_cases(file: &str, text: &str, known: &dyn Fn(&str) -> bool) -> Result<Vec<Case>, Vec<Diagnostic>> {
    let options = serde_yaml::options! { strict_booleans: true, with_snippet: false };
    let raw: RawFile =
        serde_yaml::from_str_with_options(text, options).map_err(|error| vec![shape_error(file, text, &error)])?;
    let mut mistakes = Vec::new();
    let mut cases = Vec::new();
    for (operation, entries) in raw.0 {
        if !known(&operation.value) {
            let message = format!("no operation is named `{}`", operation.value);
            mistakes.push(Diagnostic::error(message).at(place(file, operation.referenced, &operation.value)));
        }
        for entry in entries {
            if entry.value.say.is_empty() && entry.value.refuse.is_empty() {
                let message = "a case needs a phrase under `say` or `refuse`";
                mistakes.push(Diagnostic::error(message).at(place(file, entry.referenced, "")));
            }
            cases.push(case(file, &operation.value, entry.value));
        }
    }
    if mistakes.is_empty() { Ok(cases) } else { Err(mistakes) }
}

fn case(file: &str, operation: &str, raw: RawCase) -> Case {
    let phrase =
        |text: Spanned<String>| CasePhrase { place: place(file, text.referenced, &text.value), text: text.value };
    Case {
        operation: operation.to_owned(),
        say: raw.say.into_iter().map(phrase).collect(),
        refuse: raw.refuse.into_iter().map(phrase).collect(),
        params: raw.params.unwrap_or_default(),
        missing: raw.missing,
        request: raw.request,
    }
}

fn shape_error(file: &str, text: &str, error: &serde_yaml::Error) -> Diagnostic {
    let message = error.without_snippet().to_string();
    let message = message.lines().next().unwrap_or("this is not YAML");
    let message = message.split(" at line ").next().unwrap_or(message);
    let diagnostic = match near(message) {
        Some(near) => Diagnostic::error(message).help(near),
        None => Diagnostic::error(message),
    };
    let Some(at) = error.location() else { return diagnostic };
    let mut place = place(file, at, "");
    let word = text.get(place.start..).unwrap_or_default();
    place.length = word.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(word.len());
    diagnostic.at(place)
}

/// "did you mean …?" from the words of "unknown field `x`, expected one of a, b".
fn near(message: &str) -> Option<String> {
    let (unknown, known) = message.strip_prefix("unknown field `")?.split_once("`, expected one of ")?;
    did_you_mean(unknown, known.split(", ").map(|name| name.trim_matches('`')))
}

fn place(file: &str, at: serde_yaml::Location, blamed: &str) -> Place {
    Place {
        file: file.to_owned(),
        line: number(at.line()),
        column: number(at.column()),
        start: number(at.span().byte_offset().unwrap_or_default()),
        length: blamed.len(),
        label: String::new(),
    }
}

fn number(n: u64) -> usize {
    usize::try_from(n).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(text: &str) -> Result<Vec<Case>, Vec<Diagnostic>> {
        read_cases("things.test.yaml", text, &|name| name.starts_with("things."))
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
}
