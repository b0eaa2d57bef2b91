use super::inner::Inner;
use super::job::Job;
use super::pending::{Asked, Pending};
use super::{Answer, Choice, Failure, FailureKind, Reply, RunOptions, Session};
use crate::catalog::{AGREEMENT, Kind, Parameter};
use crate::execute::Binding;
use crate::intent::{Argument, Status, Value, reply};
use crate::language::number_word;
use crate::plan::{fold, plain_text};

impl Inner {
    /// A line while a question is open; nothing when it is no reply to it.
    pub(super) async fn reply_in_words(&self, session: &mut Session, text: &str, run: &RunOptions) -> Option<Answer> {
        let pending = session.pending.as_ref()?;
        let yes_or_no = self.is_word("yes", text) || self.is_word("no", text);
        let fits = match &pending.asked {
            Asked::Value { step, parameter } => {
                let asked = pending.job.steps.get(*step).map(|s| self.catalog.operation(s.operation));
                asked.and_then(|o| o.param(parameter)).is_none_or(|p| !self.is_new_line(session, p, text))
            }
            Asked::Changes => self.is_word("no", text) || self.changed(session, &pending.job, text).is_some(),
            Asked::Agreement | Asked::Confirmation | Asked::NewName { .. } | Asked::Run(_) | Asked::Everywhere(_) => {
                yes_or_no
            }
            Asked::Record { .. } | Asked::Reading(_) => {
                self.is_word("no", text) || chosen(pending, &Reply::Text(text.to_owned())).is_some()
            }
        };
        if !fits {
            return None;
        }
        Some(self.reply(session, Reply::Text(text.to_owned()), run).await)
    }

    /// Whether a line is a command of its own rather than the value that was asked for. Texts may say anything; a name
    /// alone may read as a command to show its record, but then it is all of the line.
    fn is_new_line(&self, session: &Session, parameter: &Parameter, text: &str) -> bool {
        if !matches!(parameter.kind, Kind::Entity(_)) || !parameter.values.is_empty() {
            return false;
        }
        let intent = self.read(session, text);
        let whole = fold(text);
        let names_it = intent
            .steps
            .iter()
            .flat_map(|s| &s.arguments)
            .any(|a| plain_text(&a.value.to_json()).is_some_and(|said| fold(&said) == whole));
        intent.status == Status::Ready && !names_it
    }

    /// Carries on with a reply.
    pub(super) async fn reply(&self, session: &mut Session, reply: Reply, run: &RunOptions) -> Answer {
        let Some(pending) = session.pending.take() else {
            return Answer::refused(Failure::new(FailureKind::NoSuchChoice, "no question is open"));
        };
        let backs_out = match &reply {
            Reply::No => true,
            Reply::Text(text) => self.is_word("no", text),
            _ => false,
        };
        if backs_out {
            return Answer::refused(Failure::new(FailureKind::Cancelled, "nothing was done"));
        }
        let agrees = self.agreed_by(&reply);
        let mut job = joined(pending.job.clone(), run);
        let taken = match &pending.asked {
            Asked::Confirmation if agrees => {
                job.confirmed = true;
                true
            }
            Asked::Agreement if agrees => {
                job.steps.iter_mut().for_each(|step| step.missing.retain(|name| name != AGREEMENT));
                true
            }
            Asked::NewName { resource, name } if agrees => {
                job.bindings.agree(resource, name);
                true
            }
            Asked::Changes => {
                let intent = match &reply {
                    Reply::Text(text) => self.changed(session, &job, text),
                    _ => None,
                };
                intent.is_some_and(|intent| {
                    job.steps = intent.steps;
                    true
                })
            }
            // A run, and what is for several accounts, is begun by the engine before the reply gets here.
            Asked::Agreement | Asked::Confirmation | Asked::NewName { .. } | Asked::Run(_) | Asked::Everywhere(_) => {
                false
            }
            Asked::Record { resource, text } => choose_record(&pending, &mut job, resource, text, &reply),
            Asked::Reading(alternatives) => match chosen(&pending, &reply) {
                Some(at) => {
                    job.steps.clone_from(&alternatives[at].steps);
                    true
                }
                None => false,
            },
            Asked::Value { step, parameter } => self.fill(&pending, &mut job, *step, parameter, &reply),
        };
        if taken {
            return self.carry_out(session, job).await;
        }
        let choices: Vec<String> = pending.choices.iter().map(|c| c.label.clone()).collect();
        let hint = if let Asked::Run(plan) = &pending.asked
            && plan.whole
        {
            format!("Answer with their number, {}, or no.", plan.rows)
        } else if choices.is_empty() {
            "Answer yes or no.".to_owned()
        } else {
            format!("Choose one of: {}.", choices.join("; "))
        };
        session.pending = Some(pending);
        Answer::refused(Failure::new(FailureKind::NoSuchChoice, "that is not one of the choices").hint(hint))
    }

