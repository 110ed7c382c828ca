//! The program that libFuzzer drives. `FUZZ_TARGET` names the target. `scripts/fuzz.sh` builds and runs it.
#![cfg_attr(fuzzing, no_main)]

#[cfg(fuzzing)]
mod driven {
    use std::sync::OnceLock;
    use tell_connect_fuzz::{TARGETS, Target};

    static CHOSEN: OnceLock<Target> = OnceLock::new();

    fn choose() {
        let name = std::env::var("FUZZ_TARGET").unwrap_or_default();
        match TARGETS.into_iter().find(|(known, _)| *known == name) {
            Some(target) => _ = CHOSEN.set(target),
            None => {
                eprintln!("FUZZ_TARGET must name one of: {}", TARGETS.map(|(name, _)| name).join(" "));
                std::process::exit(2);
            }
        }
    }

    libfuzzer_sys::fuzz_target!(
        init: choose(),
        |input: &[u8]| {
            if let Some((_, check)) = CHOSEN.get() {
                check(input);
            }
        }
    );
}

/// Without libFuzzer it tells its targets, one a line.
#[cfg(not(fuzzing))]
fn main() {
    for (name, _) in tell_connect_fuzz::TARGETS {
        println!("{name}");
    }
}
