use super::look_up::glue;
use super::talk::{create, unknown, which};
use super::{Bindings, Blocked};
use crate::catalog::{Resource, Service};
use crate::execute::{Runner, Touched};
use crate::intent::Value;
use crate::plan::{
    Bound, Candidate, Found, Lookup, LookupMode, Origin, PlannedStep, Slot, Wanted, brought_along, choose,
};

/// Turns the names of one step into ids.
pub(in crate::execute) struct LookUp<'a> {
    pub runner: Runner<'a>,
    pub service: &'a Service,
    /// Address and account, for the cache.
    pub account: String,
    /// What people call the account.
    pub account_label: String,
}

/// A record that stands in a place of a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Where.
    pub slot: Slot,
    /// Which.
    pub touched: Touched,
    /// Whether a look-up found it: it is there.
    pub found: bool,
}

impl Named {
    /// A record that nobody looked up.
    #[must_use]
    pub fn given(slot: Slot, touched: Touched) -> Self {
        Self { slot, touched, found: false }
    }
}

impl LookUp<'_> {
    pub(super) fn service(&self) -> &Service {
        self.service
    }

    /// Settles every look-up of a step, in order, or says what is in the way.
    pub async fn settle(&self, step: &mut PlannedStep, bindings: &Bindings, depth: u8) -> Result<Vec<Named>, Blocked> {
        let mut named = Vec::new();
        let mut found: Vec<Option<Candidate>> = Vec::new();
        for lookup in step.lookups.clone() {
            let candidate = self.one(step, &lookup, bindings, depth).await?;
            step.put(&lookup.slot, Value::Given(candidate.id.clone().into()));
            named.push(Named {
                slot: lookup.slot,
                touched: Touched {
                    resource: lookup.resource,
                    id: candidate.id.clone(),
                    label: candidate.label.clone(),
                    made: false,
                },
                found: !candidate.keys.is_empty(),
            });
            found.push(Some(candidate));
        }
        self.bring_parents(step, &found);
        step.lookups.clear();
        Ok(named)
    }

    async fn one(
        &self,
        step: &PlannedStep,
        lookup: &Lookup,
        bindings: &Bindings,
        depth: u8,
    ) -> Result<Candidate, Blocked> {
        let Some(resource) = self.service.resource(&lookup.resource) else {
            return Ok(literally(&lookup.text));
        };
        if let Some(binding) = bindings.chosen(&lookup.resource, &lookup.text) {
            return Ok(Candidate {
                id: binding.id.clone(),
                label: binding.label.clone(),
                keys: Vec::new(),
                parent: self.parent_of(resource, binding.id.as_str(), step).await,
            });
        }
        if let Some(candidate) = self.chosen_lately(resource, &lookup.text) {
            return Ok(candidate);
        }
        let mut near = Vec::new();
        for fresh in [false, true] {
            let brought = self.bring(resource, &lookup.text, step, fresh, depth).await?;
            match self.chosen(resource, lookup, &brought.candidates, brought.by.as_deref(), step) {
                Found::One(candidate) => {
                    if let Some(found_ms) = brought.found_ms {
                        self.choose(resource, &lookup.text, found_ms, &candidate);
                    }
                    return Ok(candidate);
                }
                Found::Several(all) if !brought.cached => return Err(which(resource, &lookup.text, &all)),
                Found::Several(_) => {}
                Found::None(names) => near = names,
            }
            if !brought.cached {
                break;
            }
        }
        self.not_found(resource, lookup, near, step, bindings, depth).await
    }

    fn chosen(
        &self,
        resource: &Resource,
        lookup: &Lookup,
        candidates: &[Candidate],
        by: Option<&str>,
        step: &PlannedStep,
    ) -> Found {
        let parent = resource.parent.as_ref().and_then(|p| self.service.resource(p));
        let nouns: Vec<String> = [Some(resource), parent]
            .into_iter()
            .flatten()
            .flat_map(|r| r.nouns.iter().chain(&r.plurals))
            .cloned()
            .collect();
        let glue = glue(self.runner.catalog);
        let within = parent.and_then(|p| self.bound_id(p, step));
        let wanted = Wanted {
            text: by.unwrap_or(&lookup.text),
            parent: within.as_deref(),
            nouns: &nouns,
            glue: &glue,
            whole: lookup.mode.by_name(),
        };
        choose(&wanted, candidates)
    }

    /// The id that a step has for a record of that kind.
    fn bound_id(&self, resource: &Resource, step: &PlannedStep) -> Option<String> {
        let operation = self.runner.catalog.operation(step.operation);
        let parameter = operation
            .params
            .iter()
            .find(|p| !p.many && matches!(&p.kind, crate::catalog::Kind::Entity(name) if *name == resource.name))?;
        match step.value(&parameter.name)? {
            Value::Given(json) => json.as_str().map(str::to_owned),
            Value::Text(text) => Some(text.clone()),
            _ => None,
        }
    }

    async fn not_found(
        &self,
        resource: &Resource,
        lookup: &Lookup,
        mut near: Vec<String>,
        step: &PlannedStep,
        bindings: &Bindings,
        depth: u8,
    ) -> Result<Candidate, Blocked> {
        match lookup.mode {
            LookupMode::IdOrCode => return Ok(literally(&lookup.text)),
            LookupMode::NameOrNew if bindings.is_agreed(&resource.name, &lookup.text) => {
                return Ok(literally(&lookup.text));
            }
            _ => {}
        }
        if near.is_empty() && depth == 0 {
            near = self.near(resource, lookup, step).await;
        }
        Err(match lookup.mode {
            LookupMode::NameOrNew => create(resource, &lookup.text, &near, &self.account_label),
            _ => unknown(resource, &lookup.text, &near, &self.account_label),
        })
    }

    /// A search for the whole name brought nothing; one for its longest word may show what was meant.
    async fn near(&self, resource: &Resource, lookup: &Lookup, step: &PlannedStep) -> Vec<String> {
        let searches = resource.find.as_ref().is_some_and(|f| f.query.is_some());
        let longest = lookup.text.split_whitespace().max_by_key(|w| w.chars().count());
        let Some(word) = longest.filter(|_| searches && lookup.text.contains(' ')) else { return Vec::new() };
        let Ok(brought) = self.bring(resource, word, step, false, 3).await else { return Vec::new() };
        match self.chosen(resource, lookup, &brought.candidates, None, step) {
            Found::None(near) => near,
            Found::One(_) | Found::Several(_) => Vec::new(),
        }
    }

    /// A record that was chosen in a question brings its parent along like any other.
    async fn parent_of(&self, resource: &Resource, id: &str, step: &PlannedStep) -> Option<(String, String)> {
        resource.find.as_ref()?.inside.as_ref()?;
        let brought = self.bring(resource, id, step, false, 2).await.ok()?;
        brought.candidates.iter().find(|c| c.id == id)?.parent.clone()
    }

    fn bring_parents(&self, step: &mut PlannedStep, found: &[Option<Candidate>]) {
        let operation = self.runner.catalog.operation(step.operation);
        for (parameter, at) in brought_along(step, operation, self.service) {
            let parent = found.get(at).and_then(Option::as_ref).and_then(|c| c.parent.clone());
            if let Some((id, _)) = parent {
                step.missing.retain(|m| m.parameter != parameter);
                step.arguments.push(Bound { name: parameter, value: Value::Given(id.into()), origin: Origin::Catalog });
            }
        }
    }
}

fn literally(text: &str) -> Candidate {
    Candidate { id: text.to_owned(), label: text.to_owned(), keys: Vec::new(), parent: None }
}
