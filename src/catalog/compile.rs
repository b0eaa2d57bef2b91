use rustc_hash::{FxHashMap, FxHashSet};

use super::alike::Alike;
use super::frame::{Frame, Longest, NounRole, Piece, Role, traits};
use super::inflect::{plural, spoken, verb_forms};
use super::pattern::{self, PatternItem};
use super::postings::Filed;
use super::vocabulary::{Head, NounInfo, Sense, TermId, TurnPlace, Vocabulary, VocabularyBuilder, WordSet};
use super::ways::{self, Way};
use super::{Kind, Lexicon, Lifecycle, Literal, OpId, Operation, Service};

/// Compiles the vocabulary of a whole catalog, the frame of each operation, and those of operations of variants, which
/// are found by the words of the operations that they are variants of.
pub fn compile(
    services: &[Service],
    operations: &[Operation],
    variants: &[(OpId, &Operation)],
    lexicon: &Lexicon,
) -> (Vocabulary, Vec<Frame>, Vec<Frame>) {
    let mut compiler = Compiler {
        builder: VocabularyBuilder::new(),
        nouns: Vec::new(),
        lexicon,
        points: true,
        alike: Alike::new(lexicon.alike.iter()),
    };
    compiler.lexicon_terms();
    compiler.noun_terms(services);
    let mut drafts: Vec<Draft> =
        operations.iter().enumerate().map(|(at, op)| compiler.frame(u32::try_from(at).unwrap_or(0), op)).collect();
    let written = written_fields(operations);
    for (at, op) in operations.iter().enumerate().filter(|(_, op)| shows_one(op)) {
        let fields = op.objects.first().and_then(|object| written.get(&(op.service.as_str(), object.as_str())));
        for name in fields.into_iter().flatten() {
            compiler.give(&mut drafts[at], u32::try_from(at).unwrap_or(0), name, Role::Told, false);
        }
    }
    file_patterns(&mut compiler.builder, &drafts);
    compiler.points = false;
    let varied = variants.iter().map(|(id, op)| compiler.frame(id.0, op).laid_out()).collect();
    let frames: Vec<Frame> = drafts.into_iter().map(Draft::laid_out).collect();
    let heads = operations.iter().zip(&frames).map(|(op, frame)| head(op, frame, services)).collect();
    for (at, frame) in frames.iter().enumerate() {
        for (noun, role) in &frame.nouns {
            if matches!(role, NounRole::Object(_)) {
                compiler.builder.object(*noun, u32::try_from(at).unwrap_or(0));
            }
        }
    }
    let mut vocabulary = compiler.builder.finish();
    vocabulary.classes = lexicon.verbs.iter().map(|v| v.name.clone()).collect();
    vocabulary.opposites = opposites(lexicon);
    let coded = services.iter().flat_map(|s| s.resources.iter()).flat_map(|resource| {
        // It stands in the line as one word.
        let one = resource.nouns.iter().find(|noun| !noun.contains(' '));
        let noun = one.or(resource.nouns.first()).cloned().unwrap_or_default();
        resource.codes.iter().map(move |code| (code.to_lowercase(), noun.clone()))
    });
    vocabulary.codes = coded.collect();
    vocabulary.percent = lexicon.set("percent").first().and_then(|word| vocabulary.lookup(word));
    let reads = lexicon.verbs.iter().take(64).enumerate().filter(|(_, verb)| verb.reads);
    vocabulary.reading = reads.fold(0, |bits, (at, _)| bits | 1 << at);
    let changes = lexicon.verbs.iter().take(64).enumerate().filter(|(_, verb)| verb.changes);
    vocabulary.changing = changes.fold(0, |bits, (at, _)| bits | 1 << at);
    let assumed = (0u16..=u16::MAX).zip(&compiler.nouns).filter(|(_, noun)| noun.assumed);
    vocabulary.assumed = assumed.map(|(noun, _)| noun).collect();
    vocabulary.nouns = compiler.nouns;
    vocabulary.heads = heads;
    (vocabulary, frames, varied)
}

