//! Placeholder while the stage is being built.
