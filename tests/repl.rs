//! Conversations: line by line without a terminal, and a few at a real one.

mod support;

use std::sync::Arc;
use std::time::Duration;

use expectrl::process::Healthcheck;
use expectrl::session::{OsProcess, OsStream};
use expectrl::{ControlCode, Eof, Expect, Session};
use sayso::app::{Engine, EngineOptions, RunOptions};
use sayso::catalog::{Auth, Catalog};
use sayso::front::repl::{Conversation, Turn};
use sayso::present::Look;
use sayso::sandbox::{self, Clock, Running};
use support::{NOW, Sandbox, Test, ZONE};

struct Talk {
    conversation: Conversation,
    runtime: tokio::runtime::Runtime,
    sandbox: Running,
}

impl Talk {
    fn new() -> Self {
        let now: jiff::Timestamp = NOW.parse().expect("a moment");
        let zone = jiff::tz::TimeZone::get(ZONE).expect("a zone");
        let catalog = Arc::new(Catalog::builtin());
        let sandbox =
            sandbox::start(sandbox::Options::new(Clock::starting_at(now)), catalog.clone()).expect("a sandbox");
        let mut options = EngineOptions {
            base_url: Some(sandbox.base_url.clone()),
            context: sandbox.context.clone(),
            now: Some(now.to_zoned(zone.clone())),
            timezone: Some(zone),
            ..EngineOptions::default()
        };
        for service in catalog.services() {
            if let Auth::Bearer(names) = &service.auth {
                options.environment.set(&names[0], &sandbox.token);
            }
        }
        let engine = Engine::new(Catalog::builtin(), options).expect("an engine");
        let conversation = Conversation::new(engine, Look::default(), RunOptions::default());
        Self { conversation, runtime: tokio::runtime::Runtime::new().expect("a runtime"), sandbox }
    }

    fn line(&mut self, line: &str) -> Turn {
        let turn = self.runtime.block_on(self.conversation.line(line));
        let bare = |text: &str| anstream::adapter::strip_str(text).to_string();
        let printed = sayso::present::Printed { out: bare(&turn.printed.out), err: bare(&turn.printed.err) };
        Turn { printed, leaves: turn.leaves }
    }

    fn out(&mut self, line: &str) -> String {
        let turn = self.line(line);
        assert_eq!(turn.printed.err, "", "{line}: {}", turn.printed.out);
        turn.printed.out
    }

    fn err(&mut self, line: &str) -> String {
        let turn = self.line(line);
        assert_eq!(turn.printed.out, "", "{line}: {}", turn.printed.err);
        turn.printed.err
    }

    /// Requests that changed something.
    fn writes(&self) -> Vec<String> {
        let log = self.sandbox.log();
        let writes = log.iter().filter(|e| e.method != "GET" && !e.path.ends_with("/search"));
        writes.map(|e| format!("{} {}", e.method, e.path)).collect()
    }
}

#[test]
fn a_question_which_one_is_answered_by_number_or_word() {
    let mut talk = Talk::new();
    let question = talk.err("add tag vip to contact Jane");
    assert!(question.contains("  1. Jane ") && question.contains("  2. Jane "), "{question}");
    assert_eq!(talk.conversation.prompt(), "which? ");
    assert!(talk.writes().is_empty());
    let done = talk.out("2");
    assert!(done.starts_with("✓ "), "{done}");
    assert_eq!(talk.writes().len(), 1);
    talk.err("add tag hot to contact Jane");
    let done = talk.out("Doe");
    assert!(done.contains("Jane Doe"), "{done}");
    assert_eq!(talk.conversation.prompt(), "sayso> ");
}

#[test]
fn what_cannot_be_taken_back_is_asked_first_and_silence_is_no() {
    let mut talk = Talk::new();
    for no in ["", "n", "no"] {
        talk.err("delete contact Jane Doe");
        assert_eq!(talk.conversation.prompt(), "[y/N] ");
        talk.line(no);
        assert!(!talk.conversation.is_waiting(), "after {no:?}");
        assert_eq!(talk.writes(), Vec::<String>::new(), "after {no:?}");
    }
    talk.err("delete contact Jane Doe");
    let done = talk.out("y");
    assert!(done.starts_with("✓ "), "{done}");
    assert_eq!(talk.writes().len(), 1);
    assert!(talk.writes()[0].starts_with("DELETE /contacts/"));
}

#[test]
fn a_pronoun_stands_for_what_was_spoken_of() {
    let mut talk = Talk::new();
    talk.out("show contact Jane Doe");
    let done = talk.out("add tag vip to her");
    assert!(done.contains("Jane Doe"), "{done}");
}

