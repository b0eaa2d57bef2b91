use serde_json::{Map, Value};

use super::keys::{KEYS, Keys};
use crate::app::{Failure, FailureKind, Reply, RunOptions};
use crate::diagnostic::did_you_mean;

/// Longest phrase, in bytes.
const LONGEST_PHRASE: usize = 64 * 1024;
/// Longest name of a session, in bytes.
const LONGEST_SESSION: usize = 256;

/// One line of a bot.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// What the answer carries back, as it came.
    pub id: Value,
    /// Whose conversation it belongs to; absent: it stands alone.
    pub session: Option<String>,
    /// What it asks for beside its words.
    pub run: RunOptions,
    /// What is to be done.
    pub asked: Asked,
}

/// What a line is for.
#[derive(Debug, Clone, PartialEq)]
pub enum Asked {
    /// A phrase.
    Say(String),
    /// An operation by name, with its values.
    Call {
        /// The catalog's name or "METHOD /path".
        operation: String,
        /// Values by parameter name.
        params: Map<String, Value>,
    },
    /// A reply to the question that is open.
    Answer(Reply),
}

/// A line that cannot be taken, with the id it had, if any.
#[derive(Debug, Clone, PartialEq)]
pub struct BadLine {
    /// What the answer carries back; null when none could be read.
    pub id: Value,
    /// Why.
    pub failure: Failure,
}

impl Line {
    /// Reads a line.
    ///
    /// # Errors
    /// When it is not a JSON object of the known keys with values of the right types.
    pub fn parse(bytes: &[u8]) -> Result<Self, BadLine> {
        let mut keys = keys(bytes).map_err(|failure| BadLine { id: Value::Null, failure })?;
        let id = keys.take("id").unwrap_or(Value::Null);
        match Self::from_keys(keys, id.clone()) {
            Ok(line) => Ok(line),
            Err(failure) => Err(BadLine { id, failure }),
        }
    }

    fn from_keys(mut keys: Keys, id: Value) -> Result<Self, Failure> {
        if let Some(key) = &keys.unknown {
            let hint = did_you_mean(key, KEYS);
            let hint = hint.unwrap_or_else(|| format!("the keys of a line are {}", KEYS.join(", ")));
            return Err(bad(format!("`{}` is no key of a line", shortened(key))).hint(hint));
        }
        let session = text(&mut keys, "session")?;
        if session.as_ref().is_some_and(|name| name.len() > LONGEST_SESSION) {
            return Err(bad(format!("a session's name has at most {LONGEST_SESSION} bytes")));
        }
        let run = RunOptions {
            dry_run: flag(&mut keys, "dry_run")?,
            confirm: flag(&mut keys, "confirm")?,
            account: text(&mut keys, "location")?,
            api_version: text(&mut keys, "api_version")?,
            ..RunOptions::default()
        };
        let asked = asked(&mut keys)?;
        if matches!(asked, Asked::Answer(_)) && session.is_none() {
            return Err(bad("an answer needs the `session` in which the question was asked"));
        }
        Ok(Self { id, session, run, asked })
    }
}

fn keys(bytes: &[u8]) -> Result<Keys, Failure> {
    let text = std::str::from_utf8(bytes).map_err(|_| bad("the line is not UTF-8"))?;
    let text = text.trim_start_matches('\u{feff}');
    let keys: Keys = serde_json::from_str(text).map_err(|error| bad(format!("the line is not JSON: {error}")))?;
    if keys.no_object { Err(bad("the line is JSON, but not an object")) } else { Ok(keys) }
}

fn asked(keys: &mut Keys) -> Result<Asked, Failure> {
    let say = text(keys, "say")?;
    let operation = text(keys, "operation")?;
    let params = keys.take("params");
    let answer = keys.take("answer");
    if params.is_some() && operation.is_none() {
        return Err(bad("`params` goes with `operation`"));
    }
    match (say, operation, answer) {
        (Some(say), None, None) if say.len() > LONGEST_PHRASE => {
            Err(bad(format!("a phrase has at most {LONGEST_PHRASE} bytes")))
        }
        (Some(say), None, None) => Ok(Asked::Say(say)),
        (None, Some(operation), None) => Ok(Asked::Call { operation, params: params_of(params)? }),
        (None, None, Some(answer)) => Ok(Asked::Answer(reply(answer)?)),
        _ => Err(bad("a line has one of `say`, `operation` and `answer`")),
    }
}

fn params_of(params: Option<Value>) -> Result<Map<String, Value>, Failure> {
    match params {
        None | Some(Value::Null) => Ok(Map::new()),
        Some(Value::Object(params)) => Ok(params),
        Some(_) => {
            Err(bad("`params` must be an object").hint("a body that is not an object is given as `params.body`"))
        }
    }
}

