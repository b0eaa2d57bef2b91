use memchr::memchr2;
use serde::Serialize;
use serde_json::Value;

use super::{Answer, ReceivedResponse, SentRequest, StepReport, Touched};

/// Bytes of a line that tells of one record.
const USUAL: usize = 1_536;

/// Writes an answer as one line of JSON. What there is of nearly every answer is written straight: that takes a third of
/// what the way through a serializer does, which hands on every bracket by itself.
pub(super) struct Line(Vec<u8>);

impl Line {
    /// The line in answer to a line of that `id`, without its end: the same as the JSON of the answer, its `id` first.
    pub(super) fn of(answer: &Answer, id: &Value) -> Vec<u8> {
        let mut line = Self(Vec::with_capacity(USUAL));
        line.put("{\"id\":");
        line.json(id);
        line.put(",\"status\":");
        line.any(&answer.status);
        if let Some(last) = answer.steps.last() {
            line.step(last);
        }
        line.rest(answer);
        line.put("}");
        line.0
    }

    fn step(&mut self, step: &StepReport) {
        self.put(",\"operation\":");
        self.text(&step.operation);
        self.put(",\"title\":");
        self.text(&step.title);
        self.put(",\"risk\":");
        self.text(step.risk.as_str());
        if let Some(request) = &step.request {
            self.request(request);
        }
        if let Some(ReceivedResponse { status, body }) = &step.response {
            self.put(",\"response\":{\"status\":");
            self.any(status);
            self.put(",\"body\":");
            self.json(body);
            self.put("}");
        }
        self.field(",\"settled\":", step.settled.as_ref());
        if let Some(account) = &step.account {
            self.put(",\"account\":");
            self.text(account);
        }
        if !step.touched.is_empty() {
            self.put(",\"touched\":");
            self.list(&step.touched, Self::touched);
        }
        self.put(",\"done\":");
        self.text(&step.done);
        self.put(",\"took_ms\":");
        self.any(&step.took_ms);
    }

    fn request(&mut self, request: &SentRequest) {
        self.put(",\"request\":{\"method\":");
        self.text(&request.method);
        self.put(",\"url\":");
        self.text(&request.url);
        if !request.headers.is_empty() {
            self.put(",\"headers\":");
            self.list(&request.headers, |line, (name, value)| {
                line.put("[");
                line.text(name);
                line.put(",");
                line.text(value);
                line.put("]");
            });
        }
        if let Some(body) = &request.body {
            self.put(",\"body\":");
            self.json(body);
        }
        self.put(",\"curl\":");
        self.text(&request.curl);
        self.put("}");
    }

    fn touched(&mut self, touched: &Touched) {
        self.put("{\"resource\":");
        self.text(&touched.resource);
        self.put(",\"id\":");
        self.text(&touched.id);
        self.put(",\"label\":");
        self.text(&touched.label);
        self.put(if touched.made { ",\"made\":true}" } else { "}" });
    }

    /// What few answers have.
    fn rest(&mut self, answer: &Answer) {
        self.field(",\"steps\":", Some(&answer.steps).filter(|steps| steps.len() > 1));
        self.field(",\"question\":", answer.question.as_ref());
        self.field(",\"choices\":", Some(&answer.choices).filter(|choices| !choices.is_empty()));
        self.field(",\"error\":", answer.error.as_ref());
        self.field(",\"note\":", answer.note.as_ref());
        self.field(",\"accounts\":", Some(answer.told_accounts()).filter(|accounts| !accounts.is_empty()));
        self.field(",\"bulk\":", answer.bulk.as_ref());
        self.field(",\"suggestions\":", Some(&answer.suggestions).filter(|suggestions| !suggestions.is_empty()));
    }

    fn field(&mut self, key: &str, value: Option<impl Serialize>) {
        if let Some(value) = value {
            self.put(key);
            self.any(&value);
        }
    }

    fn list<T>(&mut self, items: &[T], one: impl Fn(&mut Self, &T)) {
        self.put("[");
        for (at, item) in items.iter().enumerate() {
            self.put(if at > 0 { "," } else { "" });
            one(self, item);
        }
        self.put("]");
    }

    fn json(&mut self, value: &Value) {
        match value {
            Value::Null => self.put("null"),
            Value::Bool(yes) => self.put(if *yes { "true" } else { "false" }),
            Value::Number(number) => self.any(number),
            Value::String(text) => self.text(text),
            Value::Array(items) => self.list(items, Self::json),
            Value::Object(fields) => {
                self.put("{");
                for (at, (key, value)) in fields.iter().enumerate() {
                    self.put(if at > 0 { "," } else { "" });
                    self.text(key);
                    self.put(":");
                    self.json(value);
                }
                self.put("}");
            }
        }
    }

