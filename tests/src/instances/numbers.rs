//! Numbers and sizes: at their bounds, or between them.

use fastrand::Rng;
use serde_json::{Value, json};

use crate::schema::set::SchemaSet;

/// The largest text or list that is made where the bounds would allow more.
const MOST: usize = 5_000;

/// The size from which on a text or list is large.
const LARGE: usize = 100;

/// Draws a size between two bounds, often one of them; seldom a large one, because it takes long.
pub fn size(fewest: usize, most: usize, rng: &mut Rng) -> usize {
    let most = most.min(MOST.max(fewest)).max(fewest);
    match rng.u8(0..4) {
        0 => fewest,
        1 if most <= LARGE || rng.u8(0..16) == 0 => most,
        2 => (fewest + 1).min(most),
        _ => rng.usize(fewest..=most.min(fewest + 40)),
    }
}

/// The bounds of a number, each with whether it is inclusive.
pub fn bounds(set: &SchemaSet<'_>) -> [Option<(f64, bool)>; 2] {
    // An exclusive bound is a number (3.1), or makes that of the other keyword exclusive (3.0).
    let inclusive = |flag: &str| !set.is_true(flag);
    let lower = set.most("minimum").map(|bound| (bound, inclusive("exclusiveMinimum")));
    let upper = set.least("maximum").map(|bound| (bound, inclusive("exclusiveMaximum")));
    let over = set.most("exclusiveMinimum").filter(|bound| lower.is_none_or(|(lower, _)| *bound >= lower));
    let under = set.least("exclusiveMaximum").filter(|bound| upper.is_none_or(|(upper, _)| *bound <= upper));
    [over.map(|bound| (bound, false)).or(lower), under.map(|bound| (bound, false)).or(upper)]
}

/// Draws a number that the schemas allow, often one of their bounds.
pub fn number(set: &SchemaSet<'_>, is_integer: bool, rng: &mut Rng) -> Value {
    let step = set.least("multipleOf").map(|step| {
        // Multiples that are integers are those of an integer: of 1.5, those of 3.
        let mut multiples = (1..=1000_u16).map(|count| step * f64::from(count));
        multiples.find(|multiple| !is_integer || multiple.fract() == 0.0).unwrap_or(step)
    });
    let [lower, upper] = bounds(set);
    let grain = step.unwrap_or(if is_integer { 1.0 } else { 0.5 });
    let low = lower.map(|(bound, inclusive)| if inclusive { bound } else { bound + grain });
    let high = upper.map(|(bound, inclusive)| if inclusive { bound } else { bound - grain });
    let inner = low.or(high.map(|high| high - grain)).unwrap_or(0.0).clamp(-1e6, 1e6) + grain * f64::from(rng.u8(0..9));
    let candidates = [low, high, Some(inner), low.map(|low| low + grain), Some(0.0)];
    let fits = |number: &f64| low.is_none_or(|low| *number >= low) && high.is_none_or(|high| *number <= high);
    let numbers: Vec<_> = candidates.into_iter().flatten().filter(fits).collect();
    let number = rng.choice(numbers).unwrap_or(inner);
    let number = step.map_or(number, |step| {
        let (below, above) = ((number / step).floor() * step, (number / step).ceil() * step);
        if fits(&below) { below } else { above }
    });
    integral(number).filter(|_| is_integer || rng.bool()).unwrap_or_else(|| json!(number))
}

/// The JSON integer of a number without fraction. The nearest `f64` of an end of 64 bits is not that end.
pub fn integral(number: f64) -> Option<Value> {
    if number.fract() != 0.0 || number.abs() > 1.9e19 {
        return None;
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "saturates at the ends, which is meant"
    )]
    let (signed, unsigned) = (number as i64, number as u64);
    Some(if number < 9.2e18 { json!(signed) } else { json!(unsigned) })
}