/// The classes that mean the opposite of each class, whichever of the two says so, as bits.
fn opposites(lexicon: &Lexicon) -> Vec<u64> {
    let classes = || lexicon.verbs.iter().take(64);
    let opposite =
        |a: &super::VerbClass, b: &super::VerbClass| a.opposite.contains(&b.name) || b.opposite.contains(&a.name);
    let bits = |a| classes().enumerate().filter(|(_, b)| opposite(a, b)).fold(0, |bits, (at, _)| bits | 1 << at);
    classes().map(bits).collect()
}

fn head(op: &Operation, frame: &Frame, services: &[Service]) -> Head {
    Head {
        verbs: frame.verbs.iter().fold(0, |bits, (class, _)| bits | 1 << class),
        reads: op.reads(),
        hidden: op.lifecycle == Lifecycle::Undocumented,
        service: services.iter().position(|s| s.name == op.service).and_then(|at| u16::try_from(at).ok()).unwrap_or(0),
    }
}

/// A frame before it is laid out flat.
#[derive(Default)]
struct Draft {
    frame: Frame,
    roles: Vec<(TermId, Role)>,
    patterns: Vec<Vec<Way>>,
    /// The same, to see at once which are there.
    known: FxHashSet<Vec<Way>>,
    sets: Vec<String>,
}

impl Draft {
    /// The number of a text that patterns set, new or known.
    fn set(&mut self, text: &str) -> u16 {
        let at = self.sets.iter().position(|s| s == text).unwrap_or_else(|| {
            self.sets.push(text.to_owned());
            self.sets.len() - 1
        });
        u16::try_from(at).unwrap_or(u16::MAX)
    }

    fn laid_out(self) -> Frame {
        let mut frame = self.frame;
        let programs: Vec<Vec<Piece>> = self.patterns.iter().map(|line| ways::program(line)).collect();
        frame.lay_out(self.roles, &programs, self.sets);
        frame
    }
}

struct Compiler<'a> {
    builder: VocabularyBuilder,
    nouns: Vec<NounInfo>,
    lexicon: &'a Lexicon,
    alike: Alike,
    /// Whether words lead to the operation that they are of.
    points: bool,
}

