//! The reading level: ARI against textstat given the same counts, syllables and Flesch-Kincaid against the CMU dictionary.

use std::collections::BTreeMap;

use qpp_incident::rules::lint::known::Known;
use qpp_incident::rules::lint::prose::Prose;
use qpp_incident::rules::lint::reading_level::{ReadingFigures, word_syllables};
use qpp_incident::rules::lint::syllables::syllables;
use qpp_incident::rules::lint::word::WordKind;

use crate::lint::labelled::Figure;
use crate::lint::peers::Peers;
use crate::lint::reports::{Report, whole};
use crate::measure::median;
use crate::results::Results;

/// All figures of the reading level over the real reports.
pub fn run(reports: &[Report], peers: &Peers, results: &mut Results) {
    let known = Known::default();
    let figures: Vec<ReadingFigures> = reports.iter().filter_map(|report| ReadingFigures::of(&Prose::read(&report.text), &known)).collect();
    let grade = median(figures.iter().map(ReadingFigures::ari).collect());
    results.told("`lint`: ARI of the real reports, median", grade, "the process asks for 6");
    same_counts(&figures, peers, results);
    dictionary(reports, peers, results);
}

/// textstat's ARI of texts that have our counts of letters, words and sentences.
fn same_counts(figures: &[ReadingFigures], peers: &Peers, results: &mut Results) {
    let what = "`lint`: ARI against textstat's of the same counts, greatest difference";
    // textstat leaves out sentences of one or two words.
    let figures: Vec<&ReadingFigures> = figures.iter().filter(|figures| figures.words >= 3 * figures.sentences).collect();
    let texts: Vec<String> = figures.iter().map(|figures| text_of(figures)).collect();
    let said = match peers.python("textstat", &texts.iter().map(String::as_str).collect::<Vec<_>>()) {
        Ok(said) => said,
        Err(why) => return results.not_taken(what, &why),
    };
    let theirs = said["ari"].as_array().unwrap().iter().map(|ari| ari.as_f64().unwrap());
    let greatest = figures.iter().zip(theirs).map(|(ours, theirs)| (ours.ari() - theirs).abs()).fold(0.0, f64::max);
    results.bound(what, greatest, &format!("{} reports, textstat {}", figures.len(), said["version"].as_str().unwrap()), 0.01);
}

/// A text with as many letters, words and sentences; the stop that ends a sentence counts as a letter there.
fn text_of(figures: &ReadingFigures) -> String {
    let mut text = String::new();
    let nth_share = |all: usize, of: usize, at: usize| all * (at + 1) / of - all * at / of;
    let letters = figures.letters - figures.sentences;
    let mut word = 0;
    for sentence in 0..figures.sentences {
        let length = nth_share(figures.words, figures.sentences, sentence);
        let words = (word..word + length).map(|at| "a".repeat(nth_share(letters, figures.words, at)));
        text.push_str(&words.collect::<Vec<_>>().join(" "));
        text.push_str(". ");
        word += length;
    }
    text
}

/// Flesch-Kincaid with our syllables, against the same with those of the CMU dictionary where it has the word.
fn dictionary(reports: &[Report], peers: &Peers, results: &mut Results) {
    let what = "`lint`: Flesch-Kincaid against a count by the CMU dictionary, difference in grades";
    let known = Known::default();
    let proses: Vec<Prose> = reports.iter().map(|report| Prose::read(&report.text)).collect();
    let plain = proses.iter().flat_map(Prose::sentences).flat_map(|sentence| sentence.words).filter(|word| word.kind == WordKind::Plain);
    let mut counts: BTreeMap<String, (usize, bool)> = plain.map(|word| (word.lower.clone().into_owned(), (0, false))).collect();
    let words: Vec<&str> = counts.keys().map(String::as_str).collect();
    let said = match peers.python("syllables", &words) {
        Ok(said) => said,
        Err(why) => return results.not_taken(what, &why),
    };
    for (count, said) in counts.values_mut().zip(said["counts"].as_array().unwrap()) {
        *count = (usize::try_from(said[0].as_u64().unwrap()).unwrap(), said[1].as_bool().unwrap());
    }
    let (mut listed, mut all) = (0, 0);
    let mut differences = Vec::new();
    for prose in &proses {
        let Some(ours) = ReadingFigures::of(prose, &known) else { continue };
        let mut theirs = ReadingFigures { syllables: 0, ..ours };
        for sentence in prose.sentences() {
            for word in sentence.words {
                let counted = counts.get(word.lower.as_ref()).filter(|_| word.kind == WordKind::Plain);
                theirs.syllables += counted.map_or_else(|| word_syllables(word, &known), |(count, _)| *count);
                all += 1;
                listed += usize::from(counted.is_some_and(|(_, is_listed)| *is_listed));
            }
        }
        differences.push((ours.flesch_kincaid() - theirs.flesch_kincaid()).abs());
    }
    let how = format!("{} reports; the dictionary has {:.0} % of {all} words", differences.len(), 100.0 * whole(listed) / whole(all));
    results.bound(format!("{what}, median"), median(differences.clone()), &how, 0.3);
    results.bound(format!("{what}, 95th percentile"), percentile(differences, 95), "", 0.8);
}

fn percentile(mut values: Vec<f64>, percent: usize) -> f64 {
    values.sort_by(f64::total_cmp);
    values[(values.len() * percent).div_ceil(100).max(1) - 1]
}

/// Figures that other programs' own tests give: which share we have exactly (syllables), how far we are off (grades).
pub fn labelled(file: &str, figures: &[Figure], results: &mut Results) {
    let of = |rule: &str| figures.iter().filter(|figure| figure.rule == rule && !figure.text.trim().is_empty()).collect::<Vec<_>>();
    let words: Vec<&Figure> = of("syllables").into_iter().filter(|figure| !figure.text.trim().contains(char::is_whitespace)).collect();
    if !words.is_empty() {
        let exact = words.iter().filter(|word| (whole(syllables(&word.text.to_lowercase())) - word.expected).abs() < 0.5).count();
        let how = format!("of {} words", words.len());
        results.told(format!("`lint`, {file}: share of words with the same syllables"), whole(exact) / whole(words.len()), &how);
    }
    let known = Known::default();
    for (rule, grade) in
        [("ari", ReadingFigures::ari as fn(&ReadingFigures) -> f64), ("flesch-kincaid-grade", ReadingFigures::flesch_kincaid)]
    {
        let difference = |figure: &&Figure| {
            let ours = ReadingFigures::of(&Prose::read(figure.text.trim()), &known)?;
            Some((grade(&ours) - figure.expected).abs())
        };
        let differences: Vec<f64> = of(rule).iter().filter_map(difference).collect();
        if !differences.is_empty() {
            let how = format!("{} texts, our words and sentences against theirs", differences.len());
            results.told(format!("`lint`, {file}: {rule}, median difference"), median(differences), &how);
        }
    }
}
