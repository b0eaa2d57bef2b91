//! What an operation does, worked out from its method, its path, its summary and its id.

use crate::catalog::openapi::{SpecOperation, SpecPlace, SpecResponse};
use crate::catalog::{Lexicon, Method};

pub(super) use super::act_type::Act;
use super::english::{
    Family, class_of, deed, family, is, is_adjective, is_determiner, is_me, is_one_of_a_kind, is_particle_of,
    is_person, is_state, is_uploaded, is_verb, is_verbable, means_many, pairs, words,
};
use super::lists::list_of;
use super::logins::{is_login, spaced};
use super::noun::{is_plural, singular_word, singular_words};
use super::shape::{Part, Shape};
use super::told::{Told, id_words, operation_id, part_of, summary};

/// Works out what an operation does.
pub(super) fn act(operation: &SpecOperation, shape: &Shape, lexicon: &Lexicon) -> Act {
    let segments: Vec<Vec<String>> = shape.fixed().map(<[String]>::to_vec).collect();
    let last = segments.last().cloned().unwrap_or_default();
    let id = operation.id.as_deref().map_or_else(Vec::new, |id| id_words(id, &operation.tags, &segments));
    let said = summary(&operation.summary, &id, &last, lexicon);
    let told: Vec<Told> = said.iter().cloned().chain(operation_id(&id, &segments, lexicon)).collect();
    let reading = Reading { operation, shape, lexicon, told: &told, id: &id, titled: said.is_some() };
    let mut act = reading.act();
    act.mine |= told.iter().any(Told::of_me);
    // `/me/albums` are mine.
    act.mine |= matches!(shape.parts.as_slice(), [Part::Fixed(first), Part::Fixed(_)]
        if matches!(first.join(" ").as_str(), "me" | "myself" | "self"));
    act.bulk =
        act.bulk || told.iter().any(|told| told.bulk && !told.verb.is_empty()) && operation.method != Method::Get;
    act.clause = told.iter().find(|told| !told.clause.is_empty()).map(|told| told.clause.clone()).unwrap_or_default();
    // "Get the current user's saved albums" is about saved albums.
    let whose = |noun: &[String]| {
        let mine = act.mine || segments.iter().any(|segment| is_me(&segment.join(" ")));
        let lead = noun.iter().take_while(|word| mine && is("whose", word)).count();
        if lead < noun.len() { noun[lead..].to_vec() } else { noun.to_vec() }
    };
    let nouns: Vec<Vec<String>> = told.iter().map(|told| whose(&told.noun)).filter(|noun| !noun.is_empty()).collect();
    let plainer = |noun: Vec<String>| {
        let short = noun.split_last().filter(|(last, rest)| is("data-word", last) && rest.len() > 1);
        let short = short.map(|(_, rest)| rest.to_vec());
        // "Team details" are a team.
        let plain = noun.split_last().is_some_and(|(last, rest)| is("data-word", last) && rest == act.noun);
        (!plain).then_some(noun).into_iter().chain(short)
    };
    for noun in nouns.into_iter().flat_map(plainer) {
        if noun != act.noun && !act.named.contains(&noun) && noun.len() < 5 {
            act.named.push(noun);
        }
    }
    act.own.retain(|verb| !super::english::is_preposition(verb) || is("particle", verb));
    act.titled = said.is_some();
    act.tag = operation.tags.first().map_or_else(Vec::new, |tag| singular_words(&words(tag)));
    act.told = told;
    act
}

struct Reading<'a> {
    operation: &'a SpecOperation,
    shape: &'a Shape,
    lexicon: &'a Lexicon,
    told: &'a [Told],
    id: &'a [String],
    /// Whether the first of what is told is a summary.
    titled: bool,
}

