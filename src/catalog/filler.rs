use minijinja::{AutoEscape, Environment, Error};
use serde::Serialize;

use super::template_environment;

/// Compiled templates that are kept. A catalog has fewer.
const MOST: usize = 2048;

/// Fills templates, each of which is compiled when it is first filled.
#[derive(Debug)]
pub struct Filler {
    environment: Environment<'static>,
    compiled: usize,
}

impl Filler {
    /// With what `set` changes in [`template_environment`].
    pub fn new(set: impl FnOnce(&mut Environment<'static>)) -> Self {
        let mut environment = template_environment();
        // A template is known by its text, which is no name of a file.
        environment.set_auto_escape_callback(|_| AutoEscape::None);
        set(&mut environment);
        Self { environment, compiled: 0 }
    }

    /// A template over values.
    ///
    /// # Errors
    /// When it is no template, or does not fill; says why.
    pub fn fill(&mut self, template: &str, over: impl Serialize) -> Result<String, String> {
        if !template.contains('{') {
            return Ok(template.to_owned());
        }
        self.try_fill(template, over).map_err(|error| match error.detail() {
            Some(detail) => format!("{}: {detail}", error.kind()),
            None => error.kind().to_string(),
        })
    }

    fn try_fill(&mut self, template: &str, over: impl Serialize) -> Result<String, Error> {
        if self.environment.get_template(template).is_err() {
            if self.compiled == MOST {
                self.environment.clear_templates();
                self.compiled = 0;
            }
            self.environment.add_template_owned(template.to_owned(), template.to_owned())?;
            self.compiled += 1;
        }
        self.environment.get_template(template)?.render(minijinja::value::Serde(over))
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
            assert_eq!(filler.fill("{{ n }}.html", json!({"n": n})), Ok(format!("{n}.html")));
        }
        assert_eq!(filler.fill("no template", json!({})).as_deref(), Ok("no template"));
        assert!(filler.fill("{{ n", json!({})).is_err_and(|why| !why.contains("{{ n")));
    }

    #[test]
    fn what_is_kept_has_an_end() {
        let mut filler = Filler::new(|_| {});
        for n in 0..=MOST {
            assert_eq!(filler.fill(&format!("{n}{{{{ n }}}}"), json!({"n": "<"})), Ok(format!("{n}<")));
        }
        assert_eq!(filler.compiled, 1);
    }
}
