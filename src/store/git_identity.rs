//! The git identity as a `Person`, by git's own rules.
//! EFFECT (git2). The environment is handed in.

use git2::Config;

use crate::domain::person::Person;
use crate::store::repository::Store;

/// The variables that git looks at for an identity; filled by `context`, empty ones left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct IdentityEnvironment {
    /// `GIT_AUTHOR_NAME`
    pub author_name: Option<String>,
    /// `GIT_AUTHOR_EMAIL`
    pub author_email: Option<String>,
    /// `GIT_COMMITTER_NAME`
    pub committer_name: Option<String>,
    /// `GIT_COMMITTER_EMAIL`
    pub committer_email: Option<String>,
    /// `EMAIL`
    pub email: Option<String>,
}

impl IdentityEnvironment {
    /// Who acts, when the repository's settings are as in `store`; without one, the user's own settings.
    /// None when there is no address anywhere: git's guess from the host's name is no identity.
    ///
    /// # Source
    /// git-commit(1) "Commit information".
    pub fn author(&self, store: Option<&Store>) -> Option<Person> {
        with_settings(store, |config| self.person(config, "author", self.author_name.as_deref(), self.author_email.as_deref()))
    }

    /// Who types: the committer.
    pub fn committer(&self, store: Option<&Store>) -> Option<Person> {
        with_settings(store, |config| self.person(config, "committer", self.committer_name.as_deref(), self.committer_email.as_deref()))
    }

    fn person(&self, config: &Config, role: &str, name: Option<&str>, email: Option<&str>) -> Option<Person> {
        let setting = |key: &str| {
            let for_role = config.get_string(&format!("{role}.{key}"));
            for_role.or_else(|_| config.get_string(&format!("user.{key}"))).ok().filter(|value| !value.trim().is_empty())
        };
        let email = email.map(str::to_owned).or_else(|| setting("email")).or_else(|| self.email.clone())?;
        let name = name.map(str::to_owned).or_else(|| setting("name")).unwrap_or_default();
        Some(Person::new(&name, Some(&email)))
    }
}

fn with_settings(store: Option<&Store>, read: impl FnOnce(&Config) -> Option<Person>) -> Option<Person> {
    match store {
        Some(store) => read(store.settings().ok()?),
        None => read(&Config::open_default().ok()?),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]
    use super::*;
    use crate::store::test_repository::TestRepository;

    #[test]
    fn the_environment_comes_before_the_settings_and_the_role_before_the_user() {
        let repository = TestRepository::adopted();
        let says = |environment: &IdentityEnvironment| {
            let store = repository.store();
            [environment.author(Some(&store)), environment.committer(Some(&store))].map(|person| person.unwrap().to_string())
        };
        let nothing = IdentityEnvironment::default();
        assert_eq!(says(&nothing), ["Grace Hopper <grace@example.org>", "Grace Hopper <grace@example.org>"]);
        repository.git(&["config", "committer.email", "bot@example.org"]);
        assert_eq!(says(&nothing), ["Grace Hopper <grace@example.org>", "Grace Hopper <bot@example.org>"]);
        let named =
            IdentityEnvironment { author_name: Some("Ada".to_owned()), committer_email: Some("c@example.org".to_owned()), ..nothing };
        assert_eq!(says(&named), ["Ada <grace@example.org>", "Grace Hopper <c@example.org>"]);
    }
}
