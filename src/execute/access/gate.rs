use std::sync::atomic::{AtomicU64, Ordering};

use jiff::Timestamp;

use crate::catalog::Operation;
use crate::execute::{Failure, FailureKind};
use crate::profile::{Denial, Policy, Subject};
use crate::request::Draft;
use crate::store::Usage;

const DAY_MS: i64 = 24 * 3600 * 1000;

/// What every request has to pass, look-ups included: the policy of the profile. It is fixed when the program starts.
#[derive(Debug, Default)]
pub struct Gate {
    profile: String,
    policy: Policy,
    sent: AtomicU64,
    usage: Option<Usage>,
}

impl Gate {
    /// The policy of that profile. `usage` counts the requests of a day over all runs.
    pub fn new(profile: &str, policy: Policy, usage: Option<Usage>) -> Self {
        Self { profile: profile.to_owned(), policy, sent: AtomicU64::new(0), usage }
    }

    /// Whether nothing but look-ups is sent.
    pub fn is_dry(&self) -> bool {
        self.policy.dry_run
    }

    /// Whether an operation may be carried out through the service that takes its requests: its own or another.
    ///
    /// # Errors
    /// The rule that forbids it.
    pub fn judge(&self, operation: &Operation, through: &str) -> Result<(), Failure> {
        self.judged_through(&operation.into(), Some(through))
    }

    /// Whether an account may be worked in.
    ///
    /// # Errors
    /// The rule that forbids it.
    pub fn judge_account(&self, id: &str) -> Result<(), Failure> {
        let policy = &self.policy;
        if policy.accounts_source.is_empty() || policy.accounts.iter().any(|known| known == id) {
            return Ok(());
        }
        let message = format!("the policy of profile `{}` does not allow the location {id}", self.profile);
        Err(refused(message, &policy.accounts_source))
    }

    /// Lets a request out, and counts it.
    ///
    /// # Errors
    /// What forbids it, or that the caps are reached.
    pub(in crate::execute) fn admit(&self, draft: &Draft, now_ms: i64) -> Result<(), Failure> {
        let subject =
            Subject { operation: &draft.operation, group: &draft.group, service: &draft.service, risk: draft.risk };
        self.judged_through(&subject, draft.through.as_deref())?;
        draft.accounts.iter().chain(&draft.account).try_for_each(|account| self.judge_account(account))?;
        self.count_session()?;
        self.count_day(now_ms)
    }

    /// What goes through another service needs leave of both: a rule that names either speaks of it.
    fn judged_through(&self, subject: &Subject<'_>, through: Option<&str>) -> Result<(), Failure> {
        self.judged(subject)?;
        let other = through.filter(|service| *service != subject.service);
        other.map_or(Ok(()), |service| self.judged(&Subject { service, ..*subject }))
    }

    fn judged(&self, subject: &Subject<'_>) -> Result<(), Failure> {
        let Err(Denial { source, unlisted, why }) = self.policy.judge(subject) else { return Ok(()) };
        let how = if unlisted { "allows only what it lists, not" } else { "denies" };
        let why = why.map_or_else(String::new, |why| format!(": {why}"));
        let message = format!("the policy of profile `{}` {how} `{}`{why}", self.profile, subject.operation);
        Err(refused(message, &source))
    }

    fn count_session(&self) -> Result<(), Failure> {
        let Some(most) = self.policy.session_cap else { return Ok(()) };
        let counted =
            self.sent.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |sent| (sent < most).then_some(sent + 1));
        if counted.is_ok() {
            return Ok(());
        }
        let message =
            format!("the policy of profile `{}` lets a session send {most} requests, and they are sent", self.profile);
        Err(Failure { capped: true, ..refused(message, &self.policy.caps_source) })
    }

    fn count_day(&self, now_ms: i64) -> Result<(), Failure> {
        let Some(most) = self.policy.day_cap else { return Ok(()) };
        let day = now_ms.div_euclid(DAY_MS);
        // Where nobody can count, nothing is sent: a cap that is not kept is none.
        let counted = match &self.usage {
            Some(usage) => usage.count(&self.profile, day, most).map_err(|error| error.to_string()),
            None => Err("there is no file to count requests in".to_owned()),
        };
        let message = match counted {
            Ok(true) => return Ok(()),
            Ok(false) => {
                let next = Timestamp::from_millisecond((day + 1).saturating_mul(DAY_MS)).unwrap_or_default();
                format!("the policy of profile `{}` lets {most} requests out a day; it goes on at {next}", self.profile)
            }
            Err(why) => format!("the requests of profile `{}` cannot be counted: {why}", self.profile),
        };
        Err(Failure { capped: true, ..refused(message, &self.policy.caps_source) })
    }
}

fn refused(message: String, source: &str) -> Failure {
    Failure::new(FailureKind::Policy, message).hint(format!("The rule stands at {source}."))
}
