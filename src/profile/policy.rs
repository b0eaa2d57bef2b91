use super::{Rule, Subject};

/// What a profile may do. Nothing that is typed or sent later can widen it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Policy {
    /// When there are any, only what one of them fits.
    pub allow: Vec<Rule>,
    /// Never what one of them fits.
    pub deny: Vec<Rule>,
    /// Ids and names of the only accounts to work in; empty: all.
    pub accounts: Vec<String>,
    /// Most requests in one run of the program.
    pub session_cap: Option<u64>,
    /// Most requests in a day.
    pub day_cap: Option<u64>,
    /// Nothing but look-ups is sent.
    pub dry_run: bool,
    /// File and line.
    pub source: String,
    /// Where `allow` stands.
    pub allow_source: String,
    /// Where the accounts stand.
    pub accounts_source: String,
    /// Where the caps stand.
    pub caps_source: String,
}

/// Why a policy refuses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Denial {
    /// File and line of what refuses.
    pub source: String,
    /// Whether nothing allows it, rather than something denying it.
    pub unlisted: bool,
    /// What the rule says about itself.
    pub why: Option<String>,
}

impl Policy {
    /// Whether an operation may be carried out.
    ///
    /// # Errors
    /// What forbids it.
    pub fn judge(&self, subject: &Subject<'_>) -> Result<(), Denial> {
        if let Some(rule) = self.deny.iter().find(|rule| rule.is_about(subject)) {
            return Err(Denial { source: rule.source.clone(), unlisted: false, why: rule.why.clone() });
        }
        if self.allow_source.is_empty() || self.allow.iter().any(|rule| rule.is_about(subject)) {
            return Ok(());
        }
        Err(Denial { source: self.allow_source.clone(), unlisted: true, why: None })
    }
}
