use super::super::{Auth, Catalog, Operation, PageAdvance, Service, Variation};
use super::curl::curl;
use super::labels;
use super::params_table::params_table;

/// Everything about an operation, in plain text for people.
#[must_use]
pub fn show(catalog: &Catalog, operation: &Operation) -> String {
    let service = catalog.service_of(operation);
    let mut out = format!("{} · {}\n{}\n\n", operation.name, operation.title, operation.request_line());
    let mut facts = facts(service, operation);
    facts.extend(versions(catalog, operation).map(|told| ("versions", told)));
    out.extend(facts.into_iter().map(|(name, value)| format!("  {name:10}{value}\n")));
    if !operation.params.is_empty() {
        out.push_str("\nParameters\n");
        out.push_str(&params_table(&operation.params));
    }
    let phrases = phrases(catalog, operation);
    if !phrases.is_empty() {
        out.push_str("\nPhrases\n");
        out.extend(phrases.iter().map(|phrase| format!("  {phrase}\n")));
    }
    out + "\nRequest\n  " + &curl(service, operation).replace('\n', "\n  ") + "\n"
}

fn facts(service: &Service, operation: &Operation) -> Vec<(&'static str, String)> {
    let mut facts = vec![("service", format!("{} ({})", service.title, service.address()))];
    let mut add = |name, value: Option<String>| facts.extend(value.map(|value| (name, value)));
    let header = service.version_header.as_deref().map(|name| format!(" (header {name})")).unwrap_or_default();
    add("version", operation.version.as_ref().map(|version| format!("{version}{header}")));
    add("token", Some(format!("{}{}", labels::token(operation.token), variables(service))));
    add("scopes", list(&operation.scopes));
    add("risk", Some(labels::risk(operation.risk)));
    add("status", Some(labels::lifecycle(operation.lifecycle).to_owned()));
    add("body", labels::body(operation.body).map(str::to_owned));
    add("fixed", list(&fixed(operation)));
    add("pages", operation.page.as_ref().map(|page| pages(service, &page.style)));
    add("returns", returns(operation));
    add("settled", operation.settle.as_ref().map(|settle| format!("by {} when an answer was lost", settle.operation)));
    add("undo", operation.undo.clone());
    add("replaces", list(&operation.replaces));
    add("declared", Some(operation.source.clone()));
    facts
}

/// What becomes of it in other versions of the API.
fn versions(catalog: &Catalog, operation: &Operation) -> Option<String> {
    let id = catalog.by_name(&operation.name)?;
    let of_service = |name: &&str| catalog.service_of(operation).variants.iter().any(|v| v.name == *name);
    let told = catalog.variants().filter(of_service).filter_map(|name| {
        let shown = catalog.variant() == Some(name);
        Some(match catalog.in_variant(name)?.variation(id) {
            Variation::Absent => format!("not in {name}: sent as it is"),
            Variation::Own if shown => format!("as in {name}"),
            Variation::Own => format!("otherwise in {name} (--api-version {name})"),
            Variation::Same => return None,
        })
    });
    Some(told.collect::<Vec<_>>().join(", ")).filter(|told| !told.is_empty())
}

fn variables(service: &Service) -> String {
    let names: Vec<&str> = match &service.auth {
        Auth::None => return String::new(),
        Auth::Bearer(env) | Auth::Header(_, env) | Auth::Query(_, env) => env.iter().map(String::as_str).collect(),
        Auth::Basic(user, password) => user.iter().chain(password).map(String::as_str).collect(),
    };
    format!(", from {}", names.join(" or "))
}

fn fixed(operation: &Operation) -> Vec<String> {
    operation.fixed.iter().map(|(name, value)| format!("{name} = {}", labels::literal(value))).collect()
}

fn pages(service: &Service, style: &str) -> String {
    let Some(found) = service.pagination.iter().find(|s| s.name == style) else { return style.to_owned() };
    let size = found.size.as_ref().map(|(param, most)| format!("{param} up to {most}, ")).unwrap_or_default();
    let advance = match &found.advance {
        PageAdvance::Single => "one page only".to_owned(),
        PageAdvance::Page(param, first) => format!("{param} counts pages from {first}"),
        PageAdvance::Offset(param) => format!("{param} counts records"),
        PageAdvance::Cursor(places) => {
            let places: Vec<String> = places.iter().map(|(param, place)| format!("{param} from {place}")).collect();
            places.join(", ")
        }
    };
    format!("{style}: {size}{advance}")
}

fn returns(operation: &Operation) -> Option<String> {
    let returns = operation.returns.as_ref()?;
    let what = returns.resource.as_deref().unwrap_or("a record");
    let number = if returns.many { "a list of " } else { "" };
    let place = if returns.at.is_empty() { "the body itself".to_owned() } else { format!("`{}`", returns.at) };
    Some(format!("{number}{what} at {place}"))
}

/// How it can be asked for: the verbs with the object, then its idioms.
fn phrases(catalog: &Catalog, operation: &Operation) -> Vec<String> {
    let noun = operation
        .objects
        .first()
        .and_then(|name| catalog.resource(&operation.service, name))
        .and_then(|resource| resource.nouns.first())
        .map_or("", String::as_str);
    let lexicon = catalog.lexicon();
    let words = operation.verbs.iter().map(|class| {
        let verb = lexicon.verbs.get(class).and_then(|verb| verb.words.first());
        verb.unwrap_or(class).as_str()
    });
    let verbs = words.chain(operation.own_verbs.iter().map(String::as_str));
    let mut phrases: Vec<String> = verbs
        .map(|verb| match verb.split_once(" .. ") {
            Some((verb, particle)) => format!("{verb} {noun} … {particle}"),
            None => format!("{verb} {noun} …"),
        })
        .collect();
    phrases.extend(operation.say.iter().cloned());
    phrases
}

fn list(items: &[String]) -> Option<String> {
    (!items.is_empty()).then(|| items.join(", "))
}
