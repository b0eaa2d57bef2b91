use std::sync::{Arc, Mutex, PoisonError};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::print::try_out;
use crate::app::{Answer, Shown, Sink};
use crate::present::{Look, Printed, Stream};

/// Prints a list as its pages come, with a bar on standard error where somebody watches.
pub(super) struct Listing {
    stream: Arc<Mutex<Option<Stream>>>,
    bar: ProgressBar,
}

impl Listing {
    /// A list of which nothing has come yet.
    pub(super) fn new(look: Look) -> Self {
        Self { stream: Arc::new(Mutex::new(Some(Stream::new(look)))), bar: ProgressBar::hidden() }
    }

    /// Where the pages go. Once nobody reads any more, no more are wanted.
    pub(super) fn sink(&self) -> Sink {
        let (stream, bar) = (Arc::clone(&self.stream), self.bar.clone());
        Sink::new(move |page: Shown| {
            let (count, total, more) = (page.count, page.total, page.more);
            let mut stream = stream.lock().unwrap_or_else(PoisonError::into_inner);
            let Some(text) = stream.as_mut().map(|stream| stream.page(page)) else { return false };
            let read = text.is_empty() || bar.suspend(|| try_out(&text));
            show(&bar, count, total, more);
            read
        })
    }

    /// What is printed when the last page has come; all of the answer, when it was no list.
    pub(super) fn end(self, answer: &Answer) -> Printed {
        self.bar.finish_and_clear();
        let stream = self.stream.lock().unwrap_or_else(PoisonError::into_inner).take();
        stream.map(|stream| stream.end(answer)).unwrap_or_default()
    }
}

fn show(bar: &ProgressBar, count: usize, total: Option<u64>, more: bool) {
    if bar.is_hidden() && more {
        let form = match total {
            Some(_) => "{wide_bar} {pos} of {len} · {per_sec} · {eta} left",
            None => "{spinner} {pos} records · {per_sec}",
        };
        bar.set_style(ProgressStyle::with_template(form).unwrap_or_else(|_| ProgressStyle::default_bar()));
        bar.set_draw_target(ProgressDrawTarget::stderr());
    }
    if let Some(total) = total {
        bar.set_length(total);
    }
    bar.set_position(count as u64);
}
