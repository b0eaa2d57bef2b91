//! A service as it will be written: built from the specification, then corrected by what phrases lead to.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalog::openapi::{Spec, SpecKind, SpecParameter, SpecPlace, SpecSchema};
use crate::catalog::{Lexicon, Method};
use crate::diagnostic::{Diagnostic, Severity};

use super::act::{Act, act};
use super::english::{Family, pairs};
use super::field::Field;
use super::glued::Vocabulary;
use super::kind::Finding;
use super::kinds::{Kinds, key};
use super::lists::list_of;
use super::naming::{group, name_all, service_title, title};
use super::noun::singular_words;
use super::op::Op;
use super::paging::{Style, style};
use super::parameters::sent;
use super::security::{Security, is_open, security, upper};
use super::shape::{Part, Shape, scaffold};
use super::tenants::tenants;
use super::twins;

/// A service on its way into YAML.
#[derive(Debug)]
pub(super) struct Model<'a> {
    pub(super) name: String,
    pub(super) title: String,
    pub(super) base_url: String,
    pub(super) security: Security,
    pub(super) styles: Vec<Style>,
    pub(super) kinds: Kinds,
    pub(super) operations: Vec<Op<'a>>,
    /// Context values beside those of the credential: name, variable of the environment, title.
    pub(super) context: Vec<(String, String, String)>,
    /// Version header and its usual value.
    pub(super) version: Option<(String, String)>,
    pub(super) warnings: Vec<Diagnostic>,
}

impl<'a> Model<'a> {
    pub(super) fn build(spec: &'a Spec, name: &str, base_url: Option<&str>, lexicon: &Lexicon) -> Self {
        let prefix = upper(name);
        let vocabulary = Vocabulary::of(spec, lexicon);
        let read = read(spec, lexicon, &vocabulary);
        let kinds = Kinds::of(&read);
        let mut model = Self {
            name: name.to_owned(),
            title: service_title(spec, name),
            base_url: String::new(),
            security: security(spec, &prefix),
            styles: Vec::new(),
            kinds,
            operations: Vec::new(),
            context: Vec::new(),
            version: version(spec),
            warnings: spec.warnings.clone(),
        };
        model.base_url = model.address(spec, base_url);
        for fault in std::mem::take(&mut model.security.faults) {
            model.warn(None, fault);
        }
        let shapes: Vec<&Shape> = read.iter().map(|(shape, _)| shape).collect();
        let tenants = tenants(&shapes);
        model.records(spec, &read);
        model.find_records(spec, &read, &tenants);
        for (operation, (shape, act)) in spec.operations.iter().zip(read) {
            let op = model.operation(spec, operation, shape, act, &tenants);
            model.operations.push(op);
        }
        for tenant in tenants {
            let variable = format!("{prefix}_{}", upper(&tenant));
            let title = super::naming::capital(&super::act::noun_of_variable(&tenant).join(" "));
            model.context.push((tenant, variable, title));
        }
        model.twins_of_method();
        name_all(name, &mut model.operations);
        model.objects();
        super::described::verbs(&mut model, lexicon);
        model.settle_updates();
        model.yield_to_plain();
        model.common_names(&vocabulary);
        model.common_verbs(lexicon);
        super::parties::add(&mut model);
        super::everywhere::says(&mut model);
        super::states::add(&mut model, lexicon);
        twins::tell_apart(&mut model);
        let more = super::verbs::patterns(&model, lexicon);
        for (op, says) in model.operations.iter_mut().zip(more) {
            op.says.extend(says);
            super::scopes::widen(op, &model.kinds);
        }
        super::beside::add(&mut model, lexicon);
        model
    }

    pub(super) fn warn(&mut self, op: Option<usize>, message: String) {
        let warning = Diagnostic::error(message);
        let warning = match op.and_then(|at| self.operations.get(at)) {
            Some(op) => warning.at(op.spec.place.clone()),
            None => warning,
        };
        self.warnings.push(Diagnostic { severity: Severity::Warning, ..warning });
    }

