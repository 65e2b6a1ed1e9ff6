//! Accounts of the office pages: a name, a password kept as argon2id, and roles.

use app::CommandError;
use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use domain::role::Role;
use uuid::Uuid;
use wire::ProblemType;

use crate::service::{Random, new_password};
use crate::storage::{AccountRow, ReadTxn, Result, StorageError, WriteTxn};

/// The name of an organisation's first account.
pub const FIRST_ACCOUNT: &str = "admin";

/// The roles of the first account: the head of logistics, and the administrator.
pub const FIRST_ROLES: &[&str] = &["logi", "admin"];

/// Characters in the name of an account.
const MAX_NAME: usize = 64;
const SALT_BYTES: usize = 16;
/// Characters in a password that somebody chooses.
const FEWEST: usize = 8;
const MOST: usize = 200;
/// Passwords of enough characters that are tried before all others.
const COMMON: &[&str] = &[
    "12345678",
    "123456789",
    "1234567890",
    "87654321",
    "88888888",
    "password",
    "password1",
    "qwertyui",
    "qwerty123",
    "1q2w3e4r",
    "1qaz2wsx",
    "a1234567",
    "a12345678",
    "abcd1234",
    "abc12345",
    "admin123",
    "admin888",
    "iloveyou",
    "woaini1314",
    "5201314520",
];

/// An account and the password that was made for it, to be shown once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAccount {
    /// The name to sign in with.
    pub name: String,
    /// The password.
    pub password: String,
    /// The roles.
    pub roles: Vec<String>,
}

/// Whether `name` may name an account: 1-64 printable characters without white space or commas.
pub fn is_account_name(name: &str) -> bool {
    let is_bad = |c: char| c.is_control() || c.is_whitespace() || c == ',';
    !name.is_empty() && name.chars().count() <= MAX_NAME && !name.chars().any(is_bad)
}

/// Makes an account with a random password, which its owner has to change; nothing when the name is taken.
///
/// # Errors
/// [`StorageError`]
pub fn add_account(
    txn: &mut dyn WriteTxn,
    random: &dyn Random,
    now_ms: u64,
    organisation: Uuid,
    name: &str,
    roles: &[String],
) -> Result<Option<NewAccount>> {
    if find_account(&*txn, organisation, name)?.is_some() {
        return Ok(None);
    }
    let password = new_password(random);
    txn.put_account(
        organisation,
        &AccountRow {
            name: name.to_owned(),
            password_hash: hash_password(random, &password)?,
            roles: roles.to_vec(),
            created_at: now_ms,
            person: None,
            must_begin: true,
            must_change_password: true,
        },
    )?;
    Ok(Some(NewAccount { name: name.to_owned(), password, roles: roles.to_vec() }))
}

/// Lets an account act as a person, whose owner need not begin any more; whether there is such an account.
///
/// # Errors
/// [`StorageError`]
pub fn bind_account(txn: &mut dyn WriteTxn, organisation: Uuid, name: &str, person: Uuid) -> Result<bool> {
    let Some(mut account) = find_account(&*txn, organisation, name)? else { return Ok(false) };
    account.person = Some(person);
    account.must_begin = false;
    txn.put_account(organisation, &account)?;
    Ok(true)
}

/// Lets whoever sets up an organisation keep the password that `init` has shown to them; whether there is such an account.
///
/// # Errors
/// [`StorageError`]
pub fn hand_over(txn: &mut dyn WriteTxn, organisation: Uuid, name: &str) -> Result<bool> {
    let Some(mut account) = find_account(&*txn, organisation, name)? else { return Ok(false) };
    account.must_change_password = false;
    txn.put_account(organisation, &account)?;
    Ok(true)
}

/// Gives an account a new random password; nothing when there is no such account.
///
/// # Errors
/// [`StorageError`]
pub fn reset_password(
    txn: &mut dyn WriteTxn,
    random: &dyn Random,
    organisation: Uuid,
    name: &str,
    set_by: SetBy,
) -> Result<Option<NewAccount>> {
    let Some(mut account) = find_account(&*txn, organisation, name)? else { return Ok(None) };
    let password = new_password(random);
    account.password_hash = hash_password(random, &password)?;
    account.must_change_password = set_by == SetBy::SomebodyElse;
    txn.put_account(organisation, &account)?;
    Ok(Some(NewAccount { name: account.name, password, roles: account.roles }))
}

/// Who sets a password, and so has seen it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SetBy {
    /// The owner of the account alone.
    Owner,
    /// Somebody else; so the owner has to change it at the next log-in.
    SomebodyElse,
}

/// What became of an account that was to be removed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Removal {
    /// Nobody signs in with it any more.
    Removed,
    /// There was none of this name.
    Missing,
    /// It is there as before: without it, nobody could look after accounts and devices.
    LastAdministrator,
}

