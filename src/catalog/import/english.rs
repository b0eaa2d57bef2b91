//! What little English the importer knows beside the lexicon: which words of a summary carry no meaning, and what the
//! usual verbs of API descriptions ask for.

use crate::catalog::Lexicon;
use crate::catalog::inflect::spoken;

/// What a verb asks for, as far as that decides how an operation is spoken of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Family {
    /// To see one or many.
    Read,
    /// To look for something.
    Search,
    /// To be told how many.
    Count,
    /// To be told whether.
    Check,
    /// To make one.
    Create,
    /// To put one to another.
    Add,
    /// To change one.
    Update,
    /// To make one go away.
    Delete,
    /// To take one from another.
    Remove,
    /// Anything else: the verb itself is what people say.
    Own,
}

const FAMILIES: &[(Family, &[&str])] = &[
    (
        Family::Read,
        &[
            "list",
            "get",
            "show",
            "fetch",
            "retrieve",
            "return",
            "read",
            "view",
            "obtain",
            "browse",
            "describe",
            "load",
            "display",
            "see",
            "lookup",
            "index",
            "provide",
            "access",
            "enumerate",
            "inspect",
            "pull",
            "gets",
        ],
    ),
    (Family::Search, &["search", "query", "find", "filter"]),
    (Family::Count, &["count"]),
    (Family::Check, &["check", "is", "has", "determine"]),
    (Family::Create, &["create", "post", "make", "new", "insert", "store", "submit"]),
    (Family::Add, &["add", "append", "attach", "include"]),
    (Family::Update, &["update", "edit", "modify", "change", "patch", "put", "set", "replace", "alter", "save"]),
    (Family::Delete, &["delete", "destroy", "erase", "drop"]),
    (Family::Remove, &["remove", "detach"]),
];

const ARTICLES: &[&str] = &["a", "an", "the", "all", "any", "every", "each", "your", "my", "this"];

const DETERMINERS: &[&str] = &[
    "a",
    "an",
    "the",
    "all",
    "any",
    "new",
    "existing",
    "specific",
    "specified",
    "single",
    "given",
    "one",
    "your",
    "my",
    "this",
    "that",
    "these",
    "those",
    "each",
    "every",
    "another",
    "particular",
    "individual",
    "some",
    "provided",
    "requested",
    "different",
    "certain",
    "available",
];

/// Words of a summary that say that many records are meant at once.
const MANY: &[&str] = &["multiple", "several", "bulk", "batch", "many"];

const PREPOSITIONS: &[&str] = &[
    "of",
    "for",
    "in",
    "on",
    "to",
    "from",
    "by",
    "with",
    "as",
    "at",
    "into",
    "onto",
    "under",
    "via",
    "using",
    "within",
    "about",
    "between",
    "against",
    "through",
    "per",
    "across",
    "that",
    "which",
    "who",
    "whose",
    "belonging",
    "associated",
    "based",
    "when",
    "where",
    "so",
    "without",
    "during",
    "given",
    "matching",
    "related",
    "if",
    "whether",
    "according",
    "owned",
    "since",
    "inside",
    "and",
    "or",
    "is",
    "are",
    "has",
    "have",
    "was",
    "were",
    "does",
];

/// Heads that stand for what is said of them: "a list of products", "the details of an order".
const TRANSPARENT: &[&str] = &[
    "list",
    "collection",
    "set",
    "array",
    "detail",
    "details",
    "information",
    "info",
    "data",
    "page",
    "object",
    "series",
    "history of",
    "entry",
    "instance",
    "record",
    "records",
    "group",
];

const PARTICLES: &[&str] = &["in", "out", "up", "off", "on", "down"];
/// Verbs that a particle belongs to.
const WITH_PARTICLE: &[&str] =
    &["log", "sign", "check", "turn", "switch", "opt", "set", "roll", "back", "shut", "clean"];

/// Nouns that are verbs as well: a "comment" is made by commenting.
const VERBABLE: &[&str] = &[
    "comment",
    "tag",
    "label",
    "rate",
    "review",
    "refund",
    "invite",
    "message",
    "email",
    "text",
    "vote",
    "like",
    "star",
    "pin",
    "flag",
    "bookmark",
    "report",
    "note",
    "reply",
    "upvote",
    "share",
    "block",
    "mute",
    "ban",
    "follow",
    "subscribe",
    "assign",
    "merge",
    "transfer",
    "pay",
    "charge",
];

/// Nouns that are made by doing what the verb says.
const DEEDS: &[(&str, &str)] = &[
    ("invitation", "invite"),
    ("payment", "pay"),
    ("subscription", "subscribe"),
    ("registration", "register"),
    ("cancellation", "cancel"),
    ("booking", "book"),
    ("reservation", "reserve"),
    ("fulfillment", "fulfill"),
    ("fulfilment", "fulfil"),
    ("dismissal", "dismiss"),
    ("approval", "approve"),
    ("enrollment", "enroll"),
    ("activation", "activate"),
    ("verification", "verify"),
    ("confirmation", "confirm"),
    ("redemption", "redeem"),
    ("assignment", "assign"),
    ("adjustment", "adjust"),
];

const PEOPLE: &[&str] = &[
    "user",
    "member",
    "customer",
    "contact",
    "person",
    "employee",
    "agent",
    "lead",
    "patient",
    "student",
    "candidate",
    "subscriber",
    "guest",
    "owner",
    "teacher",
    "author",
    "client",
    "collaborator",
    "follower",
    "contributor",
    "admin",
    "driver",
    "applicant",
    "attendee",
    "participant",
    "assignee",
    "reviewer",
    "watcher",
    "requester",
    "recipient",
    "player",
    "instructor",
    "donor",
    "volunteer",
    "tenant",
    "visitor",
    "creator",
    "moderator",
];

