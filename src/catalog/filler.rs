use std::collections::HashMap;

use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, Error, Value as Filled};
use serde_json::Value;

use super::template_environment;

/// Compiled templates that are kept. A catalog has fewer.
const MOST: usize = 2048;

/// Fills templates, each of which is compiled when it is first filled.
#[derive(Debug)]
pub struct Filler {
    environment: Environment<'static>,
    /// The names that each compiled template may ask for.
    names: HashMap<String, Vec<String>>,
}

impl Filler {
    /// With what `set` changes in [`template_environment`].
    pub fn new(set: impl FnOnce(&mut Environment<'static>)) -> Self {
        let mut environment = template_environment();
        // A template is known by its text, which is no name of a file.
        environment.set_auto_escape_callback(|_| AutoEscape::None);
        set(&mut environment);
        Self { environment, names: HashMap::new() }
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
        if !self.names.contains_key(template) {
            if self.names.len() == MOST {
                self.environment.clear_templates();
                self.names.clear();
            }
            self.environment.add_template_owned(template.to_owned(), template.to_owned())?;
            let names = self.environment.get_template(template)?.undeclared_variables(false);
            self.names.insert(template.to_owned(), names.into_iter().collect());
        }
        let names = self.names.get(template).into_iter().flatten();
        let named = names.filter_map(|name| Some((name.as_str(), Filled::from(Serde(over(name)?)))));
        self.environment.get_template(template)?.render(Filled::from_pairs(named))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_template_is_filled_anew_each_time() {
        let mut filler = Filler::new(|_| {});
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
        assert_eq!(Filler::new(|_| {}).fill(template, over).as_deref(), Ok("Jane of Acme vip new"));
        asked.borrow_mut().sort();
        assert_eq!(asked.into_inner(), ["of", "person"]);
    }

    #[test]
    fn what_is_kept_has_an_end() {
        let mut filler = Filler::new(|_| {});
        for n in 0..=MOST {
            assert_eq!(filler.fill(&format!("{n}{{{{ n }}}}"), |_| Some("<".into())), Ok(format!("{n}<")));
        }
        assert_eq!(filler.names.len(), 1);
    }
}