    /// Takes an operation out that cannot be said in YAML.
    pub(super) fn leave_out(&mut self, name: &str, why: &str) {
        let Some(at) = self.operations.iter().position(|op| op.name == name) else { return };
        let op = &self.operations[at];
        let path = op.sent.goes.as_ref().unwrap_or(&op.spec.path);
        let request = format!("{} {path}", op.spec.method.as_str());
        self.warn(Some(at), format!("`{request}` is left out: {why}"));
        self.operations.remove(at);
        for op in &mut self.operations {
            op.prefer_over.retain(|other| other != name);
        }
        for kind in self.kinds.all.values_mut() {
            match &mut kind.find {
                Some(find) if find.operation == at => kind.find = None,
                Some(find) if find.operation > at => find.operation -= 1,
                _ => {}
            }
        }
    }

    /// Where requests go: what was asked for, else the first server that is a web address.
    fn address(&mut self, spec: &Spec, asked: Option<&str>) -> String {
        if let Some(asked) = asked {
            return asked.trim_end_matches('/').to_owned();
        }
        let usable = |url: &str| url.starts_with("https://") && !url.contains('{');
        if let Some(server) = spec.servers.iter().find(|server| usable(&server.url)) {
            return server.url.clone();
        }
        let first = spec.servers.first().map_or("", |server| server.url.as_str());
        if let Some(rest) = first.strip_prefix("http://").filter(|rest| !rest.contains('{')) {
            let local = rest.starts_with("localhost") || rest.starts_with("127.");
            if local {
                return first.to_owned();
            }
            self.warn(None, format!("the server `{first}` is not https; `base_url` is"));
            return format!("https://{rest}");
        }
        let rest = if first.starts_with("//") { format!("https:{first}") } else { format!("https://localhost{first}") };
        if !first.starts_with("//") || rest.contains('{') {
            let path = first.strip_prefix('/').map_or_else(String::new, |path| format!("/{path}"));
            let path = if path.contains('{') { String::new() } else { path };
            self.warn(None, "the file does not say where the service is: mend `base_url` in service.yaml".to_owned());
            return format!("http://localhost{path}");
        }
        rest
    }

    /// What is known of the records of each kind from the answers that hold them.
    fn records(&mut self, spec: &Spec, read: &[(Shape, Act)]) {
        let mut schemas: BTreeMap<String, &SpecSchema> = BTreeMap::new();
        for (operation, (_, act)) in spec.operations.iter().zip(read) {
            let answer = operation.response.as_ref().and_then(|response| response.schema.as_ref());
            let Some((_, record)) = answer.and_then(|schema| record_of(schema, act)) else { continue };
            let name = key(&act.noun);
            let richer = |known: &&SpecSchema| known.fields().len() < record.fields().len();
            if schemas.get(&name).is_none_or(richer) {
                schemas.insert(name, record);
            }
        }
        let mut patterns: BTreeMap<String, &SpecParameter> = BTreeMap::new();
        for (operation, (shape, _)) in spec.operations.iter().zip(read) {
            for param in operation.params.iter().filter(|param| param.place == SpecPlace::Path) {
                if let Some(kind) = self.kinds.of_variable(shape, &param.name) {
                    patterns.entry(kind.name.clone()).or_insert(param);
                }
            }
        }
        for kind in self.kinds.all.values_mut() {
            if let Some(schema) = schemas.get(&kind.name) {
                super::records::describe(kind, schema);
            }
            super::records::identify(kind, patterns.get(&kind.name).copied());
        }
    }