/// Last words of a path that describe the records before them.
const ADJECTIVES: &[&str] = &[
    "latest",
    "public",
    "private",
    "recent",
    "active",
    "inactive",
    "current",
    "default",
    "popular",
    "trending",
    "top",
    "featured",
    "upcoming",
    "past",
    "overdue",
    "mine",
    "draft",
    "open",
    "pending",
    "unread",
    "available",
    "newest",
    "oldest",
    "best",
    "new",
    "hot",
    "global",
    "internal",
    "external",
    "production",
    "live",
    "online",
    "offline",
    "mandatory",
    "optional",
    "free",
    "paid",
    "unpaid",
    "random",
    "local",
    "nearby",
    "similar",
    "primary",
    "recurring",
];

/// Path segments and names of the one who asks.
const ME: &[&str] = &["me", "self", "myself", "current user", "currentuser", "whoami", "current", "my", "mine"];

/// `tickets` for `/api/v2/tickets`: what says nothing of what a request is about.
pub(super) fn is_scaffold(segment: &str) -> bool {
    let lower = segment.to_lowercase();
    let version = lower.strip_prefix('v').unwrap_or(&lower);
    let number = !version.is_empty() && version.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '_' | '-'));
    number || ["api", "apis", "rest", "public", "json", "restapi", "latest"].contains(&lower.as_str())
}

pub(super) fn is_me(words: &str) -> bool {
    ME.contains(&words)
}

pub(super) fn is_adjective(words: &[String]) -> bool {
    let [word] = words else { return false };
    let participle = word.len() > 4 && (word.ends_with("ed") || word == "sent" || word == "hidden");
    ADJECTIVES.contains(&word.as_str()) || participle && !["feed", "seed", "embed", "need"].contains(&word.as_str())
}

pub(super) fn is_article(word: &str) -> bool {
    ARTICLES.contains(&word)
}

pub(super) fn is_determiner(word: &str) -> bool {
    DETERMINERS.contains(&word)
}

pub(super) fn means_many(word: &str) -> bool {
    MANY.contains(&word)
}

pub(super) fn is_preposition(word: &str) -> bool {
    PREPOSITIONS.contains(&word)
}

pub(super) fn is_transparent(word: &str) -> bool {
    TRANSPARENT.contains(&word)
}

pub(super) fn is_particle_of(verb: &str, word: &str) -> bool {
    WITH_PARTICLE.contains(&verb) && PARTICLES.contains(&word)
}

pub(super) fn is_verbable(noun: &str) -> bool {
    VERBABLE.contains(&noun)
}

/// The verb that makes such a noun: inviting makes an invitation.
pub(super) fn deed(noun: &str) -> Option<&'static str> {
    DEEDS.iter().find(|(known, _)| *known == noun).map(|(_, verb)| *verb)
}

/// What a record may be marked as: words of paths that name a state, not a deed.
pub(super) fn is_state(word: &str) -> bool {
    [
        "read",
        "unread",
        "default",
        "primary",
        "favorite",
        "favourite",
        "spam",
        "done",
        "paid",
        "seen",
        "resolved",
        "private",
        "public",
    ]
    .contains(&word)
}

pub(super) fn is_person(noun: &str) -> bool {
    let last = noun.rsplit(' ').next().unwrap_or(noun);
    PEOPLE.contains(&last)
}

/// The family of a verb in its base form; `Own` for any that is in none.
pub(super) fn family(verb: &str) -> Family {
    let first = verb.split(' ').next().unwrap_or(verb);
    if verb.contains(' ') && WITH_PARTICLE.contains(&first) {
        return Family::Own;
    }
    FAMILIES.iter().find(|(_, verbs)| verbs.contains(&first)).map_or(Family::Own, |(family, _)| *family)
}

/// The words of a name: `gift_cards` → `gift`, `cards`.
pub(super) fn words(name: &str) -> Vec<String> {
    spoken(name).split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Whether the lexicon has it as a verb that means little else.
pub(super) fn is_verb(lexicon: &Lexicon, word: &str) -> bool {
    family(word) != Family::Own || lexicon.verbs.iter().any(|class| class.words.iter().any(|known| known == word))
}

/// The one class of the lexicon that has the verb among its own words; none when two have.
pub(super) fn class_of<'a>(lexicon: &'a Lexicon, verb: &str) -> Option<&'a str> {
    let mut having = lexicon.verbs.iter().filter(|class| class.words.iter().any(|known| known == verb));
    let named = lexicon.verbs.iter().find(|class| class.name == verb);
    match (named, having.next(), having.next()) {
        (Some(class), ..) | (None, Some(class), None) => Some(&class.name),
        _ => None,
    }
}

/// The base form of a word that may be a third person ("creates") or a gerund ("creating"), when `known` has it.
pub(super) fn base_form(word: &str, known: impl Fn(&str) -> bool) -> Option<String> {
    if known(word) {
        return Some(word.to_owned());
    }
    let mut forms: Vec<String> = Vec::new();
    if let Some(stem) = word.strip_suffix("ies") {
        forms.push(format!("{stem}y"));
    }
    forms.extend(word.strip_suffix("es").map(str::to_owned));
    forms.extend(word.strip_suffix('s').map(str::to_owned));
    if let Some(stem) = word.strip_suffix("ing") {
        forms.push(stem.to_owned());
        forms.push(format!("{stem}e"));
        let doubled = stem.as_bytes().last_chunk::<2>().is_some_and(|[a, b]| a == b);
        if doubled {
            forms.extend(stem.get(..stem.len() - 1).map(str::to_owned));
        }
    }
    forms.into_iter().find(|form| known(form))
}