    fn text(&mut self, text: &str) {
        // Every byte is looked at, so that many can be at once.
        let strange = |byte: u8| u8::from(byte < b' ') | u8::from(byte == b'"') | u8::from(byte == b'\\');
        if text.bytes().fold(0, |any, byte| any | strange(byte)) == 0 {
            self.0.reserve(text.len() + 2);
            self.0.push(b'"');
            self.0.extend_from_slice(text.as_bytes());
            self.0.push(b'"');
            return;
        }
        if text.bytes().fold(u8::MAX, u8::min) < b' ' {
            return self.any(text);
        }
        self.put("\"");
        let mut rest = text;
        while let Some(at) = memchr2(b'"', b'\\', rest.as_bytes()) {
            self.put(&rest[..at]);
            self.put("\\");
            self.put(&rest[at..=at]);
            rest = &rest[at + 1..];
        }
        self.put(rest);
        self.put("\"");
    }

    fn any(&mut self, value: &(impl Serialize + ?Sized)) {
        // What is told is always JSON, and memory takes it.
        serde_json::to_writer(&mut self.0, value).ok();
    }

    fn put(&mut self, text: &str) {
        self.0.extend_from_slice(text.as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Map, json};

    use super::*;
    use crate::catalog::Risk;
    use crate::execute::{AnswerStatus, Choice, Failure, FailureKind, Settlement};

    fn any_json() -> impl Strategy<Value = Value> {
        let one = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            text().prop_map(Value::from),
        ];
        one.prop_recursive(3, 20, 4, |inner| {
            let fields = proptest::collection::vec((text(), inner.clone()), 0..4);
            prop_oneof![
                proptest::collection::vec(inner, 0..4).prop_map(Value::from),
                fields.prop_map(|fields| Value::Object(Map::from_iter(fields))),
            ]
        })
    }

    fn text() -> impl Strategy<Value = String> {
        prop_oneof!["[a-c\"\\\\\n\u{7f}\u{e9}\u{1}/ ]{0,8}", any::<String>()]
    }

    fn step(text: &str, value: &Value, much: bool) -> StepReport {
        let headers = if much {
            vec![("Accept".to_owned(), text.to_owned()), (text.to_owned(), String::new())]
        } else {
            Vec::new()
        };
        let request = SentRequest {
            method: "POST".to_owned(),
            url: text.to_owned(),
            path: "/".to_owned(),
            headers,
            body: much.then(|| value.clone()),
            curl: format!("curl '{text}'"),
        };
        let touched = Touched { resource: text.to_owned(), id: "1".to_owned(), label: text.to_owned(), made: much };
        StepReport {
            operation: "a.b".to_owned(),
            title: text.to_owned(),
            risk: if much { Risk::Read } else { Risk::Destroy },
            request: Some(request),
            response: Some(ReceivedResponse { status: 201, body: value.clone().into() }),
            settled: much.then(|| Settlement { by: text.to_owned(), found: value.clone() }),
            account: much.then(|| text.to_owned()),
            touched: if much { vec![touched.clone(), touched] } else { Vec::new() },
            result: None,
            done: text.to_owned(),
            took_ms: 7,
        }
    }

    fn same(answer: &Answer, id: &Value) -> Result<(), TestCaseError> {
        let mut fields = Map::from_iter([("id".to_owned(), id.clone())]);
        if let Value::Object(own) = answer.to_json() {
            fields.extend(own);
        }
        let line = String::from_utf8(answer.to_line(id)).expect("text");
        prop_assert_eq!(line, Value::Object(fields).to_string());
        Ok(())
    }

    proptest! {
        #[test]
        fn a_line_is_the_json_of_its_answer(id in any_json(), text in text(), value in any_json(), much: bool, steps in 0..3_usize) {
            let failure = Failure::new(FailureKind::Api, text.clone()).hint(text.clone());
            let inner = Answer { steps: vec![step(&text, &value, much)], ..Answer::new(AnswerStatus::Done) };
            let mut answer = Answer {
                steps: (0..steps).map(|_| step(&text, &value, much)).collect(),
                ..Answer::new(AnswerStatus::NeedsChoice)
            };
            same(&answer, &id)?;
            answer.question = Some(text.clone());
            answer.choices = vec![Choice { label: text.clone(), id: text.clone() }];
            answer.error = Some(failure);
            answer.note = Some(text.clone());
            answer.accounts = vec![(text.clone(), inner)];
            answer.bulk = Some(json!({"rows": value}));
            answer.suggestions = vec![text];
            same(&answer, &id)?;
        }
    }
}
