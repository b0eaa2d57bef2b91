use super::everywhere::everywhere;
use super::{DIM, Form, Look, Printed, clean, clean_lines, data, painted, people};
use crate::execute::{Answer, AnswerStatus};

/// An answer as it is printed.
#[must_use]
pub fn render(answer: &Answer, look: &Look) -> Printed {
    if !answer.accounts.is_empty() {
        let mut printed = everywhere(answer, look);
        people::talk(answer, &mut printed);
        return printed;
    }
    let mut printed = rest(answer, look);
    let has_data = matches!(answer.status, AnswerStatus::Done | AnswerStatus::DryRun);
    match look.form {
        Form::Table => people::steps(answer, look, &mut printed.out),
        _ if has_data => printed.out.push_str(&data::data(answer, look)),
        _ => {}
    }
    printed
}

/// What is told beside the data.
pub(super) fn rest(answer: &Answer, look: &Look) -> Printed {
    let mut printed = Printed::default();
    if look.explain {
        for line in &answer.trace {
            printed.err.push_str(&painted(DIM, &format!("{}\n", clean(line))));
        }
    }
    if look.curl && !(answer.status == AnswerStatus::DryRun && look.form == Form::Table) {
        for request in answer.steps.iter().filter_map(|step| step.request.as_ref()) {
            printed.err.push_str(&format!("{}\n", clean_lines(&request.curl)));
        }
    }
    people::talk(answer, &mut printed);
    printed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Risk;
    use crate::execute::{Choice, Failure, FailureKind, ReceivedResponse, SentRequest, Shown, StepReport, Touched};
    use serde_json::{Value, json};

    fn step(risk: Risk, response: Option<Value>, result: Option<Shown>) -> StepReport {
        StepReport {
            operation: "things.paint".into(),
            title: "Paint a thing".into(),
            risk,
            request: Some(SentRequest {
                method: "POST".into(),
                url: "https://api.test/things/t1/paint".into(),
                path: "/things/t1/paint".into(),
                headers: vec![("Version".into(), "1".into())],
                body: Some(json!({"colour": "red"})),
                curl: "curl -X POST https://api.test/things/t1/paint".into(),
            }),
            response: response.map(|body| ReceivedResponse { status: 201, body: body.into() }),
            settled: None,
            account: Some("Acme".into()),
            touched: vec![Touched { resource: "thing".into(), id: "t1".into(), label: "Chair".into(), made: false }],
            result,
            done: "Painted Chair red".into(),
            took_ms: 84,
        }
    }

    fn printed(status: AnswerStatus, step: StepReport, look: &Look) -> Printed {
        let answer = Answer { steps: vec![step], ..Answer::new(status) };
        let printed = render(&answer, look);
        let bare = |text: &str| anstream::adapter::strip_str(text).to_string();
        Printed { out: bare(&printed.out), err: bare(&printed.err) }
    }

    #[test]
    fn a_write_is_one_line_that_names_what_and_where() {
        let printed = printed(AnswerStatus::Done, step(Risk::Write, Some(json!({})), None), &Look::default());
        assert_eq!(printed.out, "✓ Painted Chair red · Acme · POST /things/t1/paint · 201 · 84 ms\n");
        assert_eq!(printed.err, "");
    }

    #[test]
    fn a_record_that_was_made_is_named_by_its_id() {
        let mut made = step(Risk::Write, Some(json!({"thing": {"id": "t2"}})), None);
        made.touched = vec![Touched { resource: "thing".into(), id: "t2".into(), label: "Table".into(), made: true }];
        let printed = printed(AnswerStatus::Done, made, &Look::default());
        assert_eq!(printed.out, "✓ Painted Chair red · Acme · id t2 · POST /things/t1/paint · 201 · 84 ms\n");
    }

    #[test]
    fn a_read_shows_its_records() {
        let shown = Shown {
            count: 1,
            records: vec![json!({"id": "t1", "name": "Chair", "empty": null})].into(),
            many: false,
            resource: Some("thing".into()),
            columns: ["name".into()].into(),
            labels: vec!["Chair".into()],
            total: None,
            more: false,
        };
        let one = step(Risk::Read, Some(json!({})), Some(shown.clone()));
        let out = printed(AnswerStatus::Done, one, &Look::default()).out;
        assert!(out.ends_with("84 ms\n  name  Chair\n  id    t1\n"), "{out}");
        let many = Shown { many: true, total: Some(40), ..shown };
        let out = printed(AnswerStatus::Done, step(Risk::Read, Some(json!({})), Some(many)), &Look::default()).out;
        assert!(out.ends_with("name\nChair\n1 of 40; --all follows the list to its end\n"), "{out}");
    }

    #[test]
    fn a_dry_run_shows_the_whole_request() {
        let printed = printed(AnswerStatus::DryRun, step(Risk::Write, None, None), &Look::default());
        let wanted = "POST https://api.test/things/t1/paint\nVersion: 1\n{\n  \"colour\": \"red\"\n}\n\
                      curl -X POST https://api.test/things/t1/paint\n";
        assert_eq!(printed.out, wanted);
    }

    #[test]
    fn curl_lines_keep_out_of_the_data() {
        let look = Look { curl: true, form: Form::Json, ..Look::default() };
        let printed = printed(AnswerStatus::Done, step(Risk::Write, Some(json!({"ok": true})), None), &look);
        assert_eq!(printed.out, "{\n  \"ok\": true\n}\n");
        assert_eq!(printed.err, "curl -X POST https://api.test/things/t1/paint\n");
    }

    #[test]
    fn questions_and_errors_go_to_standard_error() {
        let mut answer = Answer::new(AnswerStatus::NeedsChoice);
        answer.question = Some("Which Jane?".into());
        answer.choices = vec![Choice { label: "Jane Doe\u{7}".into(), id: "1".into() }];
        let printed = render(&answer, &Look::default());
        assert_eq!(printed.out, "");
        assert_eq!(anstream::adapter::strip_str(&printed.err).to_string(), "Which Jane?\n  1. Jane Doe\\u{7}\n");

        let refusal =
            Answer::refused(Failure::new(FailureKind::NotUnderstood, "I know no `frobnicate`").hint("say it plainly"));
        let printed = render(&refusal, &Look { form: Form::Json, ..Look::default() });
        assert_eq!(printed.out, "");
        assert!(printed.err.contains("frobnicate") && printed.err.ends_with("say it plainly\n"));
    }
}