    /// The operation that finds a record by its name: one that lists or searches and needs nothing else.
    fn find_records(&mut self, spec: &Spec, read: &[(Shape, Act)], tenants: &[String]) {
        for (at, (operation, (_, act))) in spec.operations.iter().zip(read).enumerate() {
            let lists = operation.method == Method::Get && act.many && act.adjective.is_empty() && !act.mine;
            let needs = |param: &SpecParameter| {
                param.required
                    && param.schema.default.is_none()
                    && param.schema.constant_text().is_none()
                    && !(param.place == SpecPlace::Path && tenants.contains(&param.name))
            };
            let query = operation
                .params
                .iter()
                .find(|param| param.place == SpecPlace::Query && super::records::is_search(&param.name));
            let free = operation.params.iter().filter(|p| needs(p)).all(|p| query.is_some_and(|q| q.name == p.name));
            let Some(kind) = self.kinds.all.get_mut(&key(&act.noun)) else { continue };
            if !lists || !free || kind.label.is_none() {
                continue;
            }
            let better = kind.find.as_ref().is_none_or(|known| known.query.is_none() && query.is_some());
            let by = kind.columns.clone();
            let by: Vec<String> = by.into_iter().filter(|key| super::records::is_name(key)).collect();
            if better && !by.is_empty() {
                kind.find = Some(Finding { operation: at, query: query.map(|q| q.name.clone()), by });
            }
        }
    }

