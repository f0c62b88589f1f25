//! Tests of folders' names and of finding them on disk.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]
use std::fs;

use chrono::NaiveDate;
use proptest::prelude::*;

use crate::domain::incident_id::IncidentId;
use crate::store::paths::{IncidentPath, slug_of};
use crate::store::test_repository::{FOLDER, TestRepository};

#[test]
fn a_folder_tells_day_id_and_slug() {
    let incident = IncidentPath::parse("incidents/2026-11/22-k7qfm-auth-service-returns-errors").unwrap();
    assert_eq!(incident.id.to_string(), "INC-K7QFM");
    assert_eq!(incident.slug, "auth-service-returns-errors");
    assert_eq!(incident.day, NaiveDate::from_ymd_opt(2026, 11, 22));
}

#[test]
fn other_folders_are_no_incidents() {
    for path in
        ["incidents/2026-11", "incidents/2026-11/images", "incidents/2026-11/2-k7qfm-x", "incidents/22-k7q-x", "incidents/22-k7qfmm-x"]
    {
        assert_eq!(IncidentPath::parse(path), None, "{path}");
    }
}

#[test]
fn a_flat_folder_has_no_day() {
    assert_eq!(IncidentPath::parse("incidents/22-k7qfm-x").unwrap().day, None);
}

#[test]
fn a_long_title_is_cut_at_a_word() {
    assert_eq!(slug_of("Many errors on the Auth service while users sign in today"), "many-errors-on-the-auth-service-while");
    assert_eq!(slug_of(&"x".repeat(90)), "x".repeat(40));
    assert_eq!(slug_of("Überlastung: Café"), "uberlastung-cafe");
    assert_eq!(slug_of("日本"), "ri-ben");
}

proptest! {
    #[test]
    fn a_new_folder_is_read_back(title in ".{0,80}", bytes in any::<[u8; 5]>()) {
        let day = NaiveDate::from_ymd_opt(2026, 11, 2).unwrap();
        let new = IncidentPath::of_new(&IncidentId::from_random(bytes), &title, day);
        prop_assert_eq!(IncidentPath::parse(&new.path), Some(new.clone()));
        prop_assert!(new.slug.is_ascii() && new.slug.len() <= 40 && !new.slug.is_empty());
    }
}

fn with_three() -> TestRepository {
    let repository = TestRepository::with_incident();
    for path in ["incidents/2026-11/09-k7q00-auth-is-down", "incidents/2026-10/31-aaaaa-auth-is-slow", "incidents/2026-10/notes"] {
        repository.write(&format!("{path}/incident.md"), "x\n");
    }
    repository
}

fn ids(found: &[IncidentPath]) -> Vec<&str> {
    found.iter().map(|incident| incident.id.characters()).collect()
}

#[test]
fn the_latest_incident_comes_first() {
    assert_eq!(ids(&with_three().store().incidents()), ["K7QFM", "K7Q00", "AAAAA"]);
}

#[test]
fn an_incident_is_found_by_id_by_the_start_of_it_and_by_a_part_of_its_name() {
    let repository = with_three();
    let store = repository.store();
    assert_eq!(store.find_by_id(&"INC-K7QFM".parse().unwrap()).unwrap().path, FOLDER);
    assert_eq!(store.find_by_id(&"INC-ZZZZZ".parse().unwrap()), None);
    assert_eq!(ids(&store.find_by_prefix("k7q")), ["K7QFM", "K7Q00"]);
    assert_eq!(ids(&store.find_by_prefix("INC-K7Qoo")), ["K7Q00"]);
    assert_eq!(ids(&store.find_by_prefix("k7")), Vec::<&str>::new());
    assert_eq!(ids(&store.find_by_name_part("Auth-IS")), ["K7Q00", "AAAAA"]);
    assert_eq!(ids(&store.find_by_name_part("")), Vec::<&str>::new());
}

#[test]
fn an_id_is_found_where_its_folder_is_now_and_never_inside_another_incident() {
    let repository = with_three();
    repository.write("incidents/2026-11/10-bbbbb-ccccc-x/22-ccccc-x/incident.md", "x\n");
    repository.git(&["add", "."]);
    repository.git(&["commit", "-qm", "more"]);
    let found = |id: &str| repository.store().find_by_id(&id.parse().unwrap()).map(|incident| incident.path);
    assert_eq!(found("INC-BBBBB").unwrap(), "incidents/2026-11/10-bbbbb-ccccc-x");
    assert_eq!(found("INC-CCCCC"), None);
    let root = repository.root();
    fs::rename(root.join("incidents/2026-10/31-aaaaa-auth-is-slow"), root.join("incidents/31-aaaaa")).unwrap();
    assert_eq!(found("INC-AAAAA").unwrap(), "incidents/31-aaaaa");
    fs::remove_dir_all(root.join(FOLDER)).unwrap();
    assert_eq!(found("INC-K7QFM"), None);
    repository.git(&["update-index", "--index-version", "4"]);
    assert_eq!(found("INC-K7Q00").unwrap(), "incidents/2026-11/09-k7q00-auth-is-down");
    repository.write("incidents/2026-12/01-k7q00-again/incident.md", "x\n");
    repository.git(&["update-index", "--index-version", "2"]);
    repository.git(&["add", "."]);
    assert_eq!(found("INC-K7Q00").unwrap(), "incidents/2026-12/01-k7q00-again");
}

#[test]
fn an_incident_is_found_by_a_path_from_here_or_from_the_root() {
    let repository = with_three();
    let store = repository.store();
    let root = repository.root();
    let found = |here: &str, typed: &str| store.find_by_path(&root.join(here), typed).map(|incident| incident.path);
    let expected = Some(FOLDER.to_owned());
    assert_eq!(found("", FOLDER), expected);
    assert_eq!(found("incidents/2026-10", FOLDER), expected, "from the root");
    assert_eq!(found("incidents/2026-11", "22-k7qfm-many-errors/incident.md"), expected);
    assert_eq!(found(FOLDER, "."), expected);
    assert_eq!(found("", &root.join(FOLDER).display().to_string()), expected);
    for nothing in ["incidents", "incidents/2026-10/notes", "/", "nowhere", "../.."] {
        assert_eq!(found("", nothing), None, "{nothing}");
    }
}

#[test]
fn a_link_that_leads_out_of_the_repository_names_no_incident() {
    let repository = with_three();
    let elsewhere = tempfile::tempdir().unwrap();
    fs::create_dir_all(elsewhere.path().join("incidents/2026-11/22-zzzzz-x")).unwrap();
    let typed = elsewhere.path().join("incidents/2026-11/22-zzzzz-x").display().to_string();
    assert_eq!(repository.store().find_by_path(&repository.root(), &typed), None);
}
