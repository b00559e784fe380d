//! Named numbers: their units, formulas and denominators.