impl Compiler<'_> {
    fn lexicon_terms(&mut self) {
        for (name, set) in WordSet::NAMES {
            for word in self.lexicon.set(name).iter().flat_map(|phrase| alternatives(phrase)) {
                self.builder.add(&word, Sense::Set(set));
            }
        }
        for (class, verb) in self.lexicon.verbs.iter().enumerate() {
            let class = u8::try_from(class).unwrap_or(u8::MAX);
            for (words, weak) in [(&verb.words, false), (&verb.also, true)] {
                let irregular = self.lexicon.set("past");
                for (text, form) in words.iter().flat_map(|w| verb_forms(&w.replace(" .. ", " "), irregular)) {
                    self.builder.add(&text, Sense::Verb { class, weak, form });
                }
                for (first, last) in words.iter().filter_map(|word| word.split_once(" .. ")) {
                    let last = self.builder.term(last);
                    for (text, form) in verb_forms(first, irregular) {
                        self.builder.add(&text, Sense::Apart { class, weak, form, last });
                    }
                }
            }
        }
        for construction in &self.lexicon.constructions {
            let class = self.lexicon.verbs.iter().position(|verb| verb.name == construction.verb);
            let Some(class) = class.and_then(|at| u8::try_from(at).ok()) else { continue };
            for (words, place) in turns(&construction.pattern) {
                self.builder.add(&words, Sense::Turn { class, place });
            }
        }
    }

    fn noun_terms(&mut self, services: &[Service]) {
        for resource in services.iter().flat_map(|s| s.resources.iter()) {
            let noun = u16::try_from(self.nouns.len()).unwrap_or(u16::MAX);
            self.nouns.push(NounInfo {
                service: resource.service.clone().into(),
                resource: resource.name.clone().into(),
                person: resource.person,
                assumed: resource.assumed,
            });
            for word in &resource.nouns {
                self.builder.add(word, Sense::Noun { noun, plural: false });
                self.builder.add(&plural(word), Sense::Noun { noun, plural: true });
            }
            for word in &resource.plurals {
                self.builder.add(word, Sense::Noun { noun, plural: true });
            }
        }
    }

    fn noun(&self, service: &str, resource: &str) -> Option<u16> {
        let at = self.nouns.iter().position(|n| n.service == service && n.resource == resource)?;
        u16::try_from(at).ok()
    }

    fn frame(&mut self, id: u32, op: &Operation) -> Draft {
        let mut frame = Draft::default();
        frame.frame.keyed = !op.keys.is_empty();
        frame.frame.verbs = self.verb_weights(op);
        for word in &op.own_verbs {
            for (text, form) in verb_forms(&word.replace(" .. ", " "), self.lexicon.set("past")) {
                self.give(&mut frame, id, &text, Role::Verb(form), true);
            }
        }
        for key in &op.keys {
            self.give(&mut frame, id, key, Role::Key, true);
        }
        for word in &op.beside {
            self.give(&mut frame, id, word, Role::Beside, true);
            self.give(&mut frame, id, &plural(word), Role::Beside, true);
        }
        for word in &op.places {
            self.give(&mut frame, id, word, Role::Place, false);
        }
        for (rank, object) in op.objects.iter().enumerate() {
            if let Some(noun) = self.noun(&op.service, object) {
                frame.frame.nouns.push((noun, NounRole::Object(u8::try_from(rank).unwrap_or(u8::MAX))));
            }
        }
        for (at, param) in op.params.iter().enumerate().take(128) {
            let at = u8::try_from(at).unwrap_or(u8::MAX);
            frame.frame.dated |= matches!(param.kind, Kind::Date | Kind::DateTime | Kind::Duration);
            self.param(&mut frame, id, op, at);
        }
        let text = |p: &super::Parameter| p.kind == Kind::Text && p.required && p.bare || p.each.is_some();
        frame.frame.text = if op.params.iter().any(|p| p.kind == Kind::FreeText) {
            Longest::Free
        } else if op.params.iter().any(text) {
            Longest::Short
        } else {
            Longest::None
        };
        frame.frame.traits = op.params.iter().take(128).map(|p| self.traits(op, p)).collect();
        frame.frame.target = target(op);
        frame.frame.lay_not(&op.not);
        lay_open(&mut frame.frame, op);
        for text in &op.say {
            self.pattern(&mut frame, op, text);
        }
        frame
    }

    fn traits(&self, op: &Operation, param: &super::Parameter) -> u8 {
        let when = |yes: bool, bit: u8| if yes { bit } else { 0 };
        let dated = matches!(param.kind, Kind::Date | Kind::DateTime);
        let Kind::Entity(resource) = &param.kind else {
            return when(dated, traits::DATED) | when(param.bare, traits::BARE);
        };
        let own = op.objects.first() == Some(resource);
        let made = own && !param.many && param.place == super::Place::Body && !is_named_in_body(op, param);
        let noun = self.noun(&op.service, resource).map(|noun| &self.nouns[usize::from(noun)]);
        let (person, assumed) = noun.map_or((false, false), |n| (n.person, n.assumed));
        when(assumed && param.required, traits::ASSUMED)
            | when(person, traits::PERSON)
            | when(!person && !assumed, traits::NAMED)
            | when(param.bare && !made, traits::BARE)
            | when(param.roles.is_empty() && !param.supplied, traits::OPEN)
    }

    fn verb_weights(&self, op: &Operation) -> Vec<(u8, i16)> {
        let weight = |class: &super::VerbClass| {
            if let Some(rank) = op.verbs.iter().position(|v| *v == class.name) {
                return Some(if rank == 0 { 30 } else { 28 });
            }
            class.may_mean.iter().any(|m| op.verbs.contains(m)).then_some(22)
        };
        let classes = self.lexicon.verbs.iter().enumerate().take(64);
        classes.filter_map(|(at, class)| Some((u8::try_from(at).ok()?, weight(class)?))).collect()
    }

    fn give(&mut self, frame: &mut Draft, id: u32, phrase: &str, role: Role, points: bool) {
        for term in self.builder.add(&phrase.to_lowercase(), Sense::Own) {
            frame.roles.push((term, role));
            if matches!(role, Role::Verb(_)) {
                self.builder.own_verb(term);
            }
            if points && self.points {
                self.builder.point(term, id);
            }
        }
    }

    fn param(&mut self, frame: &mut Draft, id: u32, op: &Operation, at: u8) {
        let param = &op.params[at as usize];
        let noun = match &param.kind {
            Kind::Entity(resource) => self.noun(&op.service, resource),
            _ => None,
        };
        frame.frame.nouns.extend(noun.map(|noun| (noun, NounRole::Param(at))));
        for name in field_names(op, at as usize) {
            self.give(frame, id, &name, Role::Field(at), true);
            if param.many {
                self.give(frame, id, &plural(&name), Role::Field(at), true);
            }
        }
        for lead in &param.roles {
            self.give(frame, id, lead, Role::Lead(at), false);
        }
        for (position, value) in param.values.iter().enumerate().take(250) {
            let position = u8::try_from(position).unwrap_or(u8::MAX);
            let own = match &value.value {
                Literal::Text(text) => vec![spoken(text), text.to_lowercase()],
                _ => Vec::new(),
            };
            // `video_startup_time` is said with spaces, and as it is written.
            let own = own.into_iter().enumerate().filter(|(nth, text)| *nth == 0 || text.contains('_'));
            for word in value.say.iter().cloned().chain(own.map(|(_, text)| text)).filter(|w| !w.is_empty()) {
                self.give(frame, id, &word, Role::Value(at, position), true);
            }
        }
    }

    fn pattern(&mut self, frame: &mut Draft, op: &Operation, text: &str) {
        let Ok(items) = pattern::parse(text) else { return };
        let line = self.line(frame, op, &self.alike.widened(&items));
        if frame.known.insert(line.clone()) {
            frame.patterns.push(line);
        }
    }

    fn line(&mut self, frame: &mut Draft, op: &Operation, items: &[PatternItem]) -> Vec<Way> {
        let mut line = Vec::new();
        for item in items {
            match item {
                PatternItem::Word(word) => {
                    for part in split_possessive(&word.to_lowercase()) {
                        line.push(Way::Piece(Piece::Word(self.builder.add(part, Sense::Own)[0])));
                    }
                }
                PatternItem::Slot(name) => {
                    line.extend(position(op, name).map(|at| Way::Piece(Piece::Slot(at))));
                }
                PatternItem::Set(name, value) => {
                    line.extend(position(op, name).map(|at| Way::Piece(Piece::Set(at, frame.set(value)))));
                }
                PatternItem::Choice(ways) => {
                    line.push(Way::Choice(ways.iter().map(|way| self.line(frame, op, way)).collect()));
                }
            }
        }
        line
    }
}

