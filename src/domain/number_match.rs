//! The number match: the page shows one number, the phone offers five, and only the right one approves. Whoever approves a
//! sign-in must see its page, so that a sign-in that somebody else began is not approved by habit.

use super::random::{Random, RandomFailure, bytes};

/// How many numbers the phone offers.
pub const CHOICES: usize = 5;

const SMALLEST: u8 = 10;
/// Numbers of two digits.
const RANGE: u8 = 90;

/// Five different numbers of two digits, in ascending order, one of which is right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NumberMatch {
    choices: [u8; CHOICES],
    right: u8,
}

/// What the owner's pick says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pick {
    /// The number on the page.
    Right,
    /// One of the four others.
    Wrong,
    /// None of those that were offered.
    NotOffered,
}

impl NumberMatch {
    /// Five numbers and the right one among them, each as likely as any other.
    pub fn draw(random: &dyn Random) -> Result<Self, RandomFailure> {
        let mut drawn = Vec::with_capacity(CHOICES);
        while drawn.len() < CHOICES {
            let number = SMALLEST + below(RANGE, random)?;
            if !drawn.contains(&number) {
                drawn.push(number);
            }
        }
        let mut choices = [0; CHOICES];
        choices.copy_from_slice(&drawn);
        let right =
            choices.iter().copied().cycle().nth(usize::from(below(RANGE, random)?)).unwrap_or(SMALLEST);
        choices.sort_unstable();
        Ok(Self { choices, right })
    }

    /// The numbers of that row, if it is one.
    pub fn of(choices: &[u8], right: u8) -> Option<Self> {
        let choices = <[u8; CHOICES]>::try_from(choices).ok()?;
        choices.contains(&right).then_some(Self { choices, right })
    }

    /// What the phone offers.
    pub const fn choices(&self) -> &[u8; CHOICES] {
        &self.choices
    }

    /// What the page shows.
    pub const fn right(&self) -> u8 {
        self.right
    }

    /// Judges what the owner picked.
    pub fn judge(&self, picked: i32) -> Pick {
        match u8::try_from(picked) {
            Ok(number) if number == self.right => Pick::Right,
            Ok(number) if self.choices.contains(&number) => Pick::Wrong,
            _ => Pick::NotOffered,
        }
    }
}

/// A number below `bound`, each as likely as any other.
fn below(bound: u8, random: &dyn Random) -> Result<u8, RandomFailure> {
    let limit = u8::MAX - u8::MAX % bound;
    loop {
        let [byte] = bytes::<1>(random)?;
        if byte < limit {
            return Ok(byte % bound);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::sync::Mutex;

    use super::*;

    /// A linear congruential generator (Knuth's MMIX constants), so that every run draws the same.
    struct Dice(Mutex<u64>);

    impl Random for Dice {
        fn fill(&self, bytes: &mut [u8]) -> Result<(), RandomFailure> {
            let mut state = self.0.lock().unwrap();
            for byte in bytes {
                *state =
                    state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                *byte = (*state >> 56) as u8;
            }
            Ok(())
        }
    }

    #[test]
    fn five_numbers_of_two_digits_and_no_place_or_number_is_likelier() {
        let dice = Dice(Mutex::new(1));
        let (mut places, mut numbers) = (BTreeMap::<usize, u32>::new(), BTreeMap::<u8, u32>::new());
        for _ in 0..9_000 {
            let drawn = NumberMatch::draw(&dice).unwrap();
            assert!(drawn.choices().is_sorted_by(|one, other| one < other), "{drawn:?}");
            assert!(drawn.choices().iter().all(|number| (10..=99).contains(number)), "{drawn:?}");
            let place = drawn.choices().iter().position(|number| *number == drawn.right()).unwrap();
            *places.entry(place).or_default() += 1;
            *numbers.entry(drawn.right()).or_default() += 1;
        }
        assert_eq!((places.len(), numbers.len()), (5, 90));
        assert!(places.values().all(|count| (1_650..=1_950).contains(count)), "{places:?}");
        assert!(numbers.values().all(|count| (60..=145).contains(count)), "{numbers:?}");
    }

    #[test]
    fn one_of_the_five_is_right() {
        let numbers = NumberMatch::of(&[10, 23, 47, 61, 99], 47).unwrap();
        for (picked, verdict) in [
            (47, Pick::Right),
            (10, Pick::Wrong),
            (99, Pick::Wrong),
            (48, Pick::NotOffered),
            (0, Pick::NotOffered),
            (-47, Pick::NotOffered),
            (303, Pick::NotOffered),
            (i32::MAX, Pick::NotOffered),
        ] {
            assert_eq!(numbers.judge(picked), verdict, "{picked}");
        }
        assert_eq!(NumberMatch::of(&[10, 23, 47, 61], 47), None);
        assert_eq!(NumberMatch::of(&[10, 23, 47, 61, 99], 48), None);
    }
}