fn reply(value: Value) -> Result<Reply, Failure> {
    match value {
        Value::Bool(true) => Ok(Reply::Yes),
        Value::Bool(false) => Ok(Reply::No),
        Value::String(text) => Ok(Reply::Text(text)),
        Value::Number(number) => match number.as_u64().and_then(|n| usize::try_from(n).ok()) {
            Some(n) if n > 0 => Ok(Reply::Number(n)),
            _ => Ok(Reply::Text(number.to_string())),
        },
        Value::Object(fields) => match (fields.len(), fields.get("id")) {
            (1, Some(Value::String(id))) => Ok(Reply::Id(id.clone())),
            _ => Err(bad("an `answer` that is an object has an `id` and nothing else")),
        },
        _ => Err(bad("`answer` must be a choice's number, its words, {\"id\": …}, or true or false")),
    }
}

fn text(keys: &mut Keys, key: &str) -> Result<Option<String>, Failure> {
    match keys.take(key) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(bad(format!("`{key}` must be text"))),
    }
}

fn flag(keys: &mut Keys, key: &str) -> Result<bool, Failure> {
    match keys.take(key) {
        None | Some(Value::Null) => Ok(false),
        Some(Value::Bool(yes)) => Ok(yes),
        Some(_) => Err(bad(format!("`{key}` must be true or false"))),
    }
}

fn bad(message: impl Into<String>) -> Failure {
    Failure::new(FailureKind::Invalid, message)
}

fn shortened(key: &str) -> String {
    key.chars().take(40).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    fn parse(value: &Value) -> Result<Line, BadLine> {
        Line::parse(value.to_string().as_bytes())
    }

    fn asked(value: &Value) -> Asked {
        parse(value).expect("a good line").asked
    }

    fn complaint(value: &Value) -> String {
        parse(value).expect_err("a bad line").failure.message
    }

    #[test]
    fn the_three_kinds_of_line() {
        let line =
            parse(&json!({"id": [1], "session": "u", "say": "hi", "location": "L", "dry_run": true})).expect("good");
        assert_eq!(line.id, json!([1]));
        assert_eq!(line.session.as_deref(), Some("u"));
        assert_eq!(line.run, RunOptions { dry_run: true, account: Some("L".into()), ..RunOptions::default() });
        assert_eq!(line.asked, Asked::Say("hi".into()));
        let call = asked(&json!({"operation": "GET /x", "params": {"a": 1}}));
        assert!(matches!(call, Asked::Call { operation, params } if operation == "GET /x" && params["a"] == 1));
    }

    #[test]
    fn a_reply_may_be_given_in_every_form() {
        let reply = |value: Value| match asked(&json!({"session": "u", "answer": value})) {
            Asked::Answer(reply) => reply,
            other => panic!("{other:?}"),
        };
        assert_eq!(reply(json!(2)), Reply::Number(2));
        assert_eq!(reply(json!(0)), Reply::Text("0".into()));
        assert_eq!(reply(json!("the second")), Reply::Text("the second".into()));
        assert_eq!(reply(json!({"id": "x"})), Reply::Id("x".into()));
        assert_eq!(reply(json!(true)), Reply::Yes);
        assert_eq!(reply(json!(false)), Reply::No);
    }

    #[test]
    fn what_is_wrong_is_said_and_the_id_kept() {
        let bad = parse(&json!({"id": 7, "sya": "x"})).expect_err("a typo");
        assert_eq!(bad.id, json!(7));
        assert_eq!(bad.failure.message, "`sya` is no key of a line");
        assert_eq!(bad.failure.hint, "did you mean `say`?");
        assert_eq!(complaint(&json!({"id": 1})), "a line has one of `say`, `operation` and `answer`");
        assert_eq!(
            complaint(&json!({"say": "x", "operation": "y"})),
            "a line has one of `say`, `operation` and `answer`"
        );
        assert_eq!(complaint(&json!({"say": 1})), "`say` must be text");
        assert_eq!(complaint(&json!({"say": "x", "params": {}})), "`params` goes with `operation`");
        assert_eq!(complaint(&json!({"say": "x", "confirm": "yes"})), "`confirm` must be true or false");
        assert_eq!(complaint(&json!({"answer": 1})), "an answer needs the `session` in which the question was asked");
        assert_eq!(complaint(&json!([1])), "the line is JSON, but not an object");
        assert!(complaint(&json!({"say": "x".repeat(LONGEST_PHRASE + 1)})).contains("65536"));
        assert!(Line::parse(b"{\"say\": \"\xff\"}").expect_err("bytes").failure.message.contains("UTF-8"));
        assert!(Line::parse(&vec![b'['; 100_000]).expect_err("deep").failure.message.contains("not JSON"));
    }

    proptest! {
        #[test]
        fn no_line_breaks_the_reader(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = Line::parse(&bytes);
        }

        #[test]
        fn a_phrase_comes_through_unchanged(say in any::<String>()) {
            prop_assert_eq!(asked(&json!({"say": say.clone()})), Asked::Say(say));
        }
    }
}