/// Files every pattern under words of which each of its ways has one, and that few patterns share, so that a line wakes
/// few of them. What a way without a word would ask for cannot be told from anything else: such a way wakes with the rest.
fn file_patterns(builder: &mut VocabularyBuilder, frames: &[Draft]) {
    let mut uses: FxHashMap<TermId, u32> = FxHashMap::default();
    for line in frames.iter().flat_map(|f| &f.patterns) {
        for term in distinct(ways::words(line)) {
            *uses.entry(term).or_default() += 1;
        }
    }
    for (operation, frame) in frames.iter().enumerate() {
        for (at, line) in frame.patterns.iter().enumerate() {
            let terms = ways::cover(line, &uses).map_or_else(|| ways::words(line), |(_, terms)| terms);
            let (operation, pattern) = (u32::try_from(operation).unwrap_or(0), u16::try_from(at).unwrap_or(0));
            let (needs, words) = (builder.needs(&ways::needs(line, &uses)), ways::needed(line));
            for term in distinct(terms) {
                builder.literal(term, Filed { operation, pattern, needs, words });
            }
        }
    }
}

fn distinct(mut terms: Vec<TermId>) -> Vec<TermId> {
    terms.sort_unstable();
    terms.dedup();
    terms
}

/// What people call the fields of each resource that some operation writes: what a record of it tells.
fn written_fields(operations: &[Operation]) -> FxHashMap<(&str, &str), Vec<String>> {
    let mut written: FxHashMap<(&str, &str), Vec<String>> = FxHashMap::default();
    for op in operations.iter().filter(|op| !op.reads() && op.lifecycle == Lifecycle::Official) {
        let Some(object) = op.objects.first() else { continue };
        let names = written.entry((&op.service, object)).or_default();
        for (at, param) in op.params.iter().enumerate() {
            if param.place == super::Place::Body && !param.supplied && !param.name.contains('.') {
                names.extend(field_names(op, at));
            }
        }
    }
    for names in written.values_mut() {
        names.sort_unstable();
        names.dedup();
    }
    written
}

