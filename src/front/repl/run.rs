use std::io::{IsTerminal, Write};
use std::path::Path;

use rustyline::error::ReadlineError;
use rustyline::history::FileHistory;
use rustyline::{CompletionType, Config, Editor};
use tokio::runtime::Runtime;

use super::conversation::{Conversation, Turn};
use super::helper::LineHelper;
use crate::app::Engine;
use crate::front::print::print;
use crate::front::words::Words;

/// Lines kept in the history file.
const HISTORY: usize = 5000;

/// Talks with a person at a terminal until they leave. Without a `history` file nothing is remembered.
///
/// # Errors
/// When the terminal cannot be used.
pub fn run(
    runtime: &Runtime,
    engine: &Engine,
    mut talk: Conversation,
    history: Option<&Path>,
) -> rustyline::Result<()> {
    let mut editor = editor(engine, history)?;
    loop {
        match editor.readline(talk.prompt()) {
            Ok(line) => {
                remember(&mut editor, &talk, &engine.redact(&line), history);
                let turn = carry_out(runtime, &mut talk, &line);
                print(&turn.printed);
                if turn.leaves {
                    return Ok(());
                }
            }
            Err(ReadlineError::Interrupted) => {
                if talk.cancel() {
                    print_note("Left as it is.");
                }
            }
            Err(ReadlineError::Eof) => return Ok(()),
            Err(error) => return Err(error),
        }
    }
}

type LineEditor = Editor<LineHelper, FileHistory>;

fn editor(engine: &Engine, history: Option<&Path>) -> rustyline::Result<LineEditor> {
    let config = Config::builder().max_history_size(HISTORY)?.history_ignore_dups(true)?;
    let config = config.history_ignore_space(true).completion_type(CompletionType::List).build();
    let mut editor = Editor::with_config(config)?;
    let colour = std::io::stdout().is_terminal() && anstream::stdout().current_choice() != anstream::ColorChoice::Never;
    editor.set_helper(Some(LineHelper::new(Words::of(engine.catalog()), colour)));
    if let Some(file) = history
        && let Err(error) = prepare(&mut editor, file)
    {
        tracing::warn!(%error, file = %file.display(), "the history cannot be used");
    }
    Ok(editor)
}

fn prepare(editor: &mut LineEditor, history: &Path) -> rustyline::Result<()> {
    if history.exists() {
        return editor.load_history(history);
    }
    Ok(history.parent().map_or(Ok(()), std::fs::create_dir_all)?)
}

/// Keeps phrases, not replies: "y" helps nobody later.
fn remember(editor: &mut LineEditor, talk: &Conversation, line: &str, history: Option<&Path>) {
    if talk.is_waiting() || line.trim().is_empty() {
        return;
    }
    let added = editor.add_history_entry(line).unwrap_or(false);
    if let Some(file) = history.filter(|_| added) {
        // A history that cannot be written is no reason to stop talking.
        if let Err(error) = editor.append_history(file) {
            tracing::warn!(%error, file = %file.display(), "the history cannot be written");
        }
    }
}

/// Ctrl-C while a request is under way stops waiting for it and keeps the conversation.
fn carry_out(runtime: &Runtime, talk: &mut Conversation, line: &str) -> Turn {
    let stopped = runtime.block_on(async {
        tokio::select! {
            turn = talk.line(line) => Some(turn),
            _ = tokio::signal::ctrl_c() => None,
        }
    });
    stopped.unwrap_or_else(|| {
        talk.cancel();
        print_note("Stopped waiting; a request that was already sent may still be carried out.");
        Turn::default()
    })
}

fn print_note(text: &str) {
    drop(writeln!(anstream::stderr(), "{text}"));
}