    fn operation(
        &mut self,
        spec: &'a Spec,
        operation: &'a crate::catalog::openapi::SpecOperation,
        shape: Shape,
        act: Act,
        tenants: &[String],
    ) -> Op<'a> {
        let page = (act.many && operation.method == Method::Get).then(|| style(operation, &mut self.styles)).flatten();
        let turned = page.as_ref().and_then(|page| self.styles.iter().find(|style| style.name == *page));
        let turned: Vec<String> = turned.map_or_else(Vec::new, |style| style.turns.clone());
        let constant = self.version.as_ref().map(|(header, _)| header.clone());
        let beside: Vec<String> =
            self.security.headers.iter().chain(&self.security.queries).map(|(n, _)| n.clone()).collect();
        let carriers = self.security.carriers.clone();
        let left_out = |param: &SpecParameter| {
            param.place == SpecPlace::Query && turned.contains(&param.name)
                || param.place == SpecPlace::Header
                    && constant.as_ref().is_some_and(|c| c.eq_ignore_ascii_case(&param.name))
                || param.place != SpecPlace::Path && beside.contains(&param.name)
                || param.place != SpecPlace::Path && carriers.contains(&param.name.to_lowercase())
        };
        let mut sent = sent(operation, &shape, &self.kinds, &left_out);
        let mut act = act;
        // What is put among one's own is what is named, not whatever else a line speaks of.
        let own = act.mine && matches!(shape.parts.as_slice(), [Part::Fixed(_), Part::Fixed(_)]);
        let at_once = (act.bulk || act.acted || own) && !act.reads && operation.method != Method::Get;
        if super::records::several(&mut sent, self.kinds.get(&act.noun), at_once) {
            act.bulk = false;
        }
        let made = self.kinds.get(&act.noun).filter(|_| act.classes.iter().any(|class| class == "create"));
        super::records::own_id(&mut sent, made);
        for field in &mut sent.fields {
            let last = shape.last() == Some(&Part::Variable(field.name.clone()));
            if tenants.contains(&field.name) && !last && operation.path.contains(&format!("{{{}}}", field.name)) {
                field.default = Some(super::yaml_text::quoted(&format!("{{{{ {} }}}}", field.name)));
            }
        }
        let version = operation
            .constant_header()
            .filter(|(name, _)| constant.as_ref().is_some_and(|c| c.eq_ignore_ascii_case(name)));
        let usual = self.version.as_ref().map(|(_, value)| value.clone());
        let version = version.map(|(_, value)| value).filter(|value| usual.as_ref() != Some(value));
        let title = title(operation, &act);
        let answer = operation.response.as_ref().and_then(|response| response.schema.as_ref());
        let returns = answer.and_then(|schema| Some((record_of(schema, &act)?.0, act.many)));
        let faults = std::mem::take(&mut sent.faults);
        let place = operation.place.clone();
        for fault in faults {
            let message = format!("`{}`: {fault}", operation.request_line());
            let warning = Diagnostic::error(message).at(place.clone());
            self.warnings.push(Diagnostic { severity: Severity::Warning, ..warning });
        }
        Op {
            spec: operation,
            group: group(operation, &shape),
            name: String::new(),
            title,
            objects: Vec::new(),
            keys: Vec::new(),
            beside: Vec::new(),
            says: Vec::new(),
            prefer_over: Vec::new(),
            returns: returns.map(|(at, many)| (key(&act.noun), at, many)),
            page,
            open: is_open(spec, operation),
            version,
            uses: (!self.security.queries.is_empty()).then_some("credentials"),
            sent,
            shape,
            act,
        }
    }

    /// Of two requests that differ in the method only, PUT replaces and PATCH updates.
    fn twins_of_method(&mut self) {
        let patches = self.operations.iter().filter(|op| op.spec.method == Method::Patch);
        let patched: BTreeSet<String> = patches.map(|op| op.spec.path.clone()).collect();
        for op in &mut self.operations {
            if op.spec.method == Method::Put && patched.contains(&op.spec.path) && op.act.classes == ["update"] {
                op.act.own = ["replace", "overwrite"].map(str::to_owned).to_vec();
                op.act.classes.clear();
            }
        }
    }

    /// Where one request updates, another that makes the same kind is not asked to.
    fn settle_updates(&mut self) {
        let updates: Vec<String> = self
            .operations
            .iter()
            .filter(|op| op.act.classes.first().is_some_and(|class| class == "update"))
            .filter_map(|op| op.objects.first().cloned())
            .collect();
        // "Adjust" is not "update" where another request updates.
        let plain: Vec<String> = self
            .operations
            .iter()
            .filter(|op| !op.act.acted && op.act.classes.first().is_some_and(|class| class == "update"))
            .filter_map(|op| op.objects.first().cloned())
            .collect();
        // What adds an element is the request to the collection, not the one that changes the element.
        let posts = self.operations.iter().filter(|op| op.spec.method == Method::Post && !op.act.acted);
        let collections: BTreeSet<String> = posts.map(|op| op.spec.path.trim_end_matches('/').to_owned()).collect();
        for op in self.operations.iter_mut().filter(|op| op.spec.method == Method::Put) {
            let collection = op.spec.path.trim_end_matches('/').rsplit_once('/').map(|(collection, _)| collection);
            if collection.is_some_and(|collection| collections.contains(collection))
                && op.act.classes.first().is_some_and(|class| class == "update")
            {
                op.act.classes.retain(|class| class != "add");
            }
        }
        // "Add a title" makes one, whatever adds title 7 to list 3.
        let added =
            |op: &&Op<'_>| op.act.classes.iter().any(|class| class == "add") && op.shape.variables().count() > 0;
        let added: BTreeSet<String> =
            self.operations.iter().filter(added).filter_map(|op| op.objects.first().cloned()).collect();
        for op in self.operations.iter_mut().filter(|op| op.act.classes == ["create"] && !op.act.acted) {
            let whole = op.shape.variables().count() == 0 && op.spec.method == Method::Post;
            if whole && op.objects.first().is_some_and(|object| added.contains(object)) {
                op.act.classes.push("add".to_owned());
            }
        }
        for op in &mut self.operations {
            let makes = op.act.classes.first().is_some_and(|class| class != "update");
            let done = op.act.acted && !op.act.own.is_empty() && op.act.classes == ["update"];
            if done && op.objects.first().is_some_and(|object| plain.contains(object)) {
                op.act.classes.clear();
            }
            if makes && op.objects.first().is_some_and(|object| updates.contains(object)) {
                op.act.classes.retain(|class| class != "update");
            }
        }
    }

    /// "Simulate a wire transfer" is not asked for by "create a wire transfer" where another request creates one.
    fn yield_to_plain(&mut self) {
        let plain = |op: &Op<'_>| op.act.own.is_empty() && !op.spec.deprecated;
        for at in 0..self.operations.len() {
            let op = &self.operations[at];
            let told = op.act.told.first().filter(|told| op.act.titled && told.family() == Family::Own);
            let own = told.is_some_and(|told| op.act.own.contains(&told.verb)) && !op.act.acted;
            let class = op.act.classes.first().filter(|_| own);
            let rival = |other: &&Op<'_>| {
                let same = other.objects.first().is_some_and(|object| op.objects.contains(object));
                // "Unassign task" takes a task assignment away, which has an id of its own.
                let own_record = matches!(op.shape.last(), Some(Part::Variable(_)));
                let same = same && !(own_record && other.objects.first() != op.objects.first());
                same && other.act.classes.first() == class && plain(other)
            };
            if class.is_some() && self.operations.iter().any(|other| rival(&other)) {
                self.operations[at].act.classes.clear();
            }
        }
    }

    /// What each operation acts on: the kind that its path names, then those that its words name.
    fn objects(&mut self) {
        for at in 0..self.operations.len() {
            let op = &self.operations[at];
            let mut names: Vec<String> = Vec::new();
            let mut add = |name: Option<String>| {
                if let Some(name) = name.filter(|name| !names.contains(name)) {
                    names.push(name);
                }
            };
            add(self.kinds.get(&op.act.noun).map(|kind| kind.name.clone()));
            // `/teams/{id}/members/{username}` removes a member, who is a user too.
            if let Some(Part::Variable(variable)) = op.shape.last() {
                let noun = super::act::noun_of_variable(variable);
                let same =
                    |kind: &&super::kind::Kind| kind.id.as_deref() == Some(variable.as_str()) && variable != "id";
                let other = self.kinds.get(&noun).or_else(|| {
                    self.kinds
                        .all
                        .values()
                        .filter(same)
                        .find(|kind| kind.name != key(&op.act.noun) && kind.find.is_some())
                });
                let before = op.shape.parts.iter().rev().find_map(|part| match part {
                    Part::Fixed(words) => Some(words.as_slice()),
                    Part::Variable(_) => None,
                });
                // … but `/flags/{projectKey}` is about flags alone.
                let owner = before.is_some_and(|before| self.kinds.is_owner(before, variable));
                add(other.filter(|_| !owner).map(|kind| kind.name.clone()));
            }
            let parents: Vec<Vec<String>> =
                op.shape.variables().filter_map(|(_, owner)| owner).map(singular_words).collect();
            // "Organization" at `/orgs/{id}`.
            let called = parents.iter().filter_map(|parent| self.kinds.get(parent)).flat_map(|kind| &kind.nouns);
            let full =
                parents.iter().flat_map(|parent| pairs("short-for", &parent.join(" "))).map(|full| (*full).to_owned());
            let called: Vec<Vec<String>> =
                called.cloned().chain(full).map(|noun| noun.split(' ').map(str::to_owned).collect()).collect();
            let parents: Vec<Vec<String>> = parents.into_iter().chain(called).collect();
            let without = |noun: &Vec<String>| {
                // "Custom playlist cover" is the cover of a playlist.
                let lead = parents.iter().filter(|p| **p != op.act.noun && !p.is_empty()).find_map(|parent| {
                    let at = noun.windows(parent.len()).position(|words| words == parent.as_slice())?;
                    Some(at + parent.len()).filter(|end| *end < noun.len())
                });
                noun[lead.unwrap_or(0)..].to_vec()
            };
            let named: Vec<Vec<String>> = op.act.named.iter().map(without).collect();
            let mut made: Vec<Vec<String>> = Vec::new();
            for noun in named.iter().chain(&super::common::contents(op, &self.kinds)) {
                if self.only_from(op, noun) {
                    continue;
                }
                let joined = noun.join("");
                let written =
                    |kind: &&super::kind::Kind| kind.nouns.iter().any(|known| known.replace(' ', "") == joined);
                let known = self.kinds.called(&noun.join(" ")).or_else(|| self.kinds.all.values().find(written));
                match known {
                    Some(kind) => add(Some(kind.name.clone())),
                    None if !is_noise(noun, op) => made.push(noun.clone()),
                    None => {}
                }
            }
            for noun in made {
                let name = self.kinds.add_with_tails(&noun);
                if let Some(name) = name.filter(|name| !names.contains(name)) {
                    names.push(name);
                }
            }
            names.truncate(5);
            self.operations[at].objects = names;
        }
    }
}

