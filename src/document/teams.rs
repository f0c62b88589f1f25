//! document::teams (stub).
/// x
#[derive(Default)]
pub struct Teams;
impl Teams {
    /// x
    pub fn parse(_: &str) -> Result<Self, crate::document::broken::BrokenDocument> {
        Ok(Self)
    }
    /// x
    pub fn people(&self) -> Vec<crate::domain::person::Person> {
        vec![]
    }
}