/// Takes an account away; the person that it acted as stays, with everything that they did.
///
/// # Errors
/// [`StorageError`]
pub fn remove_account(txn: &mut dyn WriteTxn, organisation: Uuid, name: &str) -> Result<Removal> {
    let accounts = txn.accounts(organisation)?;
    let Some(account) = accounts.iter().find(|account| account.name == name) else { return Ok(Removal::Missing) };
    let administers = |account: &AccountRow| account.roles.iter().any(|role| role == Role::Admin.code());
    if administers(account) && !accounts.iter().any(|other| other.name != name && administers(other)) {
        return Ok(Removal::LastAdministrator);
    }
    txn.remove_account(organisation, name)?;
    Ok(Removal::Removed)
}

/// Puts a password that its owner has chosen in the place of the one behind `before`; the account as it is then.
///
/// With `person`, it is settled who the owner is.
///
/// Nothing when the account is gone, is another one of the same name, or has been given another password meanwhile.
///
/// # Errors
/// [`StorageError`]
pub(super) fn put_own_password(
    txn: &mut dyn WriteTxn,
    organisation: Uuid,
    before: &AccountRow,
    hash: &str,
    person: Option<Uuid>,
) -> Result<Option<AccountRow>> {
    let known = find_account(&*txn, organisation, &before.name)?;
    let Some(mut account) = known.filter(|account| account.password_hash == before.password_hash) else {
        return Ok(None);
    };
    hash.clone_into(&mut account.password_hash);
    account.must_change_password = false;
    if person.is_some() {
        account.person = person;
        account.must_begin = false;
    }
    txn.put_account(organisation, &account)?;
    Ok(Some(account))
}

/// The account that `name` and `password` belong to, if they belong together.
///
/// A wrong name takes as long as a wrong password, so that the time does not tell which names there are.
///
/// # Errors
/// [`StorageError`]
pub fn verify_account(txn: &dyn ReadTxn, organisation: Uuid, name: &str, password: &str) -> Result<Option<AccountRow>> {
    // The hash of no password that anybody has.
    const NOBODY: &str =
        "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    let account = find_account(txn, organisation, name)?;
    let hash = account.as_ref().map_or(NOBODY, |account| &account.password_hash);
    let is_right = is_password(hash, password)?;
    Ok(account.filter(|_| is_right))
}

/// The hash that is kept of a password.
///
/// # Errors
/// [`StorageError`] when the password cannot be hashed.
pub(super) fn hash(random: &dyn Random, password: &str) -> Result<String> {
    hash_password(random, password)
}

/// Refuses a password that is too easily guessed, or too long to be looked at.
///
/// # Errors
/// `weak-password`
pub(super) fn check_password(name: &str, password: &str) -> std::result::Result<(), CommandError> {
    let refused = |message: &str| Err(CommandError::new(ProblemType::WeakPassword, message).field("password"));
    let length = password.chars().count();
    if !(FEWEST..=MOST).contains(&length) {
        return refused("a password has 8 to 200 characters");
    }
    let first = password.chars().next();
    let (plain, name) = (password.to_lowercase(), name.to_lowercase());
    let is_known = COMMON.contains(&plain.as_str()) || (name.chars().count() > 2 && plain.contains(&name));
    if is_known || password.chars().all(|c| Some(c) == first) || password.chars().all(char::is_whitespace) {
        return refused("this password is the first that others would try");
    }
    Ok(())
}

/// Refuses the very password that somebody else has set, and so has seen.
///
/// # Errors
/// `same-password`
pub(super) fn check_changed(account: &AccountRow, password: &str) -> std::result::Result<(), CommandError> {
    let is_same = account.must_change_password && is_password(&account.password_hash, password).unwrap_or(false);
    if is_same {
        let message = "somebody else has seen this password; choose another";
        return Err(CommandError::new(ProblemType::SamePassword, message).field("password"));
    }
    Ok(())
}

fn find_account(txn: &(impl ReadTxn + ?Sized), organisation: Uuid, name: &str) -> Result<Option<AccountRow>> {
    Ok(txn.accounts(organisation)?.into_iter().find(|account| account.name == name))
}

fn hash_password(random: &dyn Random, password: &str) -> Result<String> {
    let mut salt = [0; SALT_BYTES];
    random.fill(&mut salt);
    let hash = Argon2::default().hash_password_with_salt(password.as_bytes(), &salt);
    hash.map(|hash| hash.to_string()).map_err(|error| StorageError::Engine(error.to_string().into()))
}

