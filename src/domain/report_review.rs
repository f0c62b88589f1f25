//! What makes a report of an incident reach nobody, or tell too little: the review of a report before it is sent.
//! PURE: text in, points out. The positive example of the process has none, its negative example has most.

use crate::domain::text::one_line;

/// How much a point weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// The report must not go out like this.
    Refused,
    /// It may, and would be better otherwise.
    Warned,
}

/// One thing that is wrong with a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// A stable word for JSON.
    pub code: &'static str,
    /// How much it weighs.
    pub weight: Weight,
    /// What is wrong and what it leads to.
    pub message: String,
}

/// A report as it would be sent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Every address it goes to.
    pub to: Vec<String>,
    /// The subject.
    pub subject: String,
    /// What it says.
    pub body: String,
    /// The links in it.
    pub links: Vec<String>,
}

/// Why a channel that is none of PagerDuty's is bad.
///
/// # Source
/// The process, "How to report an incident": the words are its own.
pub const DELAY: &str = "using these channels will delay the initial response, and in the worst case, may cause the initial incident \
                         report to be ignored";

/// Everything that is wrong, the gravest first.
///
/// # Source
/// The process, "Negative example of reporting an incident" and "Teams are advised to not report incidents by".
pub fn review(report: &Report) -> Vec<Point> {
    let mut points = receivers(&report.to);
    let text = format!("{}\n{}", report.subject, report.body);
    points.extend(call(&text));
    points.extend(phone(&report.body, report.links.is_empty()));
    if report.links.is_empty() {
        points
            .push(warned("no-evidence", "it links no evidence: a search, a graph or an alert lets the responder judge scope and severity"));
    }
    if !has_time(&text) {
        points.push(warned("no-start-time", "it does not say when it started"));
    }
    if report.body.split_whitespace().count() < FEWEST_WORDS {
        points.push(warned("no-details", "it says too little to judge scope and severity"));
    }
    points.sort_by_key(|point| point.weight);
    points
}

/// A body of fewer words tells nothing.
const FEWEST_WORDS: usize = 6;

fn refused(code: &'static str, message: String) -> Point {
    Point { code, weight: Weight::Refused, message }
}

fn warned(code: &'static str, message: &str) -> Point {
    Point { code, weight: Weight::Warned, message: message.to_owned() }
}

fn receivers(to: &[String]) -> Vec<Point> {
    let others: Vec<&String> = to.iter().filter(|address| !is_pagerduty(address)).collect();
    let (lists, people): (Vec<&String>, Vec<&String>) = others.into_iter().partition(|address| is_list(address));
    let mut points = Vec::new();
    if people.len() > 1 {
        let names = people.iter().map(|address| one_line(address)).collect::<Vec<_>>().join(", ");
        points.push(refused(
            "several-people",
            format!("it goes to {} people ({names}): each may assume that another responds, and ignore it", people.len()),
        ));
    }
    if let [person] = people.as_slice() {
        points.push(refused("individual", format!("it goes to an individual, {}, who may be asleep or away", one_line(person))));
    }
    points.extend(lists.iter().map(|list| refused("distribution-list", format!("it goes to a distribution list, {}", one_line(list)))));
    if !to.iter().any(|address| is_pagerduty(address)) {
        points.push(refused(
            "not-to-pagerduty",
            "it goes to no PagerDuty address: PagerDuty alerts the on-call engineer at once, and escalates".to_owned(),
        ));
    }
    points
}

fn is_pagerduty(address: &str) -> bool {
    address.to_lowercase().trim_end_matches('>').ends_with(".pagerduty.com")
}

/// Whether an address looks like many people's.
fn is_list(address: &str) -> bool {
    let address = address.to_lowercase();
    let (local, domain) = address.split_once('@').unwrap_or((&address, ""));
    let words = [
        "all",
        "list",
        "dl",
        "group",
        "team",
        "teams",
        "everyone",
        "everybody",
        "staff",
        "developers",
        "devs",
        "engineering",
        "announce",
        "distribution",
    ];
    let in_local = local.split(|c: char| !c.is_alphanumeric()).any(|word| words.contains(&word));
    in_local || domain.starts_with("lists.") || domain.starts_with("groups.") || domain.starts_with("googlegroups.")
}

/// A demand to join a call.
fn call(text: &str) -> Option<Point> {
    let words: Vec<String> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    let places = ["call", "bridge", "webconference", "conference", "zoom", "webex", "meeting", "webinar", "teleconference"];
    let verbs = ["join", "joining", "dial", "hop", "jump"];
    let demands = words.iter().enumerate().any(|(at, word)| {
        verbs.contains(&word.as_str()) && words.iter().skip(at + 1).take(5).any(|next| places.contains(&next.as_str()) || next == "in")
    });
    demands.then(|| refused("join-a-call", "it demands to join a call: chat is faster, and its history can be read".to_owned()))
}

/// A telephone number where details should be.
fn phone(body: &str, without_evidence: bool) -> Option<Point> {
    let number = phone_number(body)?;
    let message = format!("it gives a phone number, {number}, in place of details: write down what was said on the phone");
    Some(if without_evidence { refused("phone-number", message) } else { warned("phone-number", &message) })
}