impl Reading<'_> {
    fn act(&self) -> Act {
        let parts = &self.shape.parts;
        let Some(last) = self.shape.last() else { return self.rootless() };
        // `/users/{id}/avatar/pick`
        if let [.., Part::Fixed(thing), Part::Fixed(last)] = parts.as_slice()
            && self.operation.method == Method::Post
            && is_uploaded(&thing.join(" "))
            && is("picking", &last.join(" "))
        {
            return self.thing(thing);
        }
        if let [.., Part::Fixed(things), Part::Fixed(last)] = parts.as_slice()
            && let [word] = last.as_slice()
            && means_many(word)
            && is_plural(things)
        {
            return Act { bulk: self.operation.method != Method::Get, ..self.thing(things) };
        }
        if let Some(act) = super::finders::found_by(self.operation.method, self.shape, self.answers_many()) {
            return act;
        }
        match last {
            Part::Variable(name) => self.record(name),
            Part::Fixed(fixed) => {
                let many = super::bulk::verb_for_many(fixed, self.lexicon);
                if let Some(verb) = many.filter(|_| self.operation.method != Method::Get && parts.len() > 1) {
                    let act = self.acted(&verb, parts.len() - 1);
                    return Act { bulk: !act.reads, ..act };
                }
                match self.action(fixed) {
                    Some(verb) => self.acted(&verb, parts.len() - 1),
                    None => self.things(fixed),
                }
            }
        }
    }

    /// A path that ends in a record.
    fn record(&self, variable: &str) -> Act {
        let at = self.shape.parts.len() - 1;
        let right_before = self.shape.fixed_right_before(at);
        let before = right_before.or_else(|| self.shape.fixed_before(at));
        let mut noun = before.map_or_else(|| noun_of_variable(variable), singular_words);
        let mut by = Vec::new();
        // `/shipments/external_id/{external_id}`: the records of before, found by another field.
        let owner = at.checked_sub(1).and_then(|at| self.shape.fixed_right_before(at)).filter(|owner| is_plural(owner));
        if let (Some(field), Some(owner)) = (right_before.filter(|field| !is_plural(field)), owner)
            && (*field == words(variable)
                || *field == noun_of_variable(variable)
                || field.first().is_some_and(|f| f == "by"))
        {
            noun = singular_words(owner);
            by = field.iter().filter(|word| *word != "by").cloned().collect();
        }
        // `/gists/{id}/{sha}` is a revision; `/repos/{owner}/{repo}` is a repo all the same.
        if right_before.is_none() {
            let told = self.told.iter().map(|told| &told.noun).find(|noun| !noun.is_empty());
            // "A feature" is what `{featureFlagKey}` names.
            let own = noun_of_variable(variable);
            let told = told.filter(|told| !own.starts_with(told) && !own.ends_with(told));
            noun = told.and_then(|told| part_of(&noun, told)).unwrap_or(noun);
        }
        let mut act = Act { noun, by, ..Act::default() };
        let first = self.told.iter().map(Told::family).find(|family| *family != Family::Own);
        act.many = self.answers_many();
        let class = match self.operation.method {
            Method::Get | Method::Head | Method::Options if act.many => "list",
            Method::Get | Method::Head | Method::Options => "get",
            Method::Delete => "delete",
            Method::Put | Method::Patch if first == Some(Family::Add) => "add",
            Method::Put | Method::Patch if first == Some(Family::Create) => "create",
            Method::Put | Method::Patch => "update",
            Method::Post if first == Some(Family::Update) => "update",
            Method::Post if first == Some(Family::Read) => "get",
            Method::Post => "create",
        };
        act.reads = self.operation.method == Method::Post && first == Some(Family::Read);
        act.classes = vec![class.to_owned()];
        let nested = self.shape.variables().count() > 1;
        match self.operation.method {
            Method::Delete if nested => act.classes.push("remove".to_owned()),
            Method::Put | Method::Post if nested => push(&mut act.classes, "add"),
            _ => {}
        }
        self.own_verbs(&mut act);
        act
    }

    /// A path that ends in a word for things, one thing, or a state.
    fn thing(&self, fixed: &[String]) -> Act {
        let at = self.shape.parts.len() - 1;
        // `/me/albums/contains` is asked about albums, and lists none.
        if let [word] = fixed
            && is("asking", word)
            && self.operation.method == Method::Get
            && let Some(things) = self.shape.fixed_before(at).filter(|things| !is_me(&things.join(" ")))
        {
            let classes = vec!["validate".to_owned()];
            return Act { noun: singular_words(things), acted: true, classes, ..Act::default() };
        }
        let mut act = Act { noun: singular_words(fixed), many: self.answers_many(), ..Act::default() };
        act.mine = is_me(&fixed.join(" "));
        if let Some(owner) = self.shape.fixed_right_before(at).filter(|owner| is_plural(owner) && act.mine) {
            let owner = singular_words(owner);
            // `/permissions/me` are mine, but `/users/me` is me.
            if !owner.last().is_some_and(|last| is_person(last)) {
                act.adjective = vec!["my".to_owned()];
                act.noun = owner;
            }
        }
        let plural = is_plural(fixed);
        let before = self.shape.parts[..at].iter().rposition(|part| matches!(part, Part::Fixed(w) if is_plural(w)));
        if let (false, Some(before)) = (plural && !is_adjective(fixed), before)
            && let Part::Fixed(owner) = &self.shape.parts[before]
            && !act.mine
        {
            // `/gists/starred`: the records of before, described.
            let head = singular_words(owner);
            let told = self.told.iter().any(|told| told.noun.ends_with(&head) && told.noun.len() > head.len());
            if before + 1 == at && (told || is_adjective(fixed)) {
                act.adjective = fixed.to_vec();
                act.noun = head;
            }
        }
        if before.is_none()
            && is_adjective(fixed)
            && let Some(noun) = self.told.iter().map(|told| &told.noun).find(|noun| !noun.is_empty() && *noun != fixed)
        {
            act.adjective = fixed.to_vec();
            act.noun = noun.strip_prefix(fixed).filter(|rest| !rest.is_empty()).unwrap_or(noun).to_vec();
        }
        let first = self.told.iter().map(Told::family).find(|family| *family != Family::Own);
        // "List dimensions" lists, whatever is said of the answer.
        let listed = self.titled && self.told.first().is_some_and(|told| told.many && told.verb == "list");
        let many = act.many || plural && (self.operation.response.is_none() || listed);
        let described = !act.adjective.is_empty();
        let class = match self.operation.method {
            Method::Get | Method::Head | Method::Options if first == Some(Family::Search) && !described => "search",
            Method::Get | Method::Head | Method::Options if first == Some(Family::Count) => "count",
            Method::Get | Method::Head | Method::Options if many => "list",
            Method::Get | Method::Head | Method::Options => "get",
            Method::Post => match first {
                Some(Family::Read) => "list",
                Some(Family::Search) => "search",
                Some(Family::Update) => "update",
                None | Some(Family::Create) if self.sets(fixed) => "update",
                Some(Family::Delete | Family::Remove) => "delete",
                Some(Family::Add) => "add",
                _ => "create",
            },
            Method::Put | Method::Patch if first == Some(Family::Create) => "create",
            Method::Put | Method::Patch if first == Some(Family::Add) => "add",
            Method::Put | Method::Patch => "update",
            Method::Delete => "delete",
        };
        act.reads = self.operation.method == Method::Post
            && matches!(first, Some(Family::Read | Family::Search | Family::Count));
        act.many = many && matches!(class, "list" | "search");
        act.classes = vec![class.to_owned()];
        let asked = self.operation.params.iter().any(|param| param.place == SpecPlace::Query && param.required);
        if class == "search" && self.operation.method == Method::Get && act.many && plural && !asked {
            act.classes.insert(0, "list".to_owned());
        }
        let nested = self.shape.variables().count() > 0;
        // What is said to be created is not said to be updated.
        let unsure = !matches!(first, Some(Family::Create | Family::Add));
        match self.operation.method {
            Method::Post if class == "create" && (nested || first == Some(Family::Add)) => {
                push(&mut act.classes, "add");
            }
            Method::Post if class == "add" => push(&mut act.classes, "create"),
            Method::Post if class == "create" && !plural && unsure => push(&mut act.classes, "update"),
            Method::Delete if nested => push(&mut act.classes, "remove"),
            _ => {}
        }
        if self.operation.method == Method::Post && !plural && nested && class == "create" && unsure {
            push(&mut act.classes, "update");
        }
        let one = fixed.last().is_some_and(|last| is_one_of_a_kind(last));
        let collective = plural && !one && !nested_in_record(self.shape);
        // "Update company" at `/companies` is about one.
        let one_told = self.titled && self.told.first().is_some_and(|told| !told.many && !told.noun.is_empty());
        act.bulk =
            collective && !one_told && matches!(self.operation.method, Method::Put | Method::Patch | Method::Delete);
        self.verbs_of_noun(&mut act, nested);
        self.own_verbs(&mut act);
        act
    }

    /// The verbs that the noun of what is sent, ended or uploaded brings along.
    fn verbs_of_noun(&self, act: &mut Act, nested: bool) {
        let noun = act.noun.last().cloned().unwrap_or_default();
        if self.operation.method == Method::Post && nested && is_verbable(&noun) && act.noun.len() == 1 {
            push(&mut act.own, &noun);
        }
        if self.operation.method == Method::Post && !act.reads {
            for deed in pairs("deed", &noun) {
                push(&mut act.own, deed);
            }
            if is("sent", &noun) {
                push(&mut act.own, "send");
            }
        }
        if self.operation.method == Method::Delete && noun == "session" && !nested {
            act.own.extend(["log out", "sign out"].map(str::to_owned));
        }
        let sends_file = self.operation.body.as_ref().is_some_and(|body| body.content_type.starts_with("multipart"));
        if self.operation.method == Method::Post && !act.reads && (is_uploaded(&noun) || sends_file) {
            push(&mut act.own, "upload");
            push(&mut act.classes, "upload");
        }
    }

    /// Whether the path ends in a verb that only sets these things.
    fn sets(&self, things: &[String]) -> bool {
        matches!(self.shape.last(), Some(Part::Fixed(last))
            if last.len() > things.len() && last.ends_with(things) && is("setting", &last[0]))
    }

    /// The words of a step without the verb that its method says anyway: `DELETE …/deleteimage`, `GET /getUsers`.
    fn without_verb<'w>(&self, fixed: &'w [String]) -> &'w [String] {
        let [verb, rest @ ..] = fixed else { return fixed };
        let same = match self.operation.method {
            Method::Get | Method::Head | Method::Options => family(verb) == Family::Read,
            Method::Delete => matches!(family(verb), Family::Delete | Family::Remove),
            Method::Post => {
                is("making", verb) || is("setting", verb) || is_plural(fixed) && super::joined::step(fixed).is_some()
            }
            Method::Put | Method::Patch => family(verb) == Family::Update,
        };
        let rest = if rest.first().is_some_and(|word| is_determiner(word)) { &rest[1..] } else { rest };
        if same && !rest.is_empty() && is_verb(self.lexicon, verb) { rest } else { fixed }
    }

    /// A path that ends in things, perhaps with the verb that joins them to a record or parts them from it.
    fn things(&self, fixed: &[String]) -> Act {
        let mut act = self.thing(self.without_verb(fixed));
        let joins = super::joined::step(fixed).filter(|_| self.operation.method == Method::Post && is_plural(fixed));
        let classes: &[&str] = match joins {
            Some((Family::Add, _)) => &["add", "create"],
            Some((Family::Remove, _)) => &["remove", "delete"],
            _ => return act,
        };
        act.classes = classes.iter().map(|class| (*class).to_owned()).collect();
        (act.many, act.reads) = (false, false);
        act
    }

    /// An operation whose path names nothing.
    fn rootless(&self) -> Act {
        let told = self.told.first();
        let noun = told.map(|told| told.noun.clone()).filter(|noun| !noun.is_empty());
        let tag = || self.operation.tags.first().map_or_else(Vec::new, |tag| singular_words(&words(tag)));
        let class = match self.operation.method {
            Method::Get | Method::Head | Method::Options => "get",
            Method::Post => "create",
            Method::Put | Method::Patch => "update",
            Method::Delete => "delete",
        };
        let mut act = Act {
            noun: noun.unwrap_or_else(tag),
            many: self.answers_many(),
            classes: vec![class.to_owned()],
            ..Act::default()
        };
        self.own_verbs(&mut act);
        act
    }

    /// An operation whose path ends in what is done.
    fn acted(&self, verb: &str, at: usize) -> Act {
        let before = &self.shape.parts[..at];
        let owner = match before.last() {
            Some(Part::Fixed(words)) => Some(singular_words(words)),
            Some(Part::Variable(name)) => {
                let field = self.shape.fixed_right_before(at - 1);
                // `/products/category/{category_id}/count` counts products.
                let filters = field.is_some_and(|field| *field == noun_of_variable(name)[..] && !is_plural(field));
                let whole = at.checked_sub(2).and_then(|at| self.shape.fixed_right_before(at)).filter(|w| is_plural(w));
                let owner = whole.filter(|_| filters).or(field);
                Some(owner.map_or_else(|| noun_of_variable(name), singular_words))
            }
            None => None,
        };
        let told = self.told.iter().map(|told| told.noun.clone()).find(|noun| !noun.is_empty());
        let me = owner.as_ref().is_some_and(|owner| is_me(&owner.join(" ")));
        let noun = match owner {
            Some(owner) if !me => owner,
            other => told.clone().or(other).unwrap_or_default(),
        };
        let mut act = Act { noun, mine: me, many: self.answers_many(), acted: true, ..Act::default() };
        let get = matches!(self.operation.method, Method::Get | Method::Head | Method::Options);
        let (head, thing) = verb.split_once(' ').unwrap_or((verb, ""));
        match family(verb) {
            // `/pets/{id}/mark-deceased`
            _ if !get && is("marking", head) && !thing.is_empty() && !verb.contains(" as ") => mark(&mut act, thing),
            // `change_protection`, `attach_to_network`: what is done with the record is said with the words of the path.
            _ if !get && !thing.is_empty() && !is_particle_of(head, thing) && !verb.contains(" as ") => {
                push(&mut act.own, verb);
                act.thing = vec![head.to_owned(), thing.to_owned()];
                if let Some(sent) = verb.strip_prefix("send ") {
                    let sent = singular_word(sent);
                    act.own
                        .extend(deed(&sent).or_else(|| is_verbable(&sent).then_some(sent.as_str())).map(str::to_owned));
                }
            }
            _ if is_state(verb) && !get => mark(&mut act, verb),
            Family::Search => {
                act.classes = vec!["search".to_owned()];
                act.reads = true;
                act.many = true;
            }
            Family::Count => {
                act.classes = vec!["count".to_owned()];
                act.reads = true;
            }
            // `POST /plugins/pull` installs a plugin: the summary knows what else than to read it is.
            Family::Read if !get && self.titled && self.told.first().is_some_and(Told::changes) => {
                push(&mut act.own, verb);
            }
            Family::Read => {
                let many = act.many || verb == "list" || verb == "index";
                act.classes = vec![if many { "list" } else { "get" }.to_owned()];
                act.reads = !get;
                act.many = many;
            }
            Family::Add if verb == "add" => act.classes = vec!["add".to_owned()],
            Family::Remove if verb == "remove" => act.classes = vec!["remove".to_owned()],
            Family::Add | Family::Remove => {}
            Family::Delete => act.classes = vec!["delete".to_owned()],
            Family::Update => act.classes = vec!["update".to_owned()],
            Family::Create if is("making", verb) => act.classes = vec!["create".to_owned()],
            _ => {
                push(&mut act.own, verb);
                if let Some((_, state)) = verb.split_once("mark as ") {
                    state.clone_into(&mut act.state);
                }
                let plain = ["add", "remove", "create", "update", "delete", "list", "get"];
                if let Some(class) = class_of(self.lexicon, verb).filter(|class| !plain.contains(class)) {
                    let reads = self.lexicon.verbs.iter().any(|known| known.name == class && known.reads);
                    act.classes = vec![class.to_owned()];
                    act.reads = reads && !get && self.operation.method == Method::Post;
                }
            }
        }
        // "Add to a batch" adds what its body names, not the batch.
        let put = super::members::put(self.operation)
            .filter(|_| matches!(before.last(), Some(Part::Variable(_))) && matches!(verb, "add" | "remove"));
        if let Some(noun) = put {
            act.noun = noun;
            act.acted = false;
        }
        act.many &= get || act.reads;
        if !get && !verb.contains(' ') && matches!(family(verb), Family::Add | Family::Update | Family::Remove) {
            push(&mut act.own, verb);
        }
        self.own_verbs(&mut act);
        act
    }

    /// Adds the verbs that summary and id have beside the usual ones.
    fn own_verbs(&self, act: &mut Act) {
        let summary = usize::from(self.titled && !act.acted).min(self.told.len());
        for told in &self.told[..summary] {
            let known = |class: &crate::catalog::VerbClass| {
                act.classes.contains(&class.name)
                    && (class.words.contains(&told.verb) || class.also.contains(&told.verb))
            };
            let usual = is("of-methods", &told.verb) || self.lexicon.verbs.iter().any(known);
            // Whoever is shown what a summary lists may list it, and nothing else that a name goes with.
            if told.family() == Family::Read && told.verb == "list" && self.operation.method == Method::Get {
                push(&mut act.classes, "list");
            } else if told.family() != Family::Own && !usual {
                push(&mut act.own, &told.verb);
            }
        }
        let marks = self.told.iter().any(|told| told.verb.contains(" as "));
        for told in self.told.iter().filter(|told| told.family() == Family::Own && act.thing.is_empty()) {
            // "markScoreCommentResolved" beside "Mark the comment as resolved".
            if marks && !told.verb.contains(' ') {
                continue;
            }
            if let Some((_, state)) = told.verb.split_once(" as ") {
                state.clone_into(&mut act.state);
            }
            push(&mut act.own, &told.verb);
            if let Some((adverb, verb)) = told.verb.split_once(' ').filter(|(adverb, _)| is("adverb", adverb)) {
                let same = super::english::all("delete").chain(super::english::all("remove"));
                same.filter(|other| *other != verb).for_each(|other| push(&mut act.own, &format!("{adverb} {other}")));
            }
            let plain = ["add", "remove", "create", "update", "delete", "list", "get"];
            let class = class_of(self.lexicon, &told.verb);
            if let Some(class) = class.filter(|class| !act.acted || !plain.contains(class)) {
                push(&mut act.classes, class);
            }
        }
        if act.acted {
            super::logins::keep_particles(&mut act.own);
            return;
        }
        let families: Vec<Family> = self.told.iter().map(Told::family).collect();
        if families.contains(&Family::Add) && !act.classes.iter().any(|c| c == "add") && !act.reads {
            push(&mut act.classes, "add");
        }
        if families.contains(&Family::Remove) && !act.classes.iter().any(|c| c == "remove") {
            push(&mut act.classes, "remove");
        }
    }

    /// The verb that the last fixed step of the path is, if it is one.
    fn action(&self, fixed: &[String]) -> Option<String> {
        let at = self.shape.parts.len() - 1;
        let text = fixed.join(" ");
        let first = fixed.first()?;
        let writes = !matches!(self.operation.method, Method::Get | Method::Head | Method::Options);
        for told in
            self.told.iter().filter(|told| matches!(told.family(), Family::Own | Family::Search | Family::Count))
        {
            let verb = told.verb.as_str();
            let head = verb.split(' ').next().unwrap_or(verb);
            if text == verb
                || text.replace(' ', "") == verb.replace(" as ", " ").replace(' ', "")
                || verb.split_once(" as ").is_some_and(|(_, state)| state == text)
                || first == head && !is_plural(fixed)
            {
                return Some(if fixed.len() > 1 && !verb.contains(" as ") { text } else { verb.to_owned() });
            }
            // `DELETE …/star` is told as "unstar".
            let opposite = head.len() > first.len() && head.ends_with(first.as_str()) && !head.contains('-');
            if writes && opposite && fixed.len() == 1 {
                return Some(verb.to_owned());
            }
        }
        if let [id] = self.id
            && writes
            && !is_plural(fixed)
        {
            // `meetingStatus` of `/meetings/{id}/status` names what is changed.
            if *id == text.replace(' ', "") && !is("status", &text) {
                return Some(spaced(&text));
            }
            if fixed.len() == 1 && id.len() > text.len() && id.ends_with(&text) {
                return Some(id.clone());
            }
        }
        if let Some(deed) = super::bulk::deed_beside(fixed, self.lexicon).filter(|_| writes) {
            return Some(deed);
        }
        if at > 0 && writes && super::finders::told_to_do(&self.operation.summary, fixed, self.lexicon) {
            return Some(text);
        }
        if at == 0 || is_plural(fixed) || is_me(&text) {
            return (at == 0 && writes && is_login(&text)).then(|| spaced(&text));
        }
        if is_state(&text) && writes && self.operation.method != Method::Delete {
            return Some(text);
        }
        // `/runs/{id}/setNote` sets the note of a run.
        let sets = is("setting", first) && !fixed.get(1).is_some_and(|next| is_particle_of(first, next));
        if sets && fixed.len() > 1 && writes && self.operation.method != Method::Delete {
            return None;
        }
        let strong = |word: &str| is_verb(self.lexicon, word);
        let phrase = strong(&text) || fixed.len() > 1 && strong(first) && !is_adjective(fixed);
        let creates = self.operation.method != Method::Delete;
        match self.operation.method {
            Method::Get | Method::Head | Method::Options => is("reading", &text).then_some(text),
            _ if phrase && creates => Some(text),
            Method::Post
                if !is_uploaded(&text)
                    && self.operation.body.is_none()
                    && matches!(self.shape.parts.get(at - 1), Some(Part::Variable(_))) =>
            {
                Some(text)
            }
            _ if is_login(&text) => Some(spaced(&text)),
            _ => None,
        }
    }

    fn answers_many(&self) -> bool {
        let get = matches!(self.operation.method, Method::Get | Method::Post);
        let schema = self.operation.response.as_ref().and_then(|response| response.schema.as_ref());
        match schema {
            Some(schema) if get => {
                let last = match self.shape.last() {
                    Some(Part::Fixed(words)) => singular_words(words),
                    _ => Vec::new(),
                };
                list_of(schema, &last).is_some()
            }
            _ if get && self.operation.response.as_ref().is_none_or(unsaid) => {
                let plural = matches!(self.shape.last(), Some(Part::Fixed(words)) if is_plural(words));
                let told = self.told.first().map(|told| told.many);
                self.operation.method == Method::Get && told.unwrap_or(plural) && (plural || told == Some(true))
            }
            _ => false,
        }
    }
}

fn unsaid(response: &SpecResponse) -> bool {
    response.schema.is_none()
}

fn mark(act: &mut Act, state: &str) {
    state.clone_into(&mut act.state);
    push(&mut act.own, &format!("mark as {state}"));
}

fn nested_in_record(shape: &Shape) -> bool {
    shape.variables().count() > 0
}

/// `contactId`, `team_slug` → contact, team.
pub(super) fn noun_of_variable(name: &str) -> Vec<String> {
    let mut found = words(name);
    if found.len() > 1 && found.last().is_some_and(|last| is("id-word", last)) {
        found.pop();
    }
    singular_words(&found)
}

fn push(list: &mut Vec<String>, word: &str) {
    if !list.iter().any(|known| known == word) {
        list.push(word.to_owned());
    }
}
