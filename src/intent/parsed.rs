use std::cell::OnceCell;

use crate::catalog::OpId;

use super::Argument;
use super::align::Alignment;

/// A stretch of a line read as one operation.
#[derive(Debug, Clone)]
pub struct Parsed {
    /// Which.
    pub id: OpId,
    /// How.
    pub alignment: Alignment,
    /// What it says, once somebody asked for it.
    pub said: OnceCell<Said>,
}

/// What a reading says and leaves out.
#[derive(Debug, Clone)]
pub struct Said {
    /// Its arguments.
    pub arguments: Vec<Argument>,
    /// What only the user can supply.
    pub missing: Vec<String>,
}