impl Model<'_> {
    /// Whether what an operation makes is only made from the records of a noun, which others make: "create a contact" makes no
    /// export, though `/contacts/exports` exports contacts.
    fn only_from(&self, op: &Op<'_>, noun: &[String]) -> bool {
        let makes = |op: &Op<'_>| op.act.classes.iter().any(|class| class == "create") && !op.act.acted;
        let head = op.act.noun.last().map_or("", String::as_str);
        let done = |verb: &str| verb == head || pairs("deed", head).contains(&verb);
        let other = |other: &Op<'_>| makes(other) && other.act.noun == noun && other.spec.method == Method::Post;
        makes(op)
            && op.act.noun != noun
            && op.act.told.iter().any(|told| done(&told.verb))
            && self.operations.iter().any(other)
    }
}

/// Words of a summary that name no thing.
fn is_noise(noun: &[String], op: &Op<'_>) -> bool {
    let text = noun.join(" ");
    // Only what stands for a record of its own is said beside the noun; "organization users" are one thing where there is
    // one organization.
    let parts = &op.shape.parts;
    let parents: Vec<String> = parts
        .iter()
        .enumerate()
        .filter(|(at, _)| parts.get(at + 1).is_none_or(|next| matches!(next, Part::Variable(_))))
        .filter_map(|(_, part)| match part {
            Part::Fixed(words) => Some(singular_words(words).join(" ")),
            Part::Variable(_) => None,
        })
        .collect();
    let of_parents = noun.ends_with(&op.act.noun) && noun.len() > op.act.noun.len() && {
        let lead = noun[..noun.len() - op.act.noun.len()].join(" ");
        parents.contains(&lead) || lead == op.act.adjective.join(" ")
    };
    of_parents || text.chars().any(|c| c.is_ascii_digit()) && noun.len() == 1 || !noun.iter().all(|w| w.is_ascii())
}

