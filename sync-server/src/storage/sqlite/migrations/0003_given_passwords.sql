-- Whether somebody else has set the password of an account, and its owner has still to choose one.
-- Of older accounts that is not known, and whoever works with one goes on.
alter table account add column must_change_password integer not null default 0;
