//! The house rules, held against `src/`: one test a rule. The checkers and what each of them refuses are in `house_rules/`.

use std::path::Path;

use crate::house_rules::source::SourceFile;
use crate::house_rules::violation::assert_none;
use crate::house_rules::{heads, homes, layers, map, module_graph, names, sizes};

#[test]
fn a_layer_uses_only_the_layers_below_it() {
    assert_none(layers::check(&SourceFile::all()));
}

#[test]
fn no_two_files_use_each_other() {
    assert_none(module_graph::check(&SourceFile::all()));
}

#[test]
fn every_effect_stays_at_home() {
    assert_none(homes::check(&SourceFile::all()));
}

#[test]
fn files_and_functions_are_small() {
    assert_none(sizes::check(&SourceFile::all()));
}

#[test]
fn every_file_says_what_it_owns() {
    assert_none(heads::check(&SourceFile::all()));
}

#[test]
fn no_name_says_nothing() {
    assert_none(names::check(&SourceFile::all()));
}

#[test]
fn the_map_in_the_crate_documentation_is_true() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let lib = std::fs::read_to_string(root.join("src/lib.rs")).unwrap();
    let entries = std::fs::read_dir(root.join("src")).unwrap().map(|entry| entry.unwrap().path());
    let standing: Vec<String> = entries
        .map(|path| format!("src/{}{}", path.file_name().unwrap().to_string_lossy(), if path.is_dir() { "/" } else { "" }))
        .filter(|path| path != "src/lib.rs")
        .collect();
    assert_none(map::check(&lib, &standing, |path| root.join(path).exists()));
}
