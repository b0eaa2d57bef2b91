use serde_json::Value;

use super::csv::{all_columns, csv};
use super::{Form, Look, clean, pick};
use crate::execute::{Answer, AnswerStatus, StepReport};

/// The data of an answer in a form for programs.
pub(super) fn data(answer: &Answer, look: &Look) -> String {
    let values = values(answer, look);
    match look.form {
        Form::Jsonl | Form::Csv => {
            let records = values.into_iter().flat_map(each).collect::<Vec<_>>();
            if look.form == Form::Csv { csv(&records, &columns(&records, &look.fields)) } else { lines(&records) }
        }
        form => match one(values) {
            Some(value) if form == Form::Yaml => yaml(&value),
            Some(value) => indented(&value),
            None => String::new(),
        },
    }
}

/// The records of an answer, or its requests when they are only shown.
pub(super) fn records(answer: &Answer, look: &Look) -> Vec<Value> {
    values(answer, look).into_iter().flat_map(each).collect()
}

/// Records in the form that is asked for.
pub(super) fn shaped(records: Vec<Value>, look: &Look) -> String {
    match look.form {
        Form::Csv => csv(&records, &columns(&records, &with_account(&look.fields))),
        Form::Jsonl => lines(&records),
        Form::Yaml => yaml(&Value::Array(records)),
        Form::Json | Form::Table => indented(&Value::Array(records)),
    }
}

fn with_account(fields: &[String]) -> Vec<String> {
    let own = (!fields.is_empty()).then(|| "account".to_owned());
    own.into_iter().chain(fields.iter().cloned()).collect()
}

fn values(answer: &Answer, look: &Look) -> Vec<Value> {
    match answer.status {
        AnswerStatus::DryRun => requests(answer),
        _ => answer.steps.iter().map(|step| whole(step, look)).collect(),
    }
}

fn requests(answer: &Answer) -> Vec<Value> {
    answer.steps.iter().map(|step| serde_json::json!(step.request)).collect()
}

/// What a step answered: the record, the list of records, or the response as it came.
fn whole(step: &StepReport, look: &Look) -> Value {
    let picked = |record: &Value| pick::picked(record, &look.fields);
    match (&step.result, &step.response) {
        (Some(shown), _) if shown.many => Value::Array(shown.records.iter().map(picked).collect()),
        (Some(shown), _) if shown.records.len() == 1 => picked(&shown.records[0]),
        (_, Some(response)) => picked(&response.body),
        _ => Value::Null,
    }
}

fn each(value: Value) -> Vec<Value> {
    match value {
        Value::Array(items) => items,
        Value::Null => Vec::new(),
        other => vec![other],
    }
}

/// Several steps print a list of what each answered.
fn one(mut values: Vec<Value>) -> Option<Value> {
    if values.len() > 1 { Some(Value::Array(values)) } else { values.pop() }
}

/// JSON for reading.
pub(super) fn indented(value: &Value) -> String {
    guarded(&serde_json::to_string_pretty(value).unwrap_or_default()) + "\n"
}

/// The fields asked for, or all there are.
pub(super) fn columns(records: &[Value], fields: &[String]) -> Vec<String> {
    if fields.is_empty() { all_columns(records) } else { fields.to_vec() }
}

/// One JSON object a line.
pub(super) fn lines(values: &[Value]) -> String {
    values.iter().map(|value| guarded(&value.to_string()) + "\n").collect()
}

/// JSON in which what might steer a terminal is escaped. Such characters stand only inside strings.
fn guarded(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        if clean::steers(c) && c != '\n' {
            out.push_str(&format!("\\u{:04x}", u32::from(c)));
        } else {
            out.push(c);
        }
    }
    out
}

/// YAML.
pub(super) fn yaml(value: &Value) -> String {
    let text = serde_yaml::to_string(value).unwrap_or_default();
    let text = if text.chars().any(|c| clean::steers(c) && c != '\n') { guarded_yaml(value) } else { text };
    if text.ends_with('\n') { text } else { text + "\n" }
}

/// JSON is YAML, and its strings can hold anything.
fn guarded_yaml(value: &Value) -> String {
    indented(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Risk;
    use crate::execute::Shown;
    use serde_json::json;

    fn answer(records: Vec<Value>, many: bool) -> Answer {
        let mut answer = Answer::new(AnswerStatus::Done);
        answer.steps.push(StepReport {
            operation: "things.list".into(),
            title: "List things".into(),
            risk: Risk::Read,
            request: None,
            response: None,
            settled: None,
            account: None,
            touched: Vec::new(),
            result: Some(Shown {
                count: records.len(),
                records: records.into(),
                many,
                resource: None,
                columns: [].into(),
                labels: Vec::new(),
                total: None,
                more: false,
            }),
            done: String::new(),
            took_ms: 1,
        });
        answer
    }

    fn print(answer: &Answer, form: Form, fields: &[&str]) -> String {
        let fields = fields.iter().map(ToString::to_string).collect();
        data(answer, &Look { form, fields, ..Look::default() })
    }

    #[test]
    fn every_form_holds_the_same_records() {
        let two = answer(vec![json!({"id": 1, "tags": ["a", "b"]}), json!({"id": 2, "note": "x, \"y\"\nz"})], true);
        assert_eq!(
            print(&two, Form::Jsonl, &[]),
            "{\"id\":1,\"tags\":[\"a\",\"b\"]}\n{\"id\":2,\"note\":\"x, \\\"y\\\"\\nz\"}\n"
        );
        assert_eq!(print(&two, Form::Csv, &[]), "id,tags,note\n1,\"a, b\",\n2,,\"x, \"\"y\"\"\nz\"\n");
        let again: Value = serde_json::from_str(&print(&two, Form::Json, &[])).expect("JSON");
        assert_eq!(again, json!([{"id": 1, "tags": ["a", "b"]}, {"id": 2, "note": "x, \"y\"\nz"}]));
        let again: Value = serde_yaml::from_str(&print(&two, Form::Yaml, &[])).expect("YAML");
        assert_eq!(again[1]["note"], "x, \"y\"\nz");
    }

    #[test]
    fn fields_pick_and_order() {
        let one = answer(vec![json!({"id": 1, "at": {"city": "Rome"}})], false);
        assert_eq!(print(&one, Form::Jsonl, &["at.city", "id"]), "{\"at.city\":\"Rome\",\"id\":1}\n");
        assert_eq!(print(&one, Form::Csv, &["at.city", "id"]), "at.city,id\nRome,1\n");
    }

    #[test]
    fn no_form_lets_a_record_steer_the_terminal() {
        let hostile = answer(vec![json!({"name": "a\u{1b}[2J\u{9b}1m\u{202e}b"})], false);
        for form in [Form::Json, Form::Jsonl, Form::Csv, Form::Yaml] {
            let text = print(&hostile, form, &[]);
            assert!(!text.chars().any(|c| clean::steers(c) && c != '\n'), "{form:?}: {text:?}");
        }
        let again: Value = serde_json::from_str(&print(&hostile, Form::Json, &[])).expect("JSON");
        assert_eq!(again["name"], "a\u{1b}[2J\u{9b}1m\u{202e}b");
    }

    #[test]
    fn an_empty_list_is_data_too() {
        let none = answer(Vec::new(), true);
        assert_eq!(print(&none, Form::Json, &[]), "[]\n");
        assert_eq!(print(&none, Form::Jsonl, &[]), "");
    }
}
