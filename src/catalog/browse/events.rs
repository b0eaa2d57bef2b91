use super::super::inflect::spoken;
use super::super::{Catalog, Event};

/// The events that all of the words fit, in the order of the files; without words, all of them. A word fits when a word
/// of the name, the group, the kind of record or what the event tells begins with it.
#[must_use]
pub fn events<'a>(catalog: &'a Catalog, words: &[String]) -> Vec<&'a Event> {
    let wanted = spoken(&words.join(" "));
    let fits = |event: &&Event| {
        let about = about(event);
        wanted.split_whitespace().all(|word| about.split_whitespace().any(|known| known.starts_with(word)))
    };
    catalog.events().iter().filter(fits).collect()
}

fn about(event: &Event) -> String {
    let parts = [Some(&event.name), event.kind.as_ref(), Some(&event.group), event.resource.as_ref()];
    let names: String = parts.into_iter().flatten().map(|part| spoken(part) + " ").collect();
    names + &event.tells.to_lowercase()
}
