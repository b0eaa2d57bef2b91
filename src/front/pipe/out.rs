use std::io::{self, Write};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use tokio::sync::Notify;

/// Bytes of answers that wait to be written. Past that whoever has one to give has to wait.
const MOST_WAITING: usize = 256 * 1024;

/// Where answers go, in the order in which they are given. They are gathered in one place, so that whoever writes is woken
/// for many of them and hands them on as they lie.
///
/// The writer ends when this is let go and everything is written.
pub(super) struct Out(Arc<Gathered>);

#[derive(Default)]
struct Gathered {
    state: Mutex<State>,
    /// There is something to write, or nothing any more.
    ready: Condvar,
    /// There is room again.
    room: Notify,
    /// Nobody reads any more.
    closed: Notify,
}

#[derive(Default)]
struct State {
    text: Vec<u8>,
    /// Whether the writer has to be called.
    idle: bool,
    /// No more answers come.
    over: bool,
    /// Nobody reads them.
    gone: bool,
}

impl Out {
    /// What is given goes to `output`, from a thread of its own, so that a slow reader holds up nothing but itself. With what
    /// tells that it has ended.
    pub(super) fn to(output: impl Write + Send + 'static) -> (Self, tokio::sync::oneshot::Receiver<()>) {
        let (ended, all_written) = tokio::sync::oneshot::channel();
        let out = Self(Arc::default());
        let gathered = Arc::clone(&out.0);
        thread::spawn(move || {
            gathered.write_all(output);
            ended.send(()).ok();
        });
        (out, all_written)
    }

    /// Gives an answer, as soon as there is room.
    pub(super) async fn give(&self, answer: &[u8]) {
        loop {
            let room = self.0.room.notified();
            if self.0.try_give(answer) {
                return;
            }
            room.await;
        }
    }

    /// Whether nobody reads any more.
    pub(super) fn is_closed(&self) -> bool {
        self.0.state().gone
    }

    /// Waits until nobody reads any more.
    pub(super) async fn closed(&self) {
        let closed = self.0.closed.notified();
        if !self.is_closed() {
            closed.await;
        }
    }
}

impl Drop for Out {
    fn drop(&mut self) {
        self.0.state().over = true;
        self.0.ready.notify_one();
    }
}

impl Gathered {
    /// Whether the answer was taken, or is wanted by nobody.
    fn try_give(&self, answer: &[u8]) -> bool {
        let call = {
            let mut state = self.state();
            if state.gone {
                return true;
            }
            if state.text.len() >= MOST_WAITING {
                return false;
            }
            state.text.extend_from_slice(answer);
            state.text.push(b'\n');
            std::mem::take(&mut state.idle)
        };
        if call {
            self.ready.notify_one();
        }
        true
    }

    /// Writes until no more answers come or nobody reads; each answer leaves at once.
    fn write_all(&self, mut output: impl Write) {
        let mut text = Vec::new();
        while self.wait() {
            // Where there is more to do than there are processors, others come first, and this answer does not leave alone.
            thread::yield_now();
            text.clear();
            // A long answer has not to be kept room for.
            text.shrink_to(2 * MOST_WAITING);
            std::mem::swap(&mut self.state().text, &mut text);
            self.room.notify_waiters();
            if let Err(error) = output.write_all(&text).and_then(|()| output.flush()) {
                if error.kind() != io::ErrorKind::BrokenPipe {
                    tracing::error!(%error, "standard output cannot be written");
                }
                break;
            }
        }
        self.state().gone = true;
        self.room.notify_waiters();
        self.closed.notify_waiters();
    }

    /// Waits for something to write; false when nothing comes any more.
    fn wait(&self) -> bool {
        let mut state = self.state();
        while state.text.is_empty() && !state.over {
            state.idle = true;
            state = self.ready.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        state.idle = false;
        !state.text.is_empty()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    /// A reader that takes what is written when it is told to, and goes away when nobody tells it any more.
    struct Slow {
        turns: mpsc::Receiver<()>,
        read: Arc<Mutex<Vec<u8>>>,
    }

    impl Write for Slow {
        fn write(&mut self, text: &[u8]) -> io::Result<usize> {
            self.turns.recv().map_err(|_| io::Error::from(io::ErrorKind::BrokenPipe))?;
            self.read.lock().expect("read").extend_from_slice(text);
            Ok(text.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn slow() -> (Slow, mpsc::Sender<()>, Arc<Mutex<Vec<u8>>>) {
        let (turn, turns) = mpsc::channel();
        let read = Arc::default();
        (Slow { turns, read: Arc::clone(&read) }, turn, read)
    }

    #[tokio::test]
    async fn every_answer_is_written_in_its_turn_before_the_end() {
        let (reader, turn, read) = slow();
        let (out, all_written) = Out::to(reader);
        for n in 0..1_000 {
            out.give(n.to_string().as_bytes()).await;
        }
        drop(out);
        for _ in 0..1_000 {
            turn.send(()).ok();
        }
        all_written.await.expect("it ends");
        let expected: Vec<String> = (0..1_000).map(|n| n.to_string()).collect();
        assert_eq!(String::from_utf8_lossy(&read.lock().expect("read")), expected.join("\n") + "\n");
    }

    #[tokio::test]
    async fn who_has_an_answer_waits_until_there_is_room() {
        let (reader, turn, read) = slow();
        let (out, _all_written) = Out::to(reader);
        let (out, answer) = (Arc::new(out), vec![b'x'; MOST_WAITING]);
        let giving = Arc::clone(&out);
        // The first is being written, the second waits, and the third has no room.
        let three = tokio::spawn(async move {
            for _ in 0..3 {
                giving.give(&answer).await;
            }
        });
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        assert!(!three.is_finished());
        turn.send(()).expect("it reads");
        three.await.expect("all is given");
        assert!(read.lock().expect("read").len() > MOST_WAITING && !out.is_closed());
    }

    #[tokio::test]
    async fn nobody_waits_for_a_reader_that_is_gone() {
        let (reader, turn, _) = slow();
        let (out, all_written) = Out::to(reader);
        let (out, answer) = (Arc::new(out), vec![b'x'; MOST_WAITING]);
        let giving = Arc::clone(&out);
        let all = tokio::spawn(async move {
            for _ in 0..9 {
                giving.give(&answer).await;
            }
        });
        drop(turn);
        out.closed().await;
        all.await.expect("they are given to nobody");
        all_written.await.expect("it ends");
        assert!(out.is_closed());
    }
}
