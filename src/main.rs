//! The program: everything it does stands in the library.

use std::process::ExitCode;

use mimalloc::MiMalloc;

/// An answer is made of hundreds of short texts; this allocator makes them in less time than the system's.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    careerbot::cli::main()
}
