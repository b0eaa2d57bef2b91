//! What was written is taken back, from what the journal has of it, unless the record has changed since.

mod support;

use std::process::Stdio;

use serde_json::Value;
use support::{Sandbox, Test};

/// A folder in which the program is run again and again against one sandbox.
struct Folder {
    test: Test,
}

impl Folder {
    fn new(sandbox: &Sandbox) -> Self {
        Self { test: Test::new().shared_cache().against(sandbox) }
    }

    fn run(&self, args: &[&str]) -> (Option<i32>, String, String) {
        let output = self.test.command().args(args).stdin(Stdio::null()).output().expect("it runs");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
        (output.status.code(), text(output.stdout), text(output.stderr))
    }

    fn done(&self, args: &[&str]) {
        let (code, out, err) = self.run(args);
        assert_eq!(code, Some(0), "{args:?}\n{out}\n{err}");
    }

    fn refused(&self, args: &[&str], why: &str) {
        let (code, out, err) = self.run(args);
        assert!(code != Some(0) && err.contains(why), "{args:?}: {code:?}\n{out}\n{err}");
    }

    fn show(&self, phrase: &str) -> Value {
        let (code, out, err) = self.run(&["--output", "json", phrase]);
        assert_eq!(code, Some(0), "{err}");
        serde_json::from_str(&out).unwrap_or_else(|e| panic!("{e}: {out}"))
    }

    fn tags(&self) -> Vec<String> {
        let tags = self.show("show contact Jane Doe")["tags"].clone();
        tags.as_array().expect("tags").iter().filter_map(|tag| tag.as_str().map(str::to_owned)).collect()
    }
}

#[test]
fn tags_that_were_added_go_and_those_that_were_there_stay() {
    let sandbox = Sandbox::start(&[]);
    let folder = Folder::new(&sandbox);
    let before = folder.tags();
    let own = before.first().expect("Jane has a tag").clone();
    folder.done(&["--yes", &format!("add tags {own} and zebra to contact Jane Doe")]);
    assert!(folder.tags().contains(&"zebra".to_owned()));
    folder.done(&["undo"]);
    assert_eq!(folder.tags(), before);
    folder.refused(&["undo", "1"], "it was taken back by run 2");
    folder.done(&[&format!("remove tag {own} from contact Jane Doe")]);
    assert!(!folder.tags().contains(&own));
    folder.done(&["undo"]);
    assert!(folder.tags().contains(&own));
}

#[test]
fn a_field_gets_its_former_value_unless_it_has_changed_since() {
    let sandbox = Sandbox::start(&[]);
    let folder = Folder::new(&sandbox);
    let city = |folder: &Folder| folder.show("show contact Jane Doe")["city"].clone();
    folder.done(&["update contact Jane Doe with city Boston"]);
    folder.done(&["update contact Jane Doe with city Denver"]);
    folder.refused(&["undo", "1"], "`city` has changed since");
    assert_eq!(city(&folder), "Denver");
    folder.done(&["undo"]);
    assert_eq!(city(&folder), "Boston");
}

#[test]
fn what_was_made_is_deleted_once_that_is_agreed_to() {
    let sandbox = Sandbox::start(&[]);
    let folder = Folder::new(&sandbox);
    folder.done(&["create contact Zed Quill with email zed@example.com"]);
    let (code, _, err) = folder.run(&["undo"]);
    assert_eq!(code, Some(4), "{err}");
    assert!(err.contains("Say it again with --yes"), "{err}");
    folder.done(&["--yes", "undo"]);
    assert_eq!(folder.run(&["show contact Zed Quill"]).0, Some(3));
    folder.refused(&["--yes", "undo", "1"], "it was taken back");
}

#[test]
fn a_deal_goes_back_to_its_status_and_stage() {
    let sandbox = Sandbox::start(&[]);
    let folder = Folder::new(&sandbox);
    let deals = folder.show("list opportunities");
    let deal =
        deals.as_array().expect("deals").iter().find(|deal| deal["status"] == "open").expect("an open deal").clone();
    let (name, id) = (deal["name"].as_str().expect("a name"), deal["id"].as_str().expect("an id"));
    folder.done(&["--yes", &format!("mark opportunity {id} as won")]);
    assert_eq!(folder.show(&format!("show opportunity {id}"))["status"], "won", "{name}");
    folder.done(&["--yes", "undo"]);
    assert_eq!(folder.show(&format!("show opportunity {id}"))["status"], "open", "{name}");
}

