use serde_json::Value;

use super::csv::{all_columns, csv, csv_rows};
use super::data::{columns, indented, lines, yaml};
use super::render::rest;
use super::table::Layout;
use super::{Form, Look, Printed, people, pick, render};
use crate::execute::{Answer, AnswerStatus, Shown};

/// Records that a table is laid out by; those after them take the columns and widths of these.
const LAID_OUT: usize = 500;

/// Prints a list page by page as it comes. What it holds does not grow with the list.
#[derive(Debug)]
pub struct Stream {
    look: Look,
    pages: usize,
    /// Columns of the CSV.
    columns: Vec<String>,
    /// Keys that turned up after the header of the CSV was written.
    late: Vec<String>,
    /// The beginning of a table that is not laid out yet.
    held: Option<Shown>,
    layout: Option<Layout>,
}

impl Stream {
    /// A list of which nothing has come yet.
    pub fn new(look: Look) -> Self {
        Self { look, pages: 0, columns: Vec::new(), late: Vec::new(), held: None, layout: None }
    }

    /// What a page adds to standard output.
    pub fn page(&mut self, page: Shown) -> String {
        self.pages += 1;
        let first = self.pages == 1;
        let picked = |records: &[Value]| -> Vec<Value> {
            records.iter().map(|record| pick::picked(record, &self.look.fields)).collect()
        };
        match self.look.form {
            Form::Table => self.rows(page),
            Form::Jsonl => lines(&picked(&page.records)),
            Form::Csv if first => {
                self.columns = columns(&page.records, &self.look.fields);
                csv(&page.records, &self.columns)
            }
            Form::Csv => {
                self.note_late(&page.records);
                csv_rows(&page.records, &self.columns)
            }
            Form::Json => {
                let items: Vec<String> = picked(&page.records).iter().map(item).collect();
                let lead = if first { "[" } else { "," };
                if items.is_empty() { String::new() } else { format!("{lead}\n{}", items.join(",\n")) }
            }
            Form::Yaml => picked(&page.records).into_iter().map(|record| yaml(&Value::Array(vec![record]))).collect(),
        }
    }

    /// What is printed when the last page has come.
    pub fn end(mut self, answer: &Answer) -> Printed {
        if self.pages == 0 {
            return render(answer, &self.look);
        }
        let done = answer.status == AnswerStatus::Done;
        let result = answer.steps.last().and_then(|step| step.result.as_ref());
        let empty = result.is_none_or(|shown| shown.count == 0);
        let mut printed = rest(answer, &self.look);
        match self.look.form {
            Form::Table => match (self.held.take(), self.layout.is_some()) {
                (Some(held), false) if done => printed.out = whole_table(answer, held, &self.look),
                (_, true) => printed.out = below_table(answer),
                _ => {}
            },
            Form::Json | Form::Yaml if done && empty => printed.out.push_str("[]\n"),
            // After a failure the list stays open, so that nobody takes it for the whole.
            Form::Json if done => printed.out.push_str("\n]\n"),
            Form::Csv if !self.late.is_empty() => printed.err.push_str(&format!(
                "Left out of the CSV, for they turned up below its header: {}. --fields names columns.\n",
                super::clean(&self.late.join(", "))
            )),
            _ => {}
        }
        printed
    }

    fn rows(&mut self, page: Shown) -> String {
        if let Some(layout) = &self.layout {
            return layout.rows(&page.records, &self.look);
        }
        match &mut self.held {
            Some(held) => {
                held.records.extend(page.records.into_vec());
                held.labels.extend(page.labels);
                held.count = page.count;
                held.total = page.total;
                held.more = page.more;
            }
            held @ None => *held = Some(page),
        }
        match self.held.take() {
            Some(held) if held.records.len() > LAID_OUT => {
                let layout = Layout::of(&held, &self.look);
                let text = layout.header() + &layout.rows(&held.records, &self.look);
                self.layout = Some(layout);
                text
            }
            held => {
                self.held = held;
                String::new()
            }
        }
    }

