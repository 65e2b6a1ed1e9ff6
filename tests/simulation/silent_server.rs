//! A server whose folder was put back, told in the few steps that it takes.

use rounds_tests::Fault;

use crate::world::{FIELDS, World};

#[test]
fn a_server_put_back_to_before_a_push_is_noticed_although_the_cursor_is_still_good() {
    let mut world = World::new(1);
    let (author, reader) = (world.add_tablet(0), world.add_tablet(0));
    world.sync(author);
    world.copy_server();
    let record = world.new_record();
    let mut memory = world.read(author, record);
    world.save(author, &mut memory, FIELDS[0]);
    // Freeze and push; the pull that would have moved the cursor never comes.
    for _ in 0..2 {
        world.step(author, Fault::None).expect("the network is up");
    }
    world.put_server_back(false);
    world.settle_and_judge();
    assert!(world.store(reader).get(record).expect("the store reads").is_some(), "the reader never got the record");
}

#[test]
fn a_server_put_back_and_written_to_by_others_is_refilled() {
    let mut world = World::new(2);
    let (author, other) = (world.add_tablet(0), world.add_tablet(0));
    let records = [world.new_record(), world.new_record()];
    world.copy_server();
    let mut memory = world.read(author, records[0]);
    world.save(author, &mut memory, FIELDS[0]);
    world.sync(author);
    world.put_server_back(false);
    let mut memory = world.read(other, records[1]);
    for field in FIELDS {
        world.save(other, &mut memory, field);
        world.sync(other);
    }
    world.settle_and_judge();
    assert!(world.store(other).get(records[0]).expect("the store reads").is_some());
}
