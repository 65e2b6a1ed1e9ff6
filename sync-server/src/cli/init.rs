//! `rounds-server init`

use std::sync::Arc;

use clap::Args;
use serde_json::{Value, json};
use uuid::Uuid;
use wire::ProblemType;

use super::args::{StoreArgs, parse_name, parse_time};
use super::error::CommandError;
use super::store::OpenStore;
use crate::demo;
use crate::office::accounts::{FIRST_ACCOUNT, FIRST_ROLES, add_account, bind_account, hand_over};
use crate::service::{Clock, Hub, OsRandom, SystemClock, random_uuid};
use crate::storage::{OrganisationRow, Preset, Result as StorageResult, StorageError, WriteTxn};

#[derive(Args)]
pub(super) struct InitArgs {
    #[command(flatten)]
    store: StoreArgs,
    /// The name of the organisation.
    #[arg(long, value_name = "NAME", value_parser = parse_name)]
    organisation: String,
    /// What kind of school it is.
    #[arg(long, value_enum, default_value_t)]
    preset: Preset,
    /// The id of an organisation that tablets still hold, and whose server is lost: it comes back from them.
    #[arg(long, value_name = "UUID", conflicts_with = "demo")]
    revive: Option<Uuid>,
    /// Fills it with a demo campus.
    #[arg(long)]
    demo: bool,
    /// Starts the clock at this time; only with the first organisation of a store.
    #[arg(long, value_name = "TIME", value_parser = parse_time)]
    now: Option<u64>,
}

pub(super) fn init(args: InitArgs) -> Result<Value, CommandError> {
    args.store.check()?;
    let store = OpenStore::create(&args.store)?;
    let clock = match args.now {
        Some(now) => SystemClock::starting_at(now),
        None => store.clock()?,
    };
    let organisation = OrganisationRow {
        id: args.revive.unwrap_or_else(|| random_uuid(&OsRandom)),
        name: args.organisation,
        preset: args.preset,
        epoch: random_uuid(&OsRandom),
        last_seq: 0,
        // All that a revived organisation has is what its tablets bring back, also what others wrote.
        refill_from: args.revive.map(|_| 0),
    };
    let roles: Vec<String> = FIRST_ROLES.iter().map(|role| (*role).to_owned()).collect();
    let account = store.change(organisation.id, |txn| {
        if let Err(refused) = check_new(txn, args.now, organisation.id)? {
            return Ok(Err(refused));
        }
        txn.insert_organisation(&organisation)?;
        let account = add_account(txn, &OsRandom, clock.now_ms(), organisation.id, FIRST_ACCOUNT, &roles)?;
        let account = account.ok_or_else(|| StorageError::DamagedRow("account".to_owned()))?;
        hand_over(txn, organisation.id, FIRST_ACCOUNT)?;
        if args.demo {
            bind_account(txn, organisation.id, FIRST_ACCOUNT, demo::head_of_logistics())?;
        }
        if args.now.is_some() {
            txn.set_clock_offset_ms(clock.offset_ms())?;
        }
        Ok(Ok(account))
    })?;
    if args.demo {
        // Not a moment later than was asked for, so that two of them are the same.
        let now_ms = args.now.unwrap_or_else(|| clock.now_ms());
        fill(store, clock, &organisation, now_ms)?;
    }
    Ok(json!({
        "organisation": organisation.id,
        "epoch": organisation.epoch,
        "refilling": organisation.refill_from.is_some(),
        "account": {"name": account.name, "password": account.password},
    }))
}

fn check_new(txn: &dyn WriteTxn, now: Option<u64>, organisation: Uuid) -> StorageResult<Result<(), CommandError>> {
    // There is one clock for all organisations, and a server may be going by it.
    if now.is_some() && !txn.organisations()?.is_empty() {
        return Ok(Err(CommandError::usage("the store has a clock already; --now is for the first organisation")));
    }
    if txn.organisation(organisation)?.is_some() {
        let detail = format_args!("the store has the organisation {organisation} already; nothing was changed");
        return Ok(Err(CommandError::problem(ProblemType::OrganisationExists, detail)));
    }
    Ok(Ok(()))
}

fn fill(store: OpenStore, clock: SystemClock, organisation: &OrganisationRow, now_ms: u64) -> Result<(), CommandError> {
    let hub = Hub::start(store.storage, Arc::new(store.blobs), Arc::new(clock), Arc::new(OsRandom))?;
    let office = hub.office_device(organisation.id)?;
    let office = office.ok_or_else(|| StorageError::DamagedRow("organisation".to_owned()))?;
    Ok(demo::fill(&hub, organisation, &office, now_ms)?)
}
