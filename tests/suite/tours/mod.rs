//! Tours: markdown pages whose console blocks are run in one sandbox and compared, so that what a page shows is what happens.
//! `SNAPSHOTS=overwrite` writes new output into the page. The README is a tour.

mod page;
mod runner;
mod shell;

use std::path::{Path, PathBuf};

#[test]
fn the_readme_is_a_tour() {
    let readme = root().join("README.md");
    if readme.exists() {
        runner::assert_holds(&readme);
    } else {
        eprintln!("skipped: there is no README.md yet");
    }
}

#[test]
fn the_documentation_is_a_tour() {
    for page in markdown_in("docs") {
        runner::assert_holds(&page);
    }
}

#[test]
fn every_tour_holds() {
    let tours = markdown_in("tests/suite/tours");
    assert!(!tours.is_empty(), "no tour was found");
    for page in tours {
        runner::assert_holds(&page);
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn markdown_in(folder: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(root().join(folder)).into_iter().flatten().filter_map(Result::ok);
    let mut pages: Vec<PathBuf> =
        entries.map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|end| end == "md")).collect();
    pages.sort();
    pages
}
