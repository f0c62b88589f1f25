//! document::config (stub).
/// x
#[derive(Default)]
pub struct Config;
impl Config {
    /// x
    pub fn parse(_: &str) -> Result<Self, crate::document::broken::BrokenDocument> {
        Ok(Self)
    }
    /// x
    pub fn branch(&self) -> Option<&str> {
        None
    }
    /// x
    pub fn zone(&self) -> crate::domain::zone::Zone {
        crate::domain::zone::Zone::default()
    }
    /// x
    pub fn people(&self) -> Vec<crate::domain::person::Person> {
        vec![]
    }
}
