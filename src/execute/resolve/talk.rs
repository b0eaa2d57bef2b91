use super::Blocked;
use crate::catalog::Resource;
use crate::execute::{Choice, Failure, FailureKind};
use crate::plan::Candidate;

/// Longest list of choices in a question.
const MOST: usize = 20;

pub(super) fn which(resource: &Resource, text: &str, found: &[Candidate]) -> Blocked {
    let more =
        if found.len() > MOST { format!(" ({} fit; the first {MOST} are shown)", found.len()) } else { String::new() };
    Blocked::Choice {
        resource: resource.name.clone(),
        text: text.to_owned(),
        question: format!("Which {} is \u{ab}{text}\u{bb}?{more}", noun(resource)),
        choices: choices(found),
    }
}

pub(super) fn choices(found: &[Candidate]) -> Vec<Choice> {
    found.iter().take(MOST).map(|c| Choice { label: c.choice_label(), id: c.id.clone() }).collect()
}

pub(super) fn unknown(resource: &Resource, text: &str, near: &[String], account: &str) -> Blocked {
    let message = format!("there is no {} \u{ab}{text}\u{bb} in {account}", noun(resource));
    let hint = if near.is_empty() { String::new() } else { format!("Near: {}.", near.join(", ")) };
    Blocked::Failure(Failure::new(FailureKind::NotFound, message).hint(hint))
}

pub(super) fn create(resource: &Resource, name: &str, near: &[String], account: &str) -> Blocked {
    let near = if near.is_empty() { String::new() } else { format!(" (near: {})", near.join(", ")) };
    Blocked::NewName {
        resource: resource.name.clone(),
        name: name.to_owned(),
        question: format!("There is no {} \u{ab}{name}\u{bb} in {account}. Create it?{near}", noun(resource)),
    }
}

pub(super) fn noun(resource: &Resource) -> &str {
    resource.nouns.first().unwrap_or(&resource.name)
}