/// Whether an operation shows one record of its object.
fn shows_one(op: &Operation) -> bool {
    let own = |p: &super::Parameter| {
        p.place == super::Place::Path && matches!(&p.kind, Kind::Entity(r) if op.objects.first() == Some(r))
    };
    op.reads() && op.returns.as_ref().is_none_or(|r| !r.many) && op.params.iter().any(own)
}

fn split_possessive(word: &str) -> Vec<&str> {
    match word.strip_suffix("'s") {
        Some(stem) if !stem.is_empty() => vec![stem, "'s"],
        _ => vec![word],
    }
}

fn position(op: &Operation, name: &str) -> Option<u8> {
    op.params.iter().position(|p| p.name == name).and_then(|at| u8::try_from(at).ok())
}

/// The words of a construction in all their ways, and where they stand: before its slots, between or behind them.
fn turns(pattern: &str) -> Vec<(String, TurnPlace)> {
    let Ok(items) = pattern::parse(pattern) else { return Vec::new() };
    let ways = expand(&items).into_iter().map(|way| {
        let word =
            |item: &PatternItem| if let PatternItem::Word(word) = item { Some(word.to_lowercase()) } else { None };
        let slot = |item: Option<&PatternItem>| matches!(item, Some(PatternItem::Slot(_)));
        let place = match (slot(way.first()), slot(way.last())) {
            (false, _) => TurnPlace::Opens,
            (true, true) => TurnPlace::Joins,
            (true, false) => TurnPlace::Closes,
        };
        (way.iter().filter_map(word).collect::<Vec<_>>().join(" "), place)
    });
    ways.collect()
}

/// All ways to say a phrase with choices: "(visitor|client) asks" → "visitor asks", "client asks".
fn alternatives(phrase: &str) -> Vec<String> {
    if !phrase.contains(['(', '[']) {
        return vec![phrase.to_owned()];
    }
    let Ok(items) = pattern::parse(phrase) else { return Vec::new() };
    let word = |item: &PatternItem| if let PatternItem::Word(word) = item { Some(word.to_lowercase()) } else { None };
    expand(&items).iter().map(|way| way.iter().filter_map(word).collect::<Vec<_>>().join(" ")).collect()
}