/// The first number of ten digits in groups of three, three and four, outside a link: a phone number of North America.
pub fn phone_number(body: &str) -> Option<String> {
    if body.bytes().filter(u8::is_ascii_digit).count() < 10 {
        return None;
    }
    let is_part = |c: char| c.is_ascii_digit() || " ().-+".contains(c);
    let without_links: Vec<&str> = body.split_whitespace().filter(|word| !word.contains("://")).collect();
    let text = without_links.join(" ");
    text.split(|c: char| !is_part(c)).find_map(|run| {
        let groups: Vec<&str> = run.split(|c: char| !c.is_ascii_digit()).filter(|group| !group.is_empty()).collect();
        let is_number =
            |three: &[&str]| matches!(three, [area, exchange, line] if area.len() == 3 && exchange.len() == 3 && line.len() == 4);
        groups.windows(3).find(|three| is_number(three)).map(|three| three.join("-"))
    })
}

/// A time of day, a date, or words that name one.
fn has_time(text: &str) -> bool {
    let words: Vec<String> = text.split_whitespace().filter(|word| !word.contains("://")).map(str::to_lowercase).collect();
    let is_clock = |word: &str| {
        word.split(|c: char| !(c.is_ascii_digit() || c == ':')).any(|part| {
            let Some((hour, minute)) = part.split_once(':') else { return false };
            let minute = minute.get(..2).and_then(|minute| minute.parse::<u8>().ok());
            hour.parse::<u8>().is_ok_and(|hour| hour < 24) && minute.is_some_and(|minute| minute < 60)
        })
    };
    let is_half = |word: &str| {
        let bare = word.trim_end_matches(|c: char| !c.is_alphanumeric());
        let digits = bare.strip_suffix("am").or_else(|| bare.strip_suffix("pm"));
        digits.is_some_and(|digits| digits.parse::<u8>().is_ok_and(|hour| (1..=12).contains(&hour)))
    };
    let ago = words.windows(2).any(|pair| matches!(pair, [unit, ago] if ago.starts_with("ago") && !unit.is_empty()));
    ago || words.iter().any(|word| is_clock(word) || is_half(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(report: &Report) -> Vec<&'static str> {
        review(report).iter().map(|point| point.code).collect()
    }

    fn report(to: &[&str], body: &str) -> Report {
        let links = body.split_whitespace().filter(|word| word.contains("://")).map(str::to_owned).collect();
        Report {
            to: to.iter().map(|address| (*address).to_owned()).collect(),
            subject: "Auth is slow".to_owned(),
            body: body.to_owned(),
            links,
        }
    }

    const POSITIVE: &str = "Starting at 23:50pm, we've seen a massive increase in errors\nlogged in the Auth service logs in Splunk.\n\
        Here's a link to a search that shows the errors:\nhttps://splunk.example.com/...\nPlease acknowledge and advise on next steps\n";

    #[test]
    fn the_positive_example_has_no_point() {
        assert_eq!(codes(&report(&["example@cms-qpp.pagerduty.com"], POSITIVE)), [""; 0]);
    }

    #[test]
    fn the_negative_example_has_at_least_the_four() {
        let body = "John Sysadmin just called me and said that Auth Production systems are not forwarding Splunk logs. Please contact him as \
            soon as possible to resolved (sic) this issue. His phone number is 419-555-1234.\n\nThanks,\n\nJeff Sysadmin";
        let to = ["developer@qppcontractor.com", "other-developer@qppcontractor.com", "unrelated-developer@qppcontractor.com"];
        assert_eq!(codes(&report(&to, body)), ["several-people", "not-to-pagerduty", "phone-number", "no-evidence", "no-start-time"]);
    }

    #[test]
    fn other_channels_are_named() {
        let pager = "x@cms-qpp.pagerduty.com";
        assert_eq!(codes(&report(&["sam@example.org", pager], POSITIVE)), ["individual"]);
        for list in ["qpp-all@example.org", "dl-auth@example.org", "auth@lists.example.org", "dev.team@example.org"] {
            assert_eq!(codes(&report(&[list, pager], POSITIVE)), ["distribution-list"], "{list}");
        }
        for demand in ["Please join the bridge now.", "Dial in to 5551234.", "Everybody hop on a call!", "Join our Zoom."] {
            assert_eq!(codes(&report(&[pager], &format!("{POSITIVE}{demand}"))), ["join-a-call"], "{demand}");
        }
        assert_eq!(
            codes(&report(&[pager], &format!("{POSITIVE}The join of two tables fails on every call to the database server."))),
            [""; 0]
        );
    }

    #[test]
    fn numbers_of_phones_and_times_are_told_from_others() {
        for text in ["call (419) 555-1234", "419.555.1234", "+1 419 555 1234!"] {
            assert!(phone_number(text).is_some(), "{text}");
        }
        for text in ["2026-11-22 23:50", "10.0.0.12", "error 500", "https://x.example/419-555-1234", "1234567890123"] {
            assert_eq!(phone_number(text), None, "{text}");
        }
        for text in ["since 23:50", "at 11pm", "10 minutes ago", "2026-11-22T23:50Z", "(9:05)"] {
            assert!(has_time(text), "{text}");
        }
        for text in ["now", "3 errors", "ratio 3:1x", "https://x.example/23:50", "port 8080:80"] {
            assert!(!has_time(text), "{text}");
        }
    }
}
