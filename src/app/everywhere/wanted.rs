use super::accounts::Everywhere;
use crate::app::heard::heard;
use crate::app::inner::Inner;
use crate::app::selecting::{Spot, spots};
use crate::language::{self, ItemKind};
use crate::plan::fold;

/// Which accounts are meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Wanted {
    /// All that are known.
    All,
    /// These, by names or ids.
    Named(Vec<String>),
}

impl Everywhere {
    /// Several accounts, as `--location` and the lines of bots name them; nothing when it is one, or none.
    pub(super) fn wanted(inner: &Inner, said: &str) -> Option<Wanted> {
        let known = |name: &str| {
            let services = inner.catalog.services().iter();
            let mut access = services.filter_map(|service| inner.options.access.service(&service.name));
            access.any(|access| access.account_named(name).is_some())
        };
        if known(said) {
            return None;
        }
        if inner.catalog.lexicon().set("each-of").contains(&fold(said)) {
            return Some(Wanted::All);
        }
        let names: Vec<String> =
            said.split(',').map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect();
        (names.len() > 1).then_some(Wanted::Named(names))
    }

    /// A line that begins or ends with "in all locations", without that.
    pub(in crate::app) fn rest_of(inner: &Inner, text: &str) -> Option<String> {
        let utterance = heard(text).ok()?;
        let items = &utterance.items;
        let across = |spot: &Spot| {
            let before = spot.first.checked_sub(1).and_then(|at| items.get(at));
            before.is_some_and(|item| inner.catalog.lexicon().set("across").contains(&item.folded))
        };
        let of_accounts = |spot: &Spot| {
            let service = inner.catalog.service(&spot.service);
            let resource = service.and_then(|service| service.resource(&spot.resource));
            let first = service.and_then(|service| service.context.first());
            resource.zip(first).is_some_and(|(resource, first)| resource.id == first.name)
        };
        let spot = spots(&utterance, &inner.catalog).into_iter().find(|spot| across(spot) && of_accounts(spot))?;
        let ends = |item: &language::Item| matches!(item.kind, ItemKind::Stop | ItemKind::Question);
        let rest = if spot.first == 1 {
            let comma = items.get(spot.past).is_some_and(|item| matches!(item.kind, ItemKind::Comma | ItemKind::Colon));
            let from = items.get(spot.past + usize::from(comma))?.start;
            &text[from..]
        } else if items[spot.past..].iter().all(ends) {
            text[..items[spot.first - 1].start].trim_end_matches([' ', ','])
        } else {
            return None;
        };
        (!rest.trim().is_empty()).then(|| rest.trim().to_owned())
    }
}

impl Inner {
    /// Whether what `--location` or a line of a bot says names several accounts.
    pub(in crate::app) fn names_several(&self, said: &str) -> bool {
        Everywhere::wanted(self, said).is_some()
    }
}
