//! The same work on each of many incidents, on as many threads as there are processors.
//! PURE if the work is. Nothing of git goes there: texts are read, judged and merged, and the answers come back in their order.

use std::num::NonZero;
use std::thread::{available_parallelism, scope};

/// Fewer are done where they are: to start a thread costs as much as to read an incident.
const WORTH_A_THREAD: usize = 8;

/// What `work` makes of each item, in the order of the items.
///
/// # Examples
/// ```
/// use qpp_incident::document::in_parallel::in_parallel;
/// let doubled = in_parallel(&(0..100).collect::<Vec<_>>(), |number| number * 2);
/// assert_eq!(doubled[99], 198);
/// ```
pub fn in_parallel<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let threads = available_parallelism().map_or(1, NonZero::get).min(items.len() / WORTH_A_THREAD);
    if threads < 2 {
        return items.iter().map(work).collect();
    }
    let (work, parts) = (&work, items.chunks(items.len().div_ceil(threads)));
    scope(|scope| {
        let started: Vec<_> = parts.map(|part| scope.spawn(move || part.iter().map(work).collect::<Vec<R>>())).collect();
        // A thread that panicked has ended the program: panics abort in what is distributed, and are passed on elsewhere.
        started.into_iter().flat_map(|thread| thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_item_is_worked_on_once_and_in_order() {
        for count in [0, 1, 7, 16, 17, 1_000] {
            let items: Vec<usize> = (0..count).collect();
            assert_eq!(in_parallel(&items, |item| *item), items, "{count}");
        }
    }
}
