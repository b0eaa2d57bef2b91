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
