use serde::{Deserialize, Serialize};

use crate::catalog::Layer;
use crate::catalog::yaml::{Node, Report, Span, Value, parse};

/// The YAML trees of some layers, before they are laid over one another. A frozen one lets a user's layer be laid over
/// the catalog in the binary without its texts.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Forest {
    /// The trees, layer by layer.
    pub(super) trees: Vec<Tree>,
}

/// One parsed file.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Tree {
    /// Position of its layer.
    pub(super) layer: u32,
    /// Path inside the layer.
    pub(super) path: String,
    /// Name in messages.
    pub(super) shown: String,
    /// What it holds; `None` when it could not be read.
    pub(super) root: Option<Node>,
}

impl Forest {
    /// Leaves out what a test of their paths does not keep. Places in the others stay right.
    pub(crate) fn keep(&mut self, kept: impl Fn(&str) -> bool) {
        for tree in self.trees.iter_mut().filter(|tree| !kept(&tree.path)) {
            (tree.path, tree.root) = (String::new(), None);
        }
    }

    /// Names of the files, in the order that spans count them.
    pub(super) fn files(&self) -> Vec<String> {
        self.trees.iter().map(|tree| tree.shown.clone()).collect()
    }

    /// Adds layers on top. What is not YAML goes to the report.
    pub(super) fn grow(&mut self, layers: &[Layer]) -> Report {
        let base = self.trees.iter().map(|tree| tree.layer + 1).max().unwrap_or(0);
        let parts = || (base..).zip(layers).flat_map(|(at, layer)| layer.parts().map(move |part| (at, layer, part)));
        let mut files = self.files();
        files.extend(parts().map(|(_, layer, (path, _))| layer.shown(path)));
        let mut report = Report::new(files);
        for (at, layer, (path, text)) in parts() {
            let file = u32::try_from(self.trees.len()).unwrap_or(u32::MAX);
            let root = match layer.fault(path) {
                Some(fault) => {
                    report.add(fault.clone());
                    None
                }
                None => parse(file, text, &mut report),
            };
            if root.as_ref().is_some_and(|root| root.value == Value::Null) {
                report.warning(Span { file, line: 1, column: 1, start: 0, length: 0 }, "this file holds nothing");
            }
            self.trees.push(Tree { layer: at, path: path.to_owned(), shown: layer.shown(path), root });
        }
        report
    }
}