#[test]
fn a_dry_line_sends_nothing_and_the_switch_holds() {
    let mut talk = Talk::new();
    let shown = talk.out(":dry add tag vip to contact Jane Doe");
    assert!(shown.contains("POST http://127.0.0.1") && shown.contains("curl"), "{shown}");
    assert_eq!(talk.out(":dry"), "Nothing is sent from here on.\n");
    assert_eq!(talk.conversation.prompt(), "sayso (dry)> ");
    talk.out("add tag vip to contact Jane Doe");
    assert_eq!(talk.out(":dry"), "Requests are sent again.\n");
    assert!(talk.writes().is_empty());
}

#[test]
fn the_last_answer_can_be_seen_whole() {
    let mut talk = Talk::new();
    assert_eq!(talk.err(":last"), "Nothing was done yet.\n");
    talk.out("show contact Jane Doe");
    let last: serde_json::Value = serde_json::from_str(&talk.out(":last")).expect("JSON");
    assert_eq!(last["lastName"], "Doe");
}

#[test]
fn help_names_what_can_be_done_with_a_noun() {
    let mut talk = Talk::new();
    assert!(talk.out("help").contains(":explain"));
    let help = talk.out("help contacts");
    assert!(help.contains("delete contact") && help.contains("(asks first)"), "{help}");
    assert_eq!(talk.out("help contcts"), "I know nothing called `contcts`; did you mean `contacts`?\n");
}

#[test]
fn an_explanation_tells_how_words_were_read() {
    let mut talk = Talk::new();
    assert_eq!(talk.err(":explain"), "Nothing was said yet.\n");
    let trace = talk.out(":explain delete contact Jane Doe");
    assert!(trace.contains("contacts.delete"), "{trace}");
    assert!(talk.writes().is_empty());
}

#[test]
fn commands_that_do_not_exist_are_told_and_leaving_leaves() {
    let mut talk = Talk::new();
    assert_eq!(talk.err(":exlain x"), "There is no command `:exlain`; did you mean `:explain`?\n");
    assert_eq!(talk.line("  "), Turn::default());
    assert!(talk.line(":quit").leaves);
}

type Terminal = Session<OsProcess, OsStream>;

fn terminal(test: &Test) -> Terminal {
    let mut command = test.command();
    command.env("TERM", "xterm");
    let mut terminal = Session::spawn(command).expect("a terminal");
    terminal.set_expect_timeout(Some(Duration::from_secs(20)));
    terminal.expect("sayso>").expect("a prompt");
    terminal
}

#[test]
fn a_terminal_completes_confirms_and_leaves() {
    let test = Test::new().sandbox();
    let mut terminal = terminal(&test);
    terminal.send("dele\t").expect("typed");
    terminal.expect("delete").expect("the completed verb");
    terminal.send_line(" contact Jane Doe").expect("typed");
    terminal.expect("[y/N]").expect("a question");
    terminal.send_line("").expect("typed");
    terminal.expect("sayso>").expect("a prompt");
    terminal.send_line(":quit").expect("typed");
    terminal.expect(Eof).expect("the end");
}

#[test]
fn ctrl_c_drops_the_line_and_the_question_but_not_the_program() {
    let test = Test::new().sandbox();
    let mut terminal = terminal(&test);
    terminal.send("delete everything").expect("typed");
    terminal.expect("hing").expect("the echo: what is typed behind a ctrl-C that was not taken yet is lost with it");
    terminal.send(ControlCode::EndOfText).expect("ctrl-C");
    terminal.expect("\n").expect("the line is left");
    terminal.expect("sayso>").expect("a fresh line");
    terminal.send_line("delete contact Jane Doe").expect("typed");
    terminal.expect("[y/N]").expect("a question");
    terminal.send(ControlCode::EndOfText).expect("ctrl-C");
    terminal.expect("Left as it is.").expect("the question is dropped");
    terminal.expect("sayso>").expect("a prompt");
    assert!(terminal.get_process().is_alive().expect("a process"));
}

#[test]
fn ctrl_c_stops_waiting_for_a_slow_answer() {
    let sandbox = Sandbox::start(&["--fault", "slow:1"]);
    let test = Test::new().against(&sandbox);
    let mut terminal = terminal(&test);
    terminal.send_line("list tags").expect("typed");
    std::thread::sleep(Duration::from_millis(400));
    terminal.send(ControlCode::EndOfText).expect("ctrl-C");
    terminal.expect("Stopped waiting").expect("a note");
    terminal.expect("sayso>").expect("a prompt");
    terminal.send_line("list tags").expect("typed");
    terminal.expect("newsletter").expect("an answer, a second later");
}

#[test]
fn ctrl_d_leaves_and_lines_are_remembered() {
    let test = Test::new().sandbox();
    let mut first = terminal(&test);
    first.send_line("help tags").expect("typed");
    first.expect("Create a tag").expect("the help, so that the prompt behind it is a new one");
    first.expect("sayso>").expect("a prompt");
    first.send(ControlCode::EndOfTransmission).expect("ctrl-D");
    first.expect(Eof).expect("the end");
    let mut second = terminal(&test);
    second.send("\u{1b}[A").expect("the arrow upwards");
    second.expect("help tags").expect("the line of before");
}
