//! Fills an empty sandbox from a seed file.

use jiff::tz::TimeZone;
use serde_json::{Map, Value, json};

use super::behaviour::Behaviour;
use super::world::World;
use super::{Stop, moment, yaml};
use crate::diagnostic::Diagnostic;

/// The agency that is built in.
pub(super) const BUILT_IN: &str = include_str!("seed.yaml");

/// A seed that reads: collections with their records, in the order of the file.
#[derive(Debug)]
pub(super) struct Seed(Vec<(String, Vec<Map<String, Value>>)>);

impl Seed {
    /// Reads a seed: a map from collection to list of records.
    ///
    /// # Errors
    /// Where it is not YAML, or not of that shape.
    pub(super) fn parse(file: &str, text: &str) -> Result<Self, Box<Diagnostic>> {
        let value = yaml::parse(file, text)?;
        let at = |key: &str| yaml::place_of_key(file, text, key);
        let collections = match value {
            Value::Object(collections) => collections,
            Value::Null => Map::new(),
            _ => return Err(Box::new(Diagnostic::error("a seed is a map: collection → list of records").at(at("")))),
        };
        let mut read = Vec::new();
        for (name, records) in collections {
            let records = match records {
                Value::Array(records) => records,
                Value::Null => Vec::new(),
                _ => {
                    return Err(Box::new(
                        Diagnostic::error(format!("`{name}` is not a list of records")).at(at(&name)),
                    ));
                }
            };
            let count = records.len();
            let records: Vec<_> = records.into_iter().filter_map(record).collect();
            if records.len() < count {
                let finding = Diagnostic::error(format!("a record of `{name}` is neither a map nor a name"));
                return Err(Box::new(finding.at(at(&name))));
            }
            read.push((name, records));
        }
        Ok(Self(read))
    }

    /// Makes the accounts that the records name and the seed does not describe; one, when it names none at all.
    pub(super) fn open_accounts(&self, world: &mut World<'_>) -> Result<(), Stop> {
        let Some(account) = world.behaviour.account.clone() else { return Ok(()) };
        let key = world.behaviour.collection(&account.collection).id_key().to_owned();
        let (accounts, others): (Vec<_>, Vec<_>) = self.0.iter().partition(|(name, _)| *name == account.collection);
        let accounts: Vec<_> = accounts.into_iter().flat_map(|(_, records)| records).collect();
        let described: Vec<&Value> = accounts.iter().filter_map(|fields| fields.get(&key)).collect();
        let mut named: Vec<&Value> = Vec::new();
        for fields in others.into_iter().flat_map(|(_, records)| records) {
            let missing = fields.get(&account.field).filter(|id| !described.contains(id) && !named.contains(id));
            named.extend(missing);
        }
        let alone = accounts.is_empty() && named.is_empty();
        let ids = named.into_iter().map(|id| Some(id.clone())).chain(alone.then_some(None));
        for id in ids {
            let mut fields = Map::from_iter([("name".to_owned(), Value::from("Sandbox"))]);
            fields.extend(id.map(|id| (key.clone(), id)));
            world.write(&account.collection, None, fields)?;
        }
        Ok(())
    }

    /// The collections in the order to store them: accounts come first, because the times of the others are read in
    /// their time zones, then what others define by naming it.
    pub(super) fn in_order(mut self, behaviour: &Behaviour) -> Vec<(String, Vec<Map<String, Value>>)> {
        let accounts = behaviour.account.as_ref().map_or("", |account| &account.collection);
        let defined: Vec<&String> =
            behaviour.collections.iter().flat_map(|(_, rules)| rules.define.iter()).map(|(_, (to, _))| to).collect();
        self.0.sort_by_key(|(name, _)| (name != accounts, !defined.contains(&name)));
        self.0
    }

    /// Stores the records of one collection.
    pub(super) fn sow(world: &mut World<'_>, collection: &str, records: Vec<Map<String, Value>>) -> Result<(), Stop> {
        let field = world.behaviour.account.as_ref().map_or("", |account| &account.field);
        for fields in records {
            world.account = match fields.get(field).and_then(Value::as_str) {
                Some(named) => named.to_owned(),
                None => first_account(world)?,
            };
            let zone = world.zone()?;
            let fields = fields.into_iter().map(|(key, value)| (key, resolved(world, value, &zone))).collect();
            world.write(collection, None, fields)?;
        }
        Ok(())
    }
}

/// Id of the first account; empty when there is none.
pub(super) fn first_account(world: &World<'_>) -> Result<String, Stop> {
    let Some(account) = &world.behaviour.account else { return Ok(String::new()) };
    Ok(world
        .records
        .all(&account.collection)?
        .first()
        .map_or_else(String::new, |r| world.id_of(&account.collection, r)))
}

fn record(value: Value) -> Option<Map<String, Value>> {
    match value {
        Value::Object(fields) => Some(fields),
        Value::String(name) => json!({"name": name}).as_object().cloned(),
        _ => None,
    }
}

fn resolved(world: &World<'_>, value: Value, zone: &TimeZone) -> Value {
    match value {
        Value::String(text) => Value::String(moment::relative(&text, world.now, zone).unwrap_or(text)),
        Value::Array(items) => items.into_iter().map(|item| resolved(world, item, zone)).collect(),
        Value::Object(fields) => {
            Value::Object(fields.into_iter().map(|(key, value)| (key, resolved(world, value, zone))).collect())
        }
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_seed_reads() {
        assert!(Seed::parse("seed.yaml", BUILT_IN).unwrap().0.len() > 10);
    }

    #[test]
    fn errors_are_located() {
        for (text, expected) in [
            ("things: 5\n", "seed.yaml:1:1: `things` is not a list of records"),
            ("\nthings:\n  - 5\n", "seed.yaml:2:1: a record of `things` is neither a map nor a name"),
            ("- a\n", "seed.yaml:1:1: a seed is a map: collection → list of records"),
        ] {
            assert_eq!(Seed::parse("seed.yaml", text).unwrap_err().to_string(), expected);
        }
        assert!(Seed::parse("seed.yaml", "a: [\n").unwrap_err().place.is_some());
    }
}
