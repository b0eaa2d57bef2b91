use std::io::{self, BufReader, Read, Write};
use std::thread;

use serde_json::Value;
use tokio::sync::mpsc;

use super::Line;
use super::dispatch::Dispatch;
use super::line::BadLine;
use crate::app::{Answer, Engine, Failure, FailureKind};
use crate::front::lines::{Lines, RawLine};

/// Longest line, in bytes.
const LONGEST_LINE: usize = 1024 * 1024;
/// Bytes that are read at once. The lines in them are handed on together.
const READ: usize = 32 * 1024;
/// Answers waiting to be written.
const AHEAD: usize = 64;
/// Bytes of answers that are written together.
const MOST_AT_ONCE: usize = 256 * 1024;

/// Answers lines until the input ends or nobody reads the answers any more, then finishes what is in flight.
///
/// Reading and writing have threads of their own, so that a slow bot holds up nothing but itself.
pub async fn run(engine: Engine, input: impl Read + Send + 'static, output: impl Write + Send + 'static) {
    let (answers, to_write) = mpsc::channel(AHEAD);
    let (written, all_written) = tokio::sync::oneshot::channel();
    thread::spawn(move || {
        write_answers(to_write, output);
        written.send(()).ok();
    });
    let (lines, mut to_answer) = mpsc::channel(1);
    thread::spawn(move || read_lines(input, &lines));

    let mut dispatch = Dispatch::new(engine, answers.clone());
    loop {
        tokio::select! {
            lines = to_answer.recv() => match lines {
                // A line may have to wait for room, which nobody makes any more when the reader is gone.
                Some(lines) => tokio::select! {
                    () = take_all(&mut dispatch, &answers, lines) => {}
                    () = answers.closed() => break,
                },
                None => break,
            },
            () = answers.closed() => break,
        }
    }
    drop((dispatch, answers));
    all_written.await.ok();
}

async fn take_all(dispatch: &mut Dispatch, answers: &mpsc::Sender<Vec<u8>>, lines: Vec<RawLine>) {
    for line in lines {
        take(dispatch, answers, line).await;
    }
}

async fn take(dispatch: &mut Dispatch, answers: &mpsc::Sender<Vec<u8>>, line: RawLine) {
    let refusal = match line {
        RawLine::TooLong => too_long(),
        RawLine::Whole(bytes) if bytes.iter().all(u8::is_ascii_whitespace) => return,
        RawLine::Whole(bytes) => match Line::parse(&bytes) {
            Ok(line) => return dispatch.take(line, bytes.len()).await,
            Err(bad) => bad,
        },
    };
    drop(answers.send(Answer::refused(refusal.failure).to_line(&refusal.id)).await);
}

fn too_long() -> BadLine {
    let message = format!("a line has at most {LONGEST_LINE} bytes");
    BadLine { id: Value::Null, failure: Failure::new(FailureKind::Invalid, message) }
}

fn read_lines(input: impl Read, lines: &mpsc::Sender<Vec<RawLine>>) {
    let mut reader = Lines::new(BufReader::with_capacity(READ, input), LONGEST_LINE);
    loop {
        let mut together = Vec::new();
        let ended = loop {
            match reader.read() {
                Ok(Some(line)) => together.push(line),
                Ok(None) => break true,
                Err(error) => {
                    tracing::error!(%error, "standard input cannot be read");
                    break true;
                }
            }
            // Nothing that is whole waits for what is not.
            if !reader.reader().buffer().contains(&b'\n') {
                break false;
            }
        };
        if (!together.is_empty() && lines.blocking_send(together).is_err()) || ended {
            return;
        }
    }
}

/// Writes until the senders are gone or the reader is; each answer leaves at once.
fn write_answers(mut answers: mpsc::Receiver<Vec<u8>>, mut output: impl Write) {
    let mut text = Vec::new();
    while let Some(answer) = answers.blocking_recv() {
        // Where there is more to do than there are processors, others come first, and this answer does not leave alone.
        thread::yield_now();
        // What waits already goes along, so that a busy pipe does not flush for each.
        text.clear();
        line(&mut text, &answer);
        while text.len() < MOST_AT_ONCE
            && let Ok(answer) = answers.try_recv()
        {
            line(&mut text, &answer);
        }
        let written = output.write_all(&text).and_then(|()| output.flush());
        match written {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => return,
            Err(error) => return tracing::error!(%error, "standard output cannot be written"),
        }
    }
}

fn line(text: &mut Vec<u8>, answer: &[u8]) {
    text.extend_from_slice(answer);
    text.push(b'\n');
}