/// Every way through the choices of a pattern.
fn expand(items: &[PatternItem]) -> Vec<Vec<PatternItem>> {
    let mut ways: Vec<Vec<PatternItem>> = vec![Vec::new()];
    for item in items {
        if let PatternItem::Choice(alternatives) = item {
            let tails: Vec<Vec<PatternItem>> = alternatives.iter().flat_map(|a| expand(a)).collect();
            ways = ways
                .iter()
                .flat_map(|way| tails.iter().map(|tail| way.iter().chain(tail).cloned().collect()))
                .collect();
        } else {
            for way in &mut ways {
                way.push(item.clone());
            }
        }
    }
    ways
}

/// What people may call a parameter: its declared names, its own name as spoken, and the last part of a dotted name when
/// no other parameter ends so.
fn field_names(op: &Operation, at: usize) -> Vec<String> {
    let param = &op.params[at];
    let mut names: Vec<String> = param.names.clone();
    let own = spoken(&param.name);
    let short = own.strip_suffix(" ids").or_else(|| own.strip_suffix(" id")).unwrap_or(&own).to_owned();
    if let Some((_, last)) = param.name.rsplit_once('.') {
        let alone = op.params.iter().filter(|p| p.name == last || p.name.ends_with(&format!(".{last}"))).count() == 1;
        if alone {
            names.push(spoken(last));
        }
    }
    names.push(own.clone());
    if short != own && short != "id" {
        names.push(short);
    }
    names.retain(|n| !n.is_empty() && n != "id");
    names
}

/// Which parameters a value fills without being named, and which must be said.
fn lay_open(frame: &mut Frame, op: &Operation) {
    for (at, (param, bits)) in op.params.iter().zip(&frame.traits).enumerate() {
        let bit = 1u128 << at;
        let has = |wanted: u8| bits & wanted != 0;
        if has(traits::OPEN) {
            frame.open |= bit;
        }
        if has(traits::DATED) {
            frame.dates |= bit;
        }
        if param.supplied {
            if matches!(param.kind, Kind::Entity(_)) && !param.name.contains('.') {
                frame.records |= bit;
            }
            continue;
        }
        match &param.kind {
            _ if has(traits::DATED) => frame.bare_dates |= bit,
            _ if has(traits::BARE | traits::ASSUMED) => frame.bare |= bit,
            Kind::Entity(_) if !param.name.contains('.') => frame.records |= bit,
            Kind::Email | Kind::Phone | Kind::Money | Kind::Url => frame.typed |= bit,
            _ if !param.rest_of_address.is_empty() => frame.typed |= bit,
            _ => {}
        }
        let fixed = op.fixed.iter().any(|(name, _)| *name == param.name);
        if param.required && param.default.is_none() && !fixed {
            frame.required.extend(u8::try_from(at).ok().map(|at| (at, param.place == super::Place::Path)));
        }
    }
}

/// Whether a field of the body names the very record that is changed, as where `PUT /tasks` takes a `taskId`.
fn is_named_in_body(op: &Operation, param: &super::Parameter) -> bool {
    let changes = op.verbs.first().is_some_and(|verb| matches!(verb.as_str(), "update" | "delete"));
    let in_path = |p: &super::Parameter| p.place == super::Place::Path && !p.supplied;
    changes && (param.required || param.needed) && !op.params.iter().any(in_path)
}

/// The parameter that a value right after the object noun fills: the record itself, else what names a new one, else the
/// first that may stand bare.
fn target(op: &Operation) -> Option<u8> {
    let object = op.objects.first()?;
    let own = |p: &super::Parameter| {
        let apart = p.many || p.place != super::Place::Body || is_named_in_body(op, p);
        matches!(&p.kind, Kind::Entity(r) if r == object) && apart
    };
    let bare = |p: &super::Parameter| p.bare && !p.supplied;
    let at = op
        .params
        .iter()
        .position(own)
        .or_else(|| op.params.iter().position(|p| bare(p) && matches!(p.name.as_str(), "name" | "title")))
        .or_else(|| op.params.iter().position(|p| bare(p) && !matches!(p.kind, Kind::Entity(_))));
    at.and_then(|at| u8::try_from(at).ok())
}
