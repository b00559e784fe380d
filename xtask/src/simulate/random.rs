//! Numbers that look random and come again with the same seed (SplitMix64, Steele and others 2014).

/// Finds the place of a number in a table as quickly as can be: nobody chooses our numbers to make it slow.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Quick(u64);

impl std::hash::Hasher for Quick {
    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 29)
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u64(u64::from(*byte));
        }
    }

    fn write_u32(&mut self, number: u32) {
        self.write_u64(u64::from(number));
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = (self.0.rotate_left(5) ^ number).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}

/// A table by numbers.
pub(super) type Table<K, V> = std::collections::HashMap<K, V, std::hash::BuildHasherDefault<Quick>>;

/// A source of them.
#[derive(Debug, Clone)]
pub(super) struct Random(u64);

impl Random {
    /// From a seed.
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// One that belongs to a thing with a number, whoever asks and when.
    pub(super) fn of(seed: u64, thing: u32) -> Self {
        Self(seed.wrapping_add(u64::from(thing).wrapping_mul(0xd134_2543_de82_ef95)))
    }

    /// The next number.
    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// One below `end`.
    pub(super) fn below(&mut self, end: u32) -> u32 {
        u32::try_from((u128::from(self.next()) * u128::from(end)) >> 64).unwrap_or(0)
    }
}