fn is_password(hash: &str, password: &str) -> Result<bool> {
    let hash = PasswordHash::new(hash).map_err(|_| StorageError::DamagedRow("account".to_owned()))?;
    Ok(Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::service::OsRandom;
    use crate::storage::sqlite::SqliteStorage;
    use crate::storage::{OrganisationRow, Preset, Storage};

    #[test]
    fn a_password_that_others_would_try_first_is_refused() {
        let is_weak = |password: &str| check_password("王芳", password).is_err();
        for password in ["", "1234567", "12345678", "Password1", "aaaaaaaa", "        ", &"x1".repeat(101)] {
            assert!(is_weak(password), "{password}");
        }
        assert!(check_password("wangfang", "WangFang2026").is_err(), "it holds the name");
        for password in ["kitchen-7-lamp", "食堂后门第三把锁", "correct horse"] {
            assert!(!is_weak(password), "{password}");
        }
    }

    /// A transaction in which there is an organisation.
    fn with_organisation(store: &SqliteStorage) -> (Box<dyn WriteTxn + '_>, Uuid) {
        let mut txn = store.write(Uuid::from_u128(1)).expect("a transaction");
        let row = OrganisationRow {
            id: Uuid::from_u128(1),
            name: "学校".to_owned(),
            preset: Preset::School,
            epoch: Uuid::from_u128(2),
            last_seq: 0,
            refill_from: None,
        };
        txn.insert_organisation(&row).expect("an organisation");
        (txn, row.id)
    }

    #[test]
    fn an_account_is_removed_unless_it_is_the_last_that_looks_after_accounts() {
        let store = SqliteStorage::in_memory().expect("a store");
        let (mut txn, organisation) = with_organisation(&store);
        for (name, roles) in [("a", "admin"), ("b", "logi"), ("c", "admin")] {
            add_account(&mut *txn, &OsRandom, 1, organisation, name, &[roles.to_owned()]).expect("works");
        }
        let mut remove = |name: &str| {
            let removal = remove_account(&mut *txn, organisation, name).expect("works");
            let names: Vec<String> =
                txn.accounts(organisation).expect("works").into_iter().map(|account| account.name).collect();
            (removal, names.concat())
        };
        assert_eq!(remove("nobody"), (Removal::Missing, "abc".to_owned()));
        assert_eq!(remove("c"), (Removal::Removed, "ab".to_owned()));
        assert_eq!(remove("a"), (Removal::LastAdministrator, "ab".to_owned()));
        assert_eq!(remove("b"), (Removal::Removed, "a".to_owned()));
        assert_eq!(remove("b"), (Removal::Missing, "a".to_owned()));
    }

    #[test]
    fn nobody_chooses_a_password_for_an_account_that_has_changed_meanwhile() {
        let store = SqliteStorage::in_memory().expect("a store");
        let (mut txn, organisation) = with_organisation(&store);
        let add = |txn: &mut dyn WriteTxn| {
            add_account(txn, &OsRandom, 1, organisation, "a", &[]).expect("works").expect("is new");
            find_account(&*txn, organisation, "a").expect("works").expect("is there")
        };
        let before = add(&mut *txn);
        assert_eq!(remove_account(&mut *txn, organisation, "a").expect("works"), Removal::Removed);
        let choose = |txn: &mut dyn WriteTxn, before: &AccountRow| {
            put_own_password(txn, organisation, before, "chosen", None)
                .expect("works")
                .map(|account| account.password_hash)
        };
        assert_eq!(choose(&mut *txn, &before), None, "it is gone");
        let again = add(&mut *txn);
        assert_eq!(choose(&mut *txn, &before), None, "it is another one");
        assert_eq!(choose(&mut *txn, &again).as_deref(), Some("chosen"));
    }

    #[test]
    fn an_account_opens_with_its_own_password_only() {
        let store = SqliteStorage::in_memory().expect("a store");
        let (mut txn, organisation) = with_organisation(&store);
        let roles = vec!["logi".to_owned()];
        let person = Uuid::from_u128(3);
        assert!(!bind_account(&mut *txn, organisation, "王芳", person).expect("works"), "there is no such account");
        let made = add_account(&mut *txn, &OsRandom, 1, organisation, "王芳", &roles).expect("works").expect("is new");
        assert_eq!(add_account(&mut *txn, &OsRandom, 1, organisation, "王芳", &roles).expect("works"), None);
        let row = verify_account(&*txn, organisation, "王芳", &made.password).expect("works").expect("is right");
        assert_eq!((row.person, row.must_begin), (None, true));
        assert!(bind_account(&mut *txn, organisation, "王芳", person).expect("works"));
        let row = verify_account(&*txn, organisation, "王芳", &made.password).expect("works").expect("is right");
        assert_eq!((row.person, row.must_begin), (Some(person), false));
        let opens = |txn: &dyn WriteTxn, name: &str, password: &str| {
            verify_account(txn, organisation, name, password).expect("works").is_some()
        };
        assert!(opens(&*txn, "王芳", &made.password));
        assert!(!opens(&*txn, "王芳", "guess"));
        assert!(!opens(&*txn, "nobody", &made.password));
        let again = reset_password(&mut *txn, &OsRandom, organisation, "王芳", SetBy::SomebodyElse)
            .expect("works")
            .expect("is there");
        assert!(opens(&*txn, "王芳", &again.password));
        assert!(!opens(&*txn, "王芳", &made.password));
        assert_eq!(again.roles, roles);
    }
}
