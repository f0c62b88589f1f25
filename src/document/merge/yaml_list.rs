//! A list of maps put together, each map by its `name`: the teams of `teams.yaml`.
//! PURE.

use crate::document::broken::BrokenDocument;
use crate::document::header::read_fields;
use crate::document::merge::order::arranged;
use crate::document::merge::three::Three;

/// An item: its name and its lines, the dash taken for a blank.
struct Item {
    name: String,
    map: String,
    /// Comments and blank lines above it.
    above: String,
}

/// How the maps of one item are put together.
pub type MergeMap<'a> = &'a dyn Fn(&Three<&str>) -> Result<String, BrokenDocument>;

/// The lines of the list at no indent; `None` where a side is no list of maps with a name each.
///
/// # Errors
/// As `merge_map` says.
pub fn merge(lists: &Three<&str>, merge_map: MergeMap<'_>) -> Result<Option<String>, BrokenDocument> {
    let (Some(ours), Some(theirs)) = (items(lists.ours), items(lists.theirs)) else { return Ok(None) };
    let sides = Three { base: Some(lists.base.and_then(items).unwrap_or_default()), ours, theirs };
    let names = sides.map(|items| items.iter().map(|item| item.name.clone()).collect::<Vec<_>>());
    let mut out = String::new();
    for name in arranged(&names) {
        let find = |items: &Vec<Item>| items.iter().position(|item| item.name == name);
        let base = sides.base.as_ref().and_then(|items| items.get(find(items)?));
        let (ours, theirs) = (find(&sides.ours).and_then(|at| sides.ours.get(at)), find(&sides.theirs).and_then(|at| sides.theirs.get(at)));
        match (ours, theirs) {
            (Some(ours), Some(theirs)) => {
                let above = Three { base: base.map(|item| &item.above), ours: &ours.above, theirs: &theirs.above };
                out.push_str(above.agreed_or_greater());
                let maps = Three { base: base.map(|item| item.map.as_str()), ours: ours.map.as_str(), theirs: theirs.map.as_str() };
                let map = maps.agreed().map_or_else(|| merge_map(&maps), |agreed| Ok((*agreed).to_owned()))?;
                out.push_str(&dashed(&map));
            }
            // Deleted against changed: the changed one.
            (Some(one), None) | (None, Some(one)) if base.is_none_or(|base| base.map != one.map) => {
                out.push_str(&one.above);
                out.push_str(&dashed(&one.map));
            }
            _ => {}
        }
    }
    Ok(Some(out))
}

fn items(list: &str) -> Option<Vec<Item>> {
    let mut items: Vec<Item> = Vec::new();
    let mut above = String::new();
    for line in list.split_inclusive('\n') {
        if let Some(rest) = line.strip_prefix("- ") {
            items.push(Item { name: String::new(), map: rest.trim_start().to_owned(), above: std::mem::take(&mut above) });
        } else if line.trim().is_empty() || line.starts_with('#') {
            above.push_str(line);
        } else {
            let item = items.last_mut()?;
            item.map.push_str(&std::mem::take(&mut above));
            item.map.push_str(line.strip_prefix("  ")?);
        }
    }
    if let Some(last) = items.last_mut() {
        last.map.push_str(&above);
    }
    for item in &mut items {
        let fields = read_fields(&item.map, 1).ok()?;
        item.name = fields.iter().find(|field| field.name == "name")?.text().ok()??;
    }
    let mut names: Vec<&String> = items.iter().map(|item| &item.name).collect();
    names.sort();
    names.dedup();
    (names.len() == items.len() && !items.is_empty()).then_some(items)
}

/// A map as an item: a dash before its first line, two blanks before the others.
fn dashed(map: &str) -> String {
    // A comment that leads would stand behind the dash, which is as good YAML as any.
    map.split_inclusive('\n').enumerate().map(|(index, line)| indented(index, line)).collect()
}

fn indented(index: usize, line: &str) -> String {
    match (index, line.trim().is_empty()) {
        (0, _) => format!("- {line}"),
        (_, true) => line.to_owned(),
        _ => format!("  {line}"),
    }
}
