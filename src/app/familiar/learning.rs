use std::sync::Arc;

use super::{Form, Known, Seen};
use crate::app::everywhere::Everywhere;
use crate::app::heard::heard;
use crate::app::inner::Inner;
use crate::app::{RunOptions, Session};
use crate::intent::{Beside, Intent, Memory};

impl Inner {
    /// What a line means, where lines of its shape were heard often enough and it can be told without reading it.
    pub(in crate::app) fn familiar(&self, session: &Session, text: &str, run: &RunOptions) -> Option<Intent> {
        let account = run.account.as_deref().or(self.options.account.as_deref());
        let several = account.is_some_and(|account| self.names_several(account));
        if several || run.api_version.is_some() || self.options.explain {
            return None;
        }
        let line = heard(text).ok()?;
        let seen = Seen::of(text, &line, self.catalog.vocabulary())?;
        let form = match self.familiar.hear(&seen.shape)? {
            Known::Form(form) => form,
            Known::Nothing => return None,
            Known::Once => {
                let form = self.form_of(&seen).map(Arc::new);
                self.familiar.learn(seen.shape, form.as_ref());
                form?
            }
        };
        let fits = !form.alone || session.memory == Memory::default();
        fits.then(|| form.filled(text, &seen.ids))
    }

    /// What the lines of a shape mean, by one of them.
    pub(super) fn form_of(&self, seen: &Seen<'_>) -> Option<Form> {
        let vocabulary = self.catalog.vocabulary();
        if self.familiar.ids_are_words(self.catalog.lexicon()) {
            return None;
        }
        let (intent, beside) = self.by_itself(seen.text)?;
        let form = Form::of(&intent, seen.text, &seen.ids, beside.memory)?;
        // Another's ids must come back as they were, whatever else is in the form.
        let holds = |text: &str, ids: &[&str], intent: &Intent| form.filled(text, ids) == *intent;
        if !holds(seen.text, &seen.ids, &intent) {
            return None;
        }
        let rounds = if seen.ids.is_empty() { 0..0 } else { 0..2 };
        for nth in rounds {
            let others = seen.other_ids(nth, vocabulary)?;
            let text = seen.with(&others);
            let line = heard(&text).ok()?;
            let other = Seen::of(&text, &line, vocabulary).filter(|other| other.shape == seen.shape)?;
            let (intent, again) = self.by_itself(&text)?;
            if again != beside || !holds(&text, &other.ids, &intent) {
                return None;
            }
        }
        Some(form)
    }

    /// What a line means that nothing was said before, and what that was told by. Nothing when it is about accounts or many
    /// records, or tells a time.
    pub(super) fn by_itself(&self, text: &str) -> Option<(Intent, Beside)> {
        let (intent, beside) = Beside::watch(|| {
            let plain = self.named_account(text).is_none()
                && Everywhere::rest_of(self, text).is_none()
                && matches!(self.select(text, &self.now()), Ok(None));
            plain.then(|| self.read(&Session::of_one_line(), text))
        });
        intent.filter(|_| !beside.clock).map(|intent| (intent, beside))
    }
}
