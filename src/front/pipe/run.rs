use std::io::{BufReader, Read, Write};
use std::sync::Arc;
use std::thread;

use serde_json::Value;
use tokio::sync::mpsc;

use super::Line;
use super::dispatch::Dispatch;
use super::line::BadLine;
use super::out::Out;
use crate::app::{Answer, Engine, Failure, FailureKind};
use crate::front::lines::{Lines, RawLine};

/// Longest line, in bytes.
const LONGEST_LINE: usize = 1024 * 1024;
/// Bytes that are read at once. The lines in them are handed on together.
const READ: usize = 32 * 1024;

/// Answers lines until the input ends or nobody reads the answers any more, then finishes what is in flight.
///
/// Reading and writing have threads of their own, so that a slow bot holds up nothing but itself.
pub async fn run(engine: Engine, input: impl Read + Send + 'static, output: impl Write + Send + 'static) {
    let (out, all_written) = Out::to(output);
    let out = Arc::new(out);
    let (lines, mut to_answer) = mpsc::channel(1);
    thread::spawn(move || read_lines(input, &lines));

    let mut dispatch = Dispatch::new(engine, Arc::clone(&out));
    loop {
        tokio::select! {
            lines = to_answer.recv() => match lines {
                // A line may have to wait for room, which nobody makes any more when the reader is gone.
                Some(lines) => tokio::select! {
                    () = take_all(&mut dispatch, &out, lines) => {}
                    () = out.closed() => break,
                },
                None => break,
            },
            () = out.closed() => break,
        }
    }
    drop((dispatch, out));
    all_written.await.ok();
}

async fn take_all(dispatch: &mut Dispatch, out: &Out, lines: Vec<RawLine>) {
    for line in lines {
        take(dispatch, out, line).await;
    }
}

async fn take(dispatch: &mut Dispatch, out: &Out, line: RawLine) {
    let refusal = match line {
        RawLine::TooLong => too_long(),
        RawLine::Whole(bytes) if bytes.iter().all(u8::is_ascii_whitespace) => return,
        RawLine::Whole(bytes) => match Line::parse(&bytes) {
            Ok(line) => return dispatch.take(line, bytes.len()).await,
            Err(bad) => bad,
        },
    };
    out.give(&Answer::refused(refusal.failure).to_line(&refusal.id)).await;
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