    fn note_late(&mut self, records: &[Value]) {
        if self.look.fields.is_empty() {
            let late = all_columns(records).into_iter().filter(|key| !self.columns.contains(key));
            let late: Vec<String> = late.filter(|key| !self.late.contains(key)).collect();
            self.late.extend(late.into_iter().take(20));
        }
    }
}

/// A record of a JSON list, as it stands when the whole list is printed at once.
fn item(record: &Value) -> String {
    let text = indented(record);
    text.trim_end().lines().map(|line| format!("  {line}")).collect::<Vec<_>>().join("\n")
}

/// A list that was short enough to lay out whole.
fn whole_table(answer: &Answer, held: Shown, look: &Look) -> String {
    let mut answer = answer.clone();
    if let Some(step) = answer.steps.last_mut() {
        step.result = Some(held);
    }
    let mut out = String::new();
    people::steps(&answer, look, &mut out);
    out
}

fn below_table(answer: &Answer) -> String {
    let Some(step) = answer.steps.last().filter(|_| answer.status == AnswerStatus::Done) else { return String::new() };
    let cut = step.result.as_ref().map_or_else(String::new, people::cut_short_line);
    people::done_line(step) + &cut
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::catalog::Risk;
    use crate::execute::StepReport;

    fn page(from: usize, to: usize) -> Shown {
        let records: Vec<Value> =
            (from..to).map(|n| json!({"id": n, "name": format!("N{n}\u{1b}"), "tags": []})).collect();
        Shown {
            count: to,
            records: records.into(),
            many: true,
            resource: None,
            columns: [].into(),
            labels: Vec::new(),
            total: None,
            more: false,
        }
    }

    fn answer(shown: Shown) -> Answer {
        let step = StepReport {
            operation: "things.list".into(),
            title: "List things".into(),
            risk: Risk::Read,
            request: None,
            response: Some(crate::execute::ReceivedResponse { status: 200, body: Value::Null.into() }),
            settled: None,
            account: None,
            touched: Vec::new(),
            result: Some(shown),
            done: "3 things".into(),
            took_ms: 1,
        };
        Answer { steps: vec![step], ..Answer::new(AnswerStatus::Done) }
    }

    fn streamed(form: Form, pages: &[(usize, usize)]) -> String {
        let look = Look { form, ..Look::default() };
        let mut stream = Stream::new(look);
        let mut out: String = pages.iter().map(|(from, to)| stream.page(page(*from, *to))).collect();
        let last = pages.last().map_or(0, |(_, to)| *to);
        out.push_str(&stream.end(&answer(Shown { count: last, ..page(0, 0) })).out);
        out
    }

    #[test]
    fn pages_make_the_same_text_as_the_list_at_once() {
        for form in [Form::Json, Form::Jsonl, Form::Csv, Form::Table] {
            let at_once = render(&answer(page(0, 5)), &Look { form, ..Look::default() }).out;
            assert_eq!(streamed(form, &[(0, 2), (2, 4), (4, 5)]), at_once, "{form:?}");
        }
        let yaml: Value = serde_yaml::from_str(&streamed(Form::Yaml, &[(0, 2), (2, 3)])).expect("YAML");
        assert_eq!(yaml, json!(page(0, 3).records));
        assert_eq!(streamed(Form::Json, &[(0, 0)]), "[]\n");
    }

    #[test]
    fn a_long_table_keeps_its_columns() {
        let text = streamed(Form::Table, &[(0, 400), (400, 800), (800, 802)]);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 1 + 802 + 1);
        assert!(lines[0].contains("id") && lines[0].contains("name"), "{}", lines[0]);
        assert_eq!(lines[1].find("N0"), lines[802].find("N801"));
        assert!(lines[803].contains("3 things"), "{}", lines[803]);
    }

    #[test]
    fn keys_that_come_late_are_told() {
        let mut stream = Stream::new(Look { form: Form::Csv, ..Look::default() });
        stream.page(page(0, 1));
        let late = Shown { records: vec![json!({"id": 1, "extra": 2})].into(), ..page(0, 0) };
        assert_eq!(stream.page(late), "1,,\n");
        assert!(stream.end(&answer(page(0, 2))).err.contains("extra"));
    }
}
