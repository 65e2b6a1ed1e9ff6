//! What `cargo xtask run` prints: the one place to change when a command of the walk-through changes.

/// What the text has to name.
pub(crate) struct Facts<'a> {
    /// The address of the office pages.
    pub(crate) office: &'a str,
    /// The name of the office account.
    pub(crate) account: &'a str,
    /// Its password.
    pub(crate) password: &'a str,
    /// How to call the tablet: the program with its store.
    pub(crate) rounds: &'a str,
    /// Where the server logs.
    pub(crate) log: &'a str,
}

const TEMPLATE: &str = r#"
校园巡检 演示已就绪 · Rounds is ready

  办公室 Office    {office}
  账号 Account     {account}
  密码 Password    {password}
  平板 Tablet      {rounds}

走一遍厨房日检（另开一个终端） · Walk through a kitchen inspection (in a second terminal)

  1 有哪些功能 what there is     {rounds} call --list
  2 开始检查 start               {rounds} call inspection.start '{"template":"T01"}'
  3 同步 sync                    {rounds} sync
  4 状态 status                  {rounds} status

停止：按 Ctrl-C；下次接着用，加 --fresh 从头开始。日志：{log}
Stop: Ctrl-C; the next run goes on from here, --fresh starts over. Log: {log}
"#;

/// The text, Chinese first.
pub(crate) fn text(facts: &Facts<'_>) -> String {
    TEMPLATE
        .replace("{office}", facts.office)
        .replace("{account}", facts.account)
        .replace("{rounds}", facts.rounds)
        .replace("{log}", facts.log)
        // Last, so that nothing inside a password is taken for a name.
        .replace("{password}", facts.password)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fact_is_told_and_no_name_is_left() {
        let facts = Facts { office: "OFFICE", account: "NAME", password: "{log}", rounds: "ROUNDS", log: "LOG" };
        let text = text(&facts);
        for fact in ["OFFICE", "NAME", "{log}", "ROUNDS call", "LOG"] {
            assert!(text.contains(fact), "{fact}");
        }
        for name in ["{office}", "{account}", "{password}", "{rounds}"] {
            assert!(!text.contains(name), "{name}");
        }
    }
}
