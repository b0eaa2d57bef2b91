//! What an operation means when its YAML does not say: its verbs, its object, its risk, its title.

use crate::catalog::inflect::spoken;
use crate::catalog::{Lexicon, Method, Resource, Risk};

use super::request::RequestLine;
use super::resource::Segment;
use crate::catalog::singular::looks_plural;

/// Verbs of an operation: classes of the lexicon, and words of its own.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Verbs {
    /// Classes.
    pub(super) classes: Vec<String>,
    /// Words.
    pub(super) own: Vec<String>,
}

/// What the object of an operation is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Object<'a> {
    /// A resource, by name.
    Declared(&'a str),
    /// A path segment that no resource is for.
    Implied(&'a str),
    /// The path names nothing.
    None,
}

/// Whether the method promises that the same request twice leaves the same as once.
pub(super) fn idempotent(method: Method) -> bool {
    !matches!(method, Method::Post | Method::Patch)
}

/// The verbs that the method and the path suggest.
pub(super) fn verbs(line: &RequestLine, many: Option<bool>, resources: &[Resource], lexicon: &Lexicon) -> Verbs {
    let one = line.segments().last().is_some_and(Option::is_none);
    let class = match line.method {
        Method::Get | Method::Head | Method::Options if many.unwrap_or(!one) => "list",
        Method::Get | Method::Head | Method::Options => "get",
        Method::Post => "create",
        Method::Put | Method::Patch => "update",
        Method::Delete => "delete",
    };
    let usual = Verbs { classes: vec![class.to_owned()], own: Vec::new() };
    let Some(action) = action(line, resources) else { return usual };
    let words = spoken(action);
    let known = lexicon
        .verbs
        .iter()
        .find(|v| v.name == words)
        .or_else(|| lexicon.verbs.iter().find(|v| v.words.contains(&words)));
    match (line.method, known) {
        (Method::Get | Method::Head | Method::Options, Some(verb)) if !verb.reads => usual,
        (_, Some(verb)) => Verbs { classes: vec![verb.name.clone()], own: Vec::new() },
        (Method::Post, None) => Verbs { classes: Vec::new(), own: vec![words] },
        (_, None) => usual,
    }
}

/// What the path suggests that the verb acts on.
pub(super) fn object<'a>(line: &'a RequestLine, resources: &'a [Resource]) -> Object<'a> {
    let segments = line.segments();
    if let (Some(None), Some((variable, _))) = (segments.last(), line.variables.last()) {
        let before = line.segment_before(variable).unwrap_or_default();
        let fits = |r: &&Resource| r.id == *variable;
        let before = Segment::new(before);
        let both = resources.iter().find(|r| fits(r) && before.names(r));
        let either =
            both.or_else(|| resources.iter().find(|r| before.names(r))).or_else(|| resources.iter().find(fits));
        if let Some(found) = either {
            return Object::Declared(&found.name);
        }
    }
    let fixed: Vec<&str> = segments.into_iter().flatten().collect();
    for segment in fixed.iter().rev() {
        let said = Segment::new(segment);
        if let Some(found) = resources.iter().find(|r| said.names(r)) {
            return Object::Declared(&found.name);
        }
        if looks_plural(&spoken(segment)) {
            return Object::Implied(segment);
        }
    }
    fixed
        .iter()
        .rev()
        .find(|s| s.contains(char::is_alphabetic))
        .map_or(Object::None, |segment| Object::Implied(segment))
}

/// The risk that the method and the verbs suggest.
pub(super) fn risk(method: Method, verbs: &[String], lexicon: &Lexicon) -> Risk {
    let reads = |name: &String| lexicon.verbs.iter().any(|verb| verb.name == *name && verb.reads);
    match method {
        Method::Get | Method::Head | Method::Options => Risk::Read,
        Method::Delete => Risk::Destroy,
        _ if !verbs.is_empty() && verbs.iter().all(reads) => Risk::Read,
        _ => Risk::Write,
    }
}

/// `contacts.add-tags` → "Add tags".
pub(super) fn title(name: &str) -> String {
    let words = spoken(name.rsplit('.').next().unwrap_or(name));
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The last path segment when it says what to do rather than what with: `archive` of `/pets/{petId}/archive`.
fn action<'a>(line: &'a RequestLine, resources: &[Resource]) -> Option<&'a str> {
    let segments = line.segments();
    let last = (*segments.last()?)?;
    let fixed = segments.iter().flatten().count();
    let said = Segment::new(last);
    let noun = resources.iter().any(|r| said.names(r)) || looks_plural(&spoken(last));
    (fixed > 1 && !noun && last.contains(char::is_alphabetic)).then_some(last)
}