    fn fill(&self, pending: &Pending, job: &mut Job, step: usize, parameter: &str, said: &Reply) -> bool {
        let Some(step) = job.steps.get_mut(step) else { return false };
        let operation = self.catalog.operation(step.operation);
        let Some(declared) = operation.param(parameter) else { return false };
        let arguments = match (chosen(pending, said), said) {
            (Some(at), _) => {
                let id = pending.choices[at].id.clone();
                if let Kind::Entity(resource) = &declared.kind {
                    job.bindings.choose(binding(resource, &id, &pending.choices[at]));
                }
                one(parameter, declared.many, Value::Given(id.into()))
            }
            (None, Reply::Text(text)) => reply(operation, declared, text, &self.now()),
            (None, Reply::Number(number)) => reply(operation, declared, &number.to_string(), &self.now()),
            (None, Reply::Id(id)) => one(parameter, declared.many, Value::Given(id.clone().into())),
            (None, Reply::Yes) => one(parameter, false, Value::Boolean(true)),
            (None, Reply::No) => return false,
        };
        step.missing.retain(|m| m != parameter);
        step.arguments.extend(arguments);
        true
    }

    /// Whether a reply agrees.
    pub(super) fn agreed_by(&self, reply: &Reply) -> bool {
        match reply {
            Reply::Yes => true,
            Reply::Text(text) => self.is_word("yes", text),
            Reply::No | Reply::Number(_) | Reply::Id(_) => false,
        }
    }

    fn is_word(&self, set: &str, text: &str) -> bool {
        let folded = fold(text.trim_end_matches(['.', '!']));
        self.catalog.lexicon().set(set).contains(&folded)
    }
}

fn choose_record(pending: &Pending, job: &mut Job, resource: &str, text: &str, reply: &Reply) -> bool {
    let Some(at) = chosen(pending, reply) else { return false };
    job.bindings.choose(binding(resource, text, &pending.choices[at]));
    true
}

/// The position of the choice that a reply means.
fn chosen(pending: &Pending, reply: &Reply) -> Option<usize> {
    let at = match reply {
        Reply::Number(number) => number.checked_sub(1),
        Reply::Id(id) => pending.choices.iter().position(|c| c.id == *id),
        Reply::Text(text) => chosen_in_words(pending, text),
        Reply::Yes | Reply::No => None,
    };
    at.filter(|at| *at < pending.choices.len())
}

/// The label is what people call the record; what follows it tells it from its namesakes.
fn binding(resource: &str, text: &str, choice: &Choice) -> Binding {
    let label = choice.label.split(" \u{b7} ").next().unwrap_or(&choice.label).to_owned();
    Binding { resource: resource.to_owned(), text: text.to_owned(), id: choice.id.clone(), label }
}

fn one(parameter: &str, many: bool, value: Value) -> Vec<Argument> {
    let value = if many { Value::List(vec![value]) } else { value };
    vec![Argument { name: parameter.to_owned(), value }]
}

/// What a reply asks for is added to what the line asked for.
fn joined(mut job: Job, run: &RunOptions) -> Job {
    job.run.dry_run |= run.dry_run;
    job.run.confirm |= run.confirm;
    job
}

/// By number ("2", "the second one"), by id, or by words that only one label holds.
fn chosen_in_words(pending: &Pending, text: &str) -> Option<usize> {
    let folded = fold(text);
    if let Some(at) = pending.choices.iter().position(|c| c.id == text.trim() || fold(&c.label) == folded) {
        return Some(at);
    }
    // A minus is no decoration: "-1" is not the first of them.
    let bare = folded.trim_matches(|c: char| !c.is_alphanumeric() && c != '-');
    if let Some(number) = bare.parse::<usize>().ok().or_else(|| ordinal(bare)) {
        return number.checked_sub(1);
    }
    let wanted: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let holds = |label: &str| {
        let label = fold(label);
        let words: Vec<&str> = label.split(|c: char| !c.is_alphanumeric()).collect();
        !wanted.is_empty() && wanted.iter().all(|w| words.contains(w))
    };
    let mut fitting = pending.choices.iter().enumerate().filter(|(_, c)| holds(&c.label)).map(|(at, _)| at);
    fitting.next().filter(|_| fitting.next().is_none())
}

/// "the second one", "third", "number two".
fn ordinal(text: &str) -> Option<usize> {
    const ORDINALS: [&str; 10] =
        ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];
    let text = text.strip_prefix("the ").unwrap_or(text);
    let text = text.strip_prefix("number ").unwrap_or(text);
    let text = text.strip_suffix(" one").unwrap_or(text);
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    ORDINALS
        .iter()
        .position(|o| *o == text)
        .map(|at| at + 1)
        .or_else(|| number_word(text).and_then(|n| usize::try_from(n).ok()))
        .or_else(|| digits.parse().ok().filter(|_| text.len() == digits.len() + 2))
}
