//! Two twins of one store, in every order of what they can do.

use rounds_tests::Fault;

use crate::world::{FIELDS, World};

/// What a twin can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Act {
    /// Read the record and save a field.
    Save,
    /// Take the next step of an exchange: freeze, push, or pull, whatever comes next.
    Step,
    /// Take it, and lose the server's answer.
    StepUnanswered,
}

const ACTS: [Act; 3] = [Act::Save, Act::Step, Act::StepUnanswered];

fn live(acts: &[(usize, Act)]) {
    let mut world = World::new(7);
    let first = world.add_tablet(0);
    let witness = world.add_tablet(0);
    let record = world.new_record();
    let mut memory = world.read(first, record);
    world.save(first, &mut memory, FIELDS[0]);
    world.sync(first);
    world.sync(witness);
    let twins = [first, world.clone_tablet(first)];
    for (twin, act) in acts {
        let tablet = twins[*twin];
        match act {
            Act::Save => {
                let mut memory = world.read(tablet, record);
                world.save(tablet, &mut memory, FIELDS[0]);
            }
            Act::Step => drop(world.step(tablet, Fault::None).expect("the network is up")),
            // It is lost with the answer; without a call there is nothing to lose, and the step is done.
            Act::StepUnanswered => drop(world.step(tablet, Fault::LostAnswer)),
        }
    }
    world.settle_and_judge();
}

/// Whether another order, tried anyway, is the same: a save touches nothing that the other twin's last act touched.
fn is_same_as_another(acts: &[(usize, Act)]) -> bool {
    acts.windows(2).any(|pair| {
        let [(earlier, before), (later, after)] = pair else { return false };
        *after == Act::Save && earlier != later && (*before != Act::Save || earlier > later)
    })
}

fn every_order(length: usize) -> Vec<Vec<(usize, Act)>> {
    let mut orders = vec![Vec::new()];
    for _ in 0..length {
        orders = orders
            .iter()
            .flat_map(|acts: &Vec<(usize, Act)>| {
                let next = (0..2).flat_map(|twin| ACTS.map(|act| (twin, act)));
                next.map(|act| acts.iter().copied().chain([act]).collect::<Vec<_>>()).collect::<Vec<_>>()
            })
            .filter(|acts| acts[0].0 == 0 && !is_same_as_another(acts))
            .collect();
    }
    orders
}

#[test]
fn two_twins_lose_nothing_in_any_order() {
    let length: usize = std::env::var("ROUNDS_TWIN_STEPS").ok().and_then(|steps| steps.parse().ok()).unwrap_or(4);
    let orders = every_order(length);
    assert!(orders.len() >= 3usize.pow(u32::try_from(length).expect("a small number")), "{} orders", orders.len());
    println!("{} orders of {length} acts", orders.len());
    for acts in orders {
        if std::panic::catch_unwind(|| live(&acts)).is_err() {
            panic!("the twins have lost something by {acts:?}");
        }
    }
}