/// The shape of every path and what every operation does.
fn read(spec: &Spec, lexicon: &Lexicon, vocabulary: &Vocabulary) -> Vec<(Shape, Act)> {
    let paths: Vec<&str> = spec.operations.iter().map(|operation| operation.path.as_str()).collect();
    let scaffolds = scaffold(&paths);
    let shapes = spec.operations.iter().zip(scaffolds);
    let shapes = shapes.map(|(operation, skip)| {
        let mut shape = Shape::new(&operation.path, skip, vocabulary);
        if operation.method != Method::Get {
            shape.drop_own_noun(lexicon);
        }
        shape
    });
    spec.operations
        .iter()
        .zip(shapes)
        .map(|(operation, shape)| {
            let act = act(operation, &shape, lexicon);
            (shape, act)
        })
        .collect()
}

/// The header that carries the version, with the value that most operations send.
fn version(spec: &Spec) -> Option<(String, String)> {
    let mut counts: BTreeMap<(String, String), usize> = BTreeMap::new();
    for operation in &spec.operations {
        if let Some((name, value)) = operation.constant_header()
            && name.to_lowercase().contains("version")
        {
            *counts.entry((name.to_owned(), value)).or_default() += 1;
        }
    }
    let all: usize = counts.values().sum();
    let usual = counts.into_iter().max_by_key(|(_, count)| *count).map(|(pair, _)| pair);
    usual.filter(|_| all * 2 >= spec.operations.len())
}

/// Where the record or the list is in an answer, and what a record looks like.
pub(super) fn record_of<'s>(schema: &'s SpecSchema, act: &Act) -> Option<(String, &'s SpecSchema)> {
    if act.many {
        return list_of(schema, &act.noun);
    }
    if schema.kind != SpecKind::Object && schema.fields().is_empty() {
        return None;
    }
    let noun = act.noun.join("");
    let fields = schema.fields();
    let wrapped = fields.iter().find(|(name, field, _)| {
        let plain: String = name.to_lowercase().chars().filter(char::is_ascii_alphanumeric).collect();
        field.kind == SpecKind::Object
            && !field.fields().is_empty()
            && (plain == noun || fields.len() <= 3 && plain == "data")
    });
    match wrapped {
        Some((name, field, _)) => Some(((*name).to_owned(), field)),
        None => Some((String::new(), schema)),
    }
}

/// The required fields that somebody has to say.
pub(super) fn asked(fields: &[Field]) -> impl Iterator<Item = &Field> {
    fields.iter().filter(|field| field.required && field.default.is_none())
}