#[test]
fn a_bulk_run_is_taken_back_row_by_row() {
    let sandbox = Sandbox::start(&[]);
    let folder = Folder::new(&sandbox);
    let before = folder.tags();
    std::fs::write(folder.test.path().join("rows.csv"), "name\nJane Doe\nWalter Finch\n").expect("rows");
    folder.done(&["--yes", "each", "rows.csv", "add tag zebra to contact {{ name }}", "--undoable"]);
    let (code, _, err) = folder.run(&["undo", "1"]);
    assert_eq!(code, Some(4), "{err}");
    folder.done(&["--yes", "undo", "1"]);
    assert_eq!(folder.tags(), before);
}

#[test]
fn what_a_bot_wrote_without_a_look_before_is_not_guessed() {
    let sandbox = Sandbox::start(&[]);
    let folder = Folder::new(&sandbox);
    std::fs::write(folder.test.path().join("rows.csv"), "name\nJane Doe\n").expect("rows");
    folder.done(&["--yes", "each", "rows.csv", "update contact {{ name }} with city Boston"]);
    folder.refused(&["undo"], "how it was before was not kept");
    folder.refused(&["undo", "77"], "there is no run 77");
}

#[test]
fn what_was_done_to_all_of_a_kind_is_taken_back_but_for_what_was_so_before() {
    let sandbox = Sandbox::start(&[]);
    let folder = Folder::new(&sandbox);
    let zebras = |folder: &Folder| {
        let (code, out, err) = folder.run(&["--all", "--output", "jsonl", "list contacts"]);
        assert_eq!(code, Some(0), "{err}");
        let all = out.lines().map(|line| serde_json::from_str::<Value>(line).expect("a record"));
        let has = |contact: &Value| contact["tags"].as_array().is_some_and(|t| t.iter().any(|tag| tag == "zebra"));
        all.filter(has)
            .map(|contact| contact["contactName"].as_str().unwrap_or_default().to_owned())
            .collect::<Vec<_>>()
    };
    folder.done(&["--yes", "add tag zebra to contact Jane Doe"]);
    folder.done(&["--yes", "add tag zebra to all contacts tagged lead"]);
    assert_eq!(zebras(&folder).len(), 13);
    let (code, _, err) = folder.run(&["undo"]);
    assert_eq!(code, Some(4), "{err}");
    folder.done(&["remove tag zebra from contact Walter Finch"]);
    let (code, out, err) = folder.run(&["--yes", "undo", "2"]);
    assert!(code == Some(1) && err.matches("as it was before").count() == 2, "{code:?}\n{out}\n{err}");
    assert!(out.contains("11 contacts") || out.contains("/contacts/bulk/tags/"), "many at once: {out}");
    assert_eq!(zebras(&folder), ["Jane Doe"]);
    folder.refused(&["--yes", "undo", "2"], "it was taken back by run");
}

#[test]
fn records_that_were_changed_one_by_one_get_back_what_the_list_showed() {
    let sandbox = Sandbox::start(&[]);
    let folder = Folder::new(&sandbox);
    let stages = |folder: &Folder| {
        let deals = folder.show("list open opportunities in the pipeline Sales");
        let deals = deals.as_array().expect("deals").iter();
        deals
            .map(|deal| (deal["id"].to_string(), deal["pipelineStageId"].to_string()))
            .collect::<std::collections::BTreeMap<_, _>>()
    };
    let before = stages(&folder);
    folder.done(&["--yes", "move all open opportunities in the pipeline Sales to the stage Negotiation"]);
    assert_ne!(stages(&folder), before);
    folder.done(&["--yes", "undo"]);
    assert_eq!(stages(&folder), before);
}

#[test]
fn a_column_of_a_file_is_never_taken_for_the_record_as_it_was() {
    let sandbox = Sandbox::start(&[]);
    let folder = Folder::new(&sandbox);
    let row = r#"{"name": "Jane Doe", "before": {"city": "Nowhere"}}"#;
    std::fs::write(folder.test.path().join("rows.jsonl"), format!("{row}\n")).expect("rows");
    folder.done(&["--yes", "each", "rows.jsonl", "update contact {{ name }} with city Boston"]);
    folder.refused(&["--yes", "undo"], "how it was before was not kept");
    assert_eq!(folder.show("show contact Jane Doe")["city"], "Boston");
}

#[test]
fn what_cannot_be_looked_at_now_is_taken_back_another_time() {
    let sandbox = Sandbox::start(&[]);
    let folder = Folder::new(&sandbox);
    let before = folder.tags();
    folder.done(&["--yes", "add tag zebra to all contacts tagged lead"]);
    drop(sandbox);
    let (code, out, err) = folder.run(&["--yes", "undo"]);
    assert!(code == Some(1) && err.contains("cannot be reached"), "{code:?}\n{out}\n{err}");
    assert!(!err.contains("cannot be taken back"), "{err}");
    let (_, history, _) = folder.run(&["--output", "json", "history", "--all"]);
    assert!(!history.contains("\"undone_by\": 2"), "{history}");
    assert!(!before.contains(&"zebra".to_owned()));
}
