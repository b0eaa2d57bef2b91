use super::inner::Inner;
use super::{Answer, AnswerStatus, RunOptions, Session};
use crate::catalog::Service;
use crate::plan::{Context, fold};

impl Inner {
    /// "use Acme Dental": another account for the rest of the conversation. Nothing when the line is not about that.
    pub(super) async fn switch(&self, session: &mut Session, text: &str) -> Option<Answer> {
        let said = self.named_account(text)?;
        for service in self.catalog.services() {
            let Some(first) = service.context.first() else { continue };
            let known = self.options.access.service(&service.name).and_then(|access| access.account_named(said.name));
            if known.is_none() && !said.surely {
                continue;
            }
            let mut context = match self.context(&RunOptions::default(), &[], session.speaker).await {
                Ok(context) => context,
                Err(failure) => return Some(Answer::refused(failure)),
            };
            let settled = self.set_account(&mut context, service, said.name, session.speaker).await;
            let id = context.account(service).unwrap_or_default().to_owned();
            if let Err(failure) = settled.and_then(|()| self.transport.gate().judge_account(&id)) {
                return Some(Answer::refused(failure));
            }
            let label = known.map_or_else(|| said.name.to_owned(), |account| account.name.clone());
            let label = if label == id { id.clone() } else { format!("{label} ({id})") };
            tracing::debug!(service = service.name, name = first.name, id, "another account");
            session.work_in(id);
            return Some(Answer { note: Some(format!("Working in {label}")), ..Answer::new(AnswerStatus::Done) });
        }
        None
    }

    /// The rest of a line that begins like a switch of accounts.
    pub(super) fn named_account<'t>(&self, text: &'t str) -> Option<Said<'t>> {
        let text = text.trim().trim_end_matches(['.', '!']);
        let phrases = self.catalog.lexicon().set("switch").iter();
        let begun = phrases.filter_map(|phrase| Some((phrase.len(), after(text, phrase)?)));
        let (_, rest) = begun.max_by_key(|(length, _)| *length)?;
        let nouns = self.catalog.services().iter().filter_map(account_nouns).flatten();
        let rest = after(rest, "the").unwrap_or(rest);
        let named = nouns.filter_map(|noun| after(rest, noun)).min_by_key(|rest| rest.len());
        let name = named.unwrap_or(rest).trim_matches(['"', '\u{201c}', '\u{201d}', ' ']);
        (!name.is_empty()).then_some(Said { name, surely: named.is_some() })
    }
}

pub(super) struct Said<'t> {
    name: &'t str,
    /// The line says that it is an account.
    surely: bool,
}

fn account_nouns(service: &Service) -> Option<&Vec<String>> {
    let first = service.context.first()?;
    Some(&service.resources.iter().find(|resource| resource.id == first.name)?.nouns)
}

/// What follows a phrase at the start of a text, case and white space aside.
fn after<'t>(text: &'t str, phrase: &str) -> Option<&'t str> {
    let first = |text: &str| text.bytes().next().filter(u8::is_ascii).map(|byte| byte.to_ascii_lowercase());
    if let (Some(said), Some(wanted)) = (first(text.trim_start()), first(phrase.trim_start()))
        && said != wanted
    {
        return None;
    }
    let words = phrase.split_whitespace().count();
    let mut rest = text.trim_start();
    for _ in 0..words {
        let end = rest.find(char::is_whitespace)?;
        rest = rest[end..].trim_start();
    }
    let lead = &text.trim_start()[..text.trim_start().len() - rest.len()];
    (fold(lead.trim_end()) == fold(phrase) && !rest.is_empty()).then_some(rest)
}

impl Inner {
    /// A context with all that is known without asking: neither the options nor the variables change any more.
    pub(super) fn supplied(&self) -> &Context {
        self.supplied.get_or_init(|| {
            let mut context = Context::new(self.now());
            self.catalog.services().iter().for_each(|service| self.supply(&mut context, service));
            context
        })
    }

    /// Adds what is known of a service that the catalog does not list, such as one that is sent through another.
    pub(super) fn supply_unlisted(&self, context: &mut Context, service: &Service) {
        if !self.catalog.services().iter().any(|listed| std::ptr::eq(listed, service)) {
            self.supply(context, service);
        }
    }

    fn supply(&self, context: &mut Context, service: &Service) {
        if let Some(base) = &self.options.base_url {
            context.set_base(&service.name, base);
        }
        for value in &service.context {
            if let Some(known) = self.options.context_value(service, value) {
                context.set(&service.name, &value.name, known);
            }
        }
    }
}
