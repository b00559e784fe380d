//! The points at which the torture harness lets this process die or stand still (`tests/torture`, `cargo xtask torture`).
//!
//! Without the feature `torture` a point is nothing at all. With it, `SARAFAN_TORTURE=answer-read:3` ends the process with
//! SIGKILL at the third pass of that point, and `SARAFAN_TORTURE=request-leaves:3:stop` stops it there as a frozen machine
//! would, until somebody sends SIGCONT. What is absent on purpose: any other way to change what the program does.

/// A point between the claim of a job and its saved outcome. A test of the harness knows all names.
#[cfg(not(feature = "torture"))]
#[inline]
pub fn point(_name: &'static str) {}

#[cfg(feature = "torture")]
pub use armed::point;

#[cfg(feature = "torture")]
mod armed {
    use std::sync::OnceLock;
    use std::sync::atomic::{AtomicU64, Ordering};

    use rustix::process::{Signal, getpid, kill_process};

    /// What the environment asks for.
    struct Trap {
        name: String,
        pass: u64,
        signal: Signal,
        seen: AtomicU64,
    }

    static TRAP: OnceLock<Option<Trap>> = OnceLock::new();

    /// A point between the claim of a job and its saved outcome. A test of the harness knows all names.
    pub fn point(name: &'static str) {
        let Some(trap) = TRAP.get_or_init(|| read(&std::env::var("SARAFAN_TORTURE").ok()?)) else { return };
        if trap.name == name && trap.seen.fetch_add(1, Ordering::SeqCst) + 1 == trap.pass {
            // Nothing is written down first: a power failure does not do so either.
            let _ = kill_process(getpid(), trap.signal);
        }
    }

    fn read(text: &str) -> Option<Trap> {
        let mut words = text.split(':');
        let name = words.next()?.to_owned();
        let pass = words.next()?.parse().ok()?;
        let signal = if words.next() == Some("stop") { Signal::STOP } else { Signal::KILL };
        Some(Trap { name, pass, signal, seen: AtomicU64::new(0) })
    }
}
