use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, Error, Value as Filled};
use rustc_hash::FxHashMap;
use serde_json::Value;

use super::template_environment;

/// Compiled templates that are kept. A catalog has fewer.
const MOST: usize = 2048;

/// Writes a value as the environment's formatter does, absent ones included; whether it did: what is not a plain text, a
/// whole number or a truth value it may leave to the formatter.
type Scribe = fn(&mut String, Option<&Value>) -> bool;

/// Fills templates, each of which is compiled when it is first filled.
#[derive(Debug)]
pub struct Filler {
    environment: Environment<'static>,
    scribe: Scribe,
    known: FxHashMap<String, Known>,
}

/// A compiled template.
#[derive(Debug)]
struct Known {
    /// The names that it may ask for.
    names: Vec<String>,
    /// What it consists of, when that is texts, names and names to take in their absence, and lists: most are so, and need
    /// no engine.
    pieces: Option<Vec<Piece>>,
}

#[derive(Debug, PartialEq, Eq)]
enum Piece {
    Text(String),
    /// A name, and those that stand in for it, each where those before it are absent.
    Names(Vec<String>),
    /// The texts of a list, with one between each two of them.
    Joined(String, String),
    /// One text where a list has one value, else the other.
    Counted(String, String, String),
}

impl Filler {
    /// With what `set` changes in [`template_environment`], and what does the work of its formatter where that is simple.
    pub fn new(scribe: fn(&mut String, Option<&Value>) -> bool, set: impl FnOnce(&mut Environment<'static>)) -> Self {
        let mut environment = template_environment();
        // A template is known by its text, which is no name of a file.
        environment.set_auto_escape_callback(|_| AutoEscape::None);
        set(&mut environment);
        Self { environment, scribe, known: FxHashMap::default() }
    }

    /// A template over values, of which only those are looked up that it names.
    ///
    /// # Errors
    /// When it is no template, or does not fill; says why.
    pub fn fill(&mut self, template: &str, over: impl Fn(&str) -> Option<Value>) -> Result<String, String> {
        if !template.contains('{') {
            return Ok(template.to_owned());
        }
        self.try_fill(template, over).map_err(|error| match error.detail() {
            Some(detail) => format!("{}: {detail}", error.kind()),
            None => error.kind().to_string(),
        })
    }

    fn try_fill(&mut self, template: &str, over: impl Fn(&str) -> Option<Value>) -> Result<String, Error> {
        if !self.known.contains_key(template) {
            if self.known.len() == MOST {
                self.environment.clear_templates();
                self.known.clear();
            }
            self.environment.add_template_owned(template.to_owned(), template.to_owned())?;
            let names = self.environment.get_template(template)?.undeclared_variables(false);
            let known = Known { names: names.into_iter().collect(), pieces: pieces(template) };
            self.known.insert(template.to_owned(), known);
        }
        let known = self.known.get(template);
        let written = known.and_then(|known| written(known.pieces.as_deref()?, self.scribe, &over));
        if let Some(text) = written {
            return Ok(text);
        }
        let named = known
            .iter()
            .flat_map(|known| &known.names)
            .filter_map(|name| Some((name.as_str(), Filled::from(Serde(over(name)?)))));
        self.environment.get_template(template)?.render(Filled::from_pairs(named))
    }
}

/// The pieces of a template that holds nothing but texts, names and defaults that are names. The engine drops a line's end
/// from the end of a template.
fn pieces(template: &str) -> Option<Vec<Piece>> {
    if template.contains("{%") || template.contains("{#") || template.ends_with(['\n', '\r']) {
        return None;
    }
    let (mut pieces, mut rest) = (Vec::new(), template);
    while let Some((text, after)) = rest.split_once("{{") {
        let (inside, after) = after.split_once("}}")?;
        pieces.extend((!text.is_empty()).then(|| Piece::Text(text.to_owned())));
        pieces.push(names(inside).map(Piece::Names).or_else(|| joined(inside)).or_else(|| counted(inside))?);
        rest = after;
    }
    pieces.extend((!rest.is_empty()).then(|| Piece::Text(rest.to_owned())));
    Some(pieces)
}

/// `a`, or `a | default(b) | default(c)`.
fn names(inside: &str) -> Option<Vec<String>> {
    let mut parts = inside.split('|').map(|part| part.trim_matches(' '));
    let first = parts.next().filter(|part| is_name(part))?;
    let others = parts.map(|part| part.strip_prefix("default(")?.strip_suffix(')').filter(|name| is_name(name)));
    std::iter::once(Some(first)).chain(others).map(|name| name.map(str::to_owned)).collect()
}

/// `a | join(", ")`.
fn joined(inside: &str) -> Option<Piece> {
    let (name, between) = inside.trim_matches(' ').split_once(" | join(")?;
    let between = plain_text(between.strip_suffix(')')?)?;
    is_name(name).then(|| Piece::Joined(name.to_owned(), between.to_owned()))
}

/// `"one" if a | length == 1 else "several"`.
fn counted(inside: &str) -> Option<Piece> {
    let (one, rest) = inside.trim_matches(' ').split_once(" if ")?;
    let (name, several) = rest.split_once(" | length == 1 else ")?;
    let (one, several) = (plain_text(one)?.to_owned(), plain_text(several)?.to_owned());
    is_name(name).then(|| Piece::Counted(name.to_owned(), one, several))
}

/// A text in quotes that holds nothing but itself.
fn plain_text(quoted: &str) -> Option<&str> {
    let inside = quoted.strip_prefix('"')?.strip_suffix('"')?;
    (!inside.contains(['"', '\\'])).then_some(inside)
}

/// Whether it is a name that the engine does not keep for itself.
fn is_name(text: &str) -> bool {
    const WORDS: [&str; 12] =
        ["true", "false", "none", "True", "False", "None", "not", "and", "or", "in", "is", "self"];
    let first = text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    first && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') && !WORDS.contains(&text)
}

fn written(pieces: &[Piece], scribe: Scribe, over: &impl Fn(&str) -> Option<Value>) -> Option<String> {
    let mut out = String::new();
    for piece in pieces {
        match piece {
            Piece::Text(text) => out.push_str(text),
            Piece::Names(names) => scribe(&mut out, names.iter().find_map(|name| over(name)).as_ref()).then_some(())?,
            Piece::Joined(name, between) => {
                let list = over(name)?;
                let texts: Vec<&str> = list.as_array()?.iter().map(Value::as_str).collect::<Option<_>>()?;
                scribe(&mut out, Some(&Value::from(texts.join(between)))).then_some(())?;
            }
            Piece::Counted(name, one, several) => {
                let text = if over(name)?.as_array()?.len() == 1 { one } else { several };
                scribe(&mut out, Some(&Value::from(text.as_str()))).then_some(())?;
            }
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use minijinja::UndefinedBehavior;
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    /// Leaves everything to the engine.
    fn never(_: &mut String, _: Option<&Value>) -> bool {
        false
    }

    fn texts(out: &mut String, value: Option<&Value>) -> bool {
        value.and_then(Value::as_str).map(|text| out.push_str(text)).is_some()
    }

    #[test]
    fn texts_and_names_alone_are_told_from_the_rest() {
        let named = |name: &str| Piece::Names(vec![name.to_owned()]);
        let text = |text: &str| Piece::Text(text.to_owned());
        assert_eq!(pieces("/a/{{ id }}/b"), Some(vec![text("/a/"), named("id"), text("/b")]));
        assert_eq!(pieces("{{a}}{{  b_1 }}"), Some(vec![named("a"), named("b_1")]));
        assert_eq!(pieces("} {a}"), Some(vec![text("} {a}")]));
        let either = Piece::Names(vec!["a".into(), "b".into(), "c".into()]);
        assert_eq!(pieces("{{ a | default(b)|default(c) }}"), Some(vec![either]));
        let [a, one, several] = ["a", "one", "several"].map(str::to_owned);
        assert_eq!(pieces("{{ a | join(\", \") }}"), Some(vec![Piece::Joined(a.clone(), ", ".to_owned())]));
        let counted = "{{ \"one\" if a | length == 1 else \"several\" }}";
        assert_eq!(pieces(counted), Some(vec![Piece::Counted(a, one, several)]));
        for other in [
            "{{ a.b }}",
            "{{ a | lower }}",
            "{{ a | default }}",
            "{{ a | default() }}",
            "{{ a | default('b') }}",
            "{{ a | default(b, true) }}",
            "{{ a | default(b) | lower }}",
            "{{ a || default(b) }}",
            "{{ a | join }}",
            "{{ a | join(b) }}",
            "{{ a | join(\"\\n\") }}",
            "{{ a.b | join(\", \") }}",
            "{{ \"one\" if a | length == 2 else \"several\" }}",
            "{{ \"one\" if a | length == 1 }}",
            "{{ b if a | length == 1 else \"several\" }}",
            "{{ | default(b) }}",
            "{{ 1 }}",
            "{{ true }}",
            "{{ 'a' }}",
            "{{- a -}}",
            "{{ a",
            "{{ a }}\n",
            "{% if a %}x{% endif %}",
            "{# a #}",
            "{{ a[0] }}",
            "{{ not }}",
            "{{ \t a }}",
        ] {
            assert_eq!(pieces(other), None, "{other}");
        }
    }

    proptest! {
        #[test]
        fn the_short_way_gives_what_the_engine_gives(
            template in
                "([a /.{}%#-]|\\{\\{ ?(a|b|self|in)( ?\\| ?default\\((a|b|in)\\)){0,2} ?\\}\\}|\n){0,6}",
            value in any::<String>(),
        ) {
            let over = |name: &str| (name == "a").then(|| Value::from(value.as_str()));
            for undefined in [UndefinedBehavior::Strict, UndefinedBehavior::Chainable] {
                let filler = |scribe| Filler::new(scribe, |environment| environment.set_undefined_behavior(undefined));
                prop_assert_eq!(filler(texts).fill(&template, over), filler(never).fill(&template, over));
            }
        }
    }

    proptest! {
        #[test]
        fn lists_are_told_the_short_way_as_by_the_engine(
            template in "([a ]|\\{\\{ (a|b) \\| join\\(\"[,.é]{0,2}\"\\) \\}\\}\
                         |\\{\\{ \"[xy\u{e9}]?\" if (a|b) \\| length == 1 else \"[z{]?\" \\}\\}){0,4}",
            value in prop_oneof![
                proptest::collection::vec(any::<String>(), 0..3).prop_map(|texts| json!(texts)),
                any::<String>().prop_map(Value::from),
                Just(json!([1, "a", null, [true]])),
                Just(json!({"a": 1})),
                Just(json!(7)),
                Just(Value::Null),
            ],
        ) {
            let over = |name: &str| (name == "a").then(|| value.clone());
            for undefined in [UndefinedBehavior::Strict, UndefinedBehavior::Chainable] {
                let filler = |scribe| Filler::new(scribe, |environment| environment.set_undefined_behavior(undefined));
                prop_assert_eq!(filler(texts).fill(&template, over), filler(never).fill(&template, over));
            }
        }
    }

    #[test]
    fn a_template_is_filled_anew_each_time() {
        let mut filler = Filler::new(texts, |_| {});
        for n in 0..3 {
            assert_eq!(filler.fill("{{ n }}.html", |_| Some(json!(n))), Ok(format!("{n}.html")));
        }
        assert_eq!(filler.fill("no template", |_| None).as_deref(), Ok("no template"));
        assert!(filler.fill("{{ n", |_| None).is_err_and(|why| !why.contains("{{ n")));
    }

    #[test]
    fn a_template_gets_what_it_names_and_nothing_else_is_looked_up() {
        let record = json!({"person": {"name": "Jane", "tags": ["vip", "new"]}, "of": "Acme"});
        let asked = std::cell::RefCell::new(Vec::new());
        let over = |name: &str| {
            asked.borrow_mut().push(name.to_owned());
            record.get(name).cloned()
        };
        let template = "{% set who = person.name %}{{ who }}{% if of %} of {{ of }}{% endif %}\
                        {% for tag in person.tags %} {{ tag }}{% endfor %}";
        assert_eq!(Filler::new(texts, |_| {}).fill(template, over).as_deref(), Ok("Jane of Acme vip new"));
        asked.borrow_mut().sort();
        assert_eq!(asked.into_inner(), ["of", "person"]);
    }

    #[test]
    fn what_is_kept_has_an_end() {
        let mut filler = Filler::new(texts, |_| {});
        for n in 0..=MOST {
            assert_eq!(filler.fill(&format!("{n}{{{{ n }}}}"), |_| Some("<".into())), Ok(format!("{n}<")));
        }
        assert_eq!(filler.known.len(), 1);
    }
}
