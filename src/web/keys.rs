//! Keys that nobody can guess.

/// 128 bits that nobody can guess, as 32 hex digits.
pub fn random() -> String {
    let mut bytes = [0; 16];
    // Without randomness of the system nothing else in the program is safe either; the time at least differs.
    if getrandom::fill(&mut bytes).is_err() {
        bytes = jiff::Timestamp::now().as_nanosecond().to_le_bytes();
    }
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
