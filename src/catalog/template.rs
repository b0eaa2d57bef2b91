use minijinja::value::Value;
use minijinja::{Environment, Error, ErrorKind, filters, tests};

/// Steps that filling a template may take.
const FUEL: u64 = 10_000;
/// Longest text between the parts of a list.
const LONGEST_JOINT: usize = 16;
/// What a template may say beside values.
const STATEMENTS: [&str; 4] = ["if", "elif", "else", "endif"];
/// Filters that a template may use.
pub(super) const FILTERS: [&str; 16] = [
    "default",
    "lower",
    "upper",
    "title",
    "capitalize",
    "trim",
    "length",
    "first",
    "last",
    "join",
    "int",
    "float",
    "round",
    "abs",
    "min",
    "max",
];

/// What fills templates. A catalog can be anybody's: nothing in it makes much out of little, so that no template fills the
/// memory or takes long.
#[must_use]
pub fn template_environment<'t>() -> Environment<'t> {
    let mut environment = Environment::empty();
    environment.set_fuel(Some(FUEL));
    environment.add_filter("default", filters::default);
    environment.add_filter("lower", filters::lower);
    environment.add_filter("upper", filters::upper);
    environment.add_filter("title", filters::title);
    environment.add_filter("capitalize", filters::capitalize);
    environment.add_filter("trim", filters::trim);
    environment.add_filter("length", filters::length);
    environment.add_filter("first", filters::first);
    environment.add_filter("last", filters::last);
    environment.add_filter("join", joined);
    environment.add_filter("int", filters::int);
    environment.add_filter("float", filters::float);
    environment.add_filter("round", filters::round);
    environment.add_filter("abs", filters::abs);
    environment.add_filter("min", filters::min);
    environment.add_filter("max", filters::max);
    environment.add_test("defined", tests::is_defined);
    environment.add_test("undefined", tests::is_undefined);
    environment.add_test("none", tests::is_none);
    environment.add_test("string", tests::is_string);
    environment.add_test("number", tests::is_number);
    environment.add_test("sequence", tests::is_sequence);
    environment.add_test("mapping", tests::is_mapping);
    environment
}

fn joined(list: &Value, joint: Option<&str>) -> Result<String, Error> {
    let joint = joint.unwrap_or_default();
    if joint.len() > LONGEST_JOINT {
        let message = format!("`join` takes a text of at most {LONGEST_JOINT} bytes");
        return Err(Error::new(ErrorKind::InvalidOperation, message));
    }
    let parts: Vec<String> = list.try_iter()?.map(|part| part.to_string()).collect();
    Ok(parts.join(joint))
}

/// What a template may not say: where it stands, and why not. Loops, names for parts and multiplied texts can double a
/// text again and again.
pub(super) fn excess(text: &str) -> Option<(std::ops::Range<usize>, String)> {
    let mut at = 0;
    while let Some(open) = text[at..].find('{').map(|found| at + found) {
        let (close, first) = match text[open + 1..].chars().next() {
            Some('{') => ("}}", open + 2),
            Some('%') => ("%}", open + 2),
            Some('#') => return Some((open..open + 2, "it has no comments".to_owned())),
            _ => {
                at = open + 1;
                continue;
            }
        };
        if close == "%}" {
            let word = text[first..].trim_start_matches(['-', '+']).trim_start();
            let word = word.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').next().unwrap_or_default();
            if !STATEMENTS.contains(&word) {
                return Some((open..first, format!("it can say `if` and `else`, not `{word}`")));
            }
        }
        match end(text, first, close) {
            Ok(end) => at = end,
            Err(star) => return Some((star..star + 1, "it cannot multiply".to_owned())),
        }
    }
    None
}

/// Where a tag ends whose inside begins there; else where it multiplies. What stands in quotes is a text.
fn end(text: &str, first: usize, close: &str) -> Result<usize, usize> {
    let mut quote = None;
    let mut escaped = false;
    for (offset, c) in text[first..].char_indices() {
        let at = first + offset;
        match quote {
            Some(_) if escaped => escaped = false,
            Some(_) if c == '\\' => escaped = true,
            Some(open) if c == open => quote = None,
            None if c == '\'' || c == '"' => quote = Some(c),
            None if c == '*' => return Err(at),
            None if text[at..].starts_with(close) => return Ok(at + close.len()),
            _ => {}
        }
    }
    Ok(text.len())
}

#[cfg(test)]
mod template_tests {
    use super::*;

    #[test]
    fn what_makes_much_of_little_is_found() {
        for text in [
            "{{ 'x' * 100000000 }}",
            "{{ \"it's\" ~ 'x' * 9 }}",
            "{% for a in b %}{% endfor %}",
            "{%- set a = 'x' ~ 'x' %}",
            "{% with a = b %}{% endwith %}",
            "{# {{ ' #}{{ 'x' * 9 }}",
            "{% raw %}{{ ' {% endraw %}{{ 'x' * 9 }}",
            "{%macro f()%}{%endmacro%}",
        ] {
            assert!(excess(text).is_some(), "{text}");
        }
        for text in [
            "",
            "{",
            "a * b {",
            "{{ a }} * {{ b }}",
            "{{ ' * \\' * ' }}",
            "{%- if a -%}x{% elif b %}{%else%}{% endif %}",
        ] {
            assert_eq!(excess(text), None, "{text}");
        }
    }

    #[test]
    fn the_filters_are_those_that_are_told() {
        let environment = template_environment();
        for filter in FILTERS {
            let template = format!("{{{{ [1, 2] | {filter} }}}}");
            let error = environment.render_str(&template, ()).err().map(|error| error.kind());
            assert_ne!(error, Some(ErrorKind::UnknownFilter), "{filter}");
        }
        for template in
            ["{{ 'a' | replace('a', 'b') }}", "{{ range(9) }}", "{{ [1] | join('a joint that is too long') }}"]
        {
            assert!(environment.render_str(template, ()).is_err(), "{template}");
        }
        assert_eq!(environment.render_str("{{ ['a', 'b'] | join(', ') }}", ()).ok().as_deref(), Some("a, b"));
    }
}
