//! Every other mistake that a declaration may hold, beside those of `registers.rs`: each is named with its line, and with what to write.

use domain::register::parse;

const HEAD: &str = "kind | x | 名 | Name\nclass | evidence\nrights | write keep_shift ; see keep_shift\n";
const BODY: &str = "a | 甲 | A | TXT[1,9] | !\nb | 乙 | B | CH[一=One, 二=Two] |\nc | 丙 | C | INSTANT | now\n";

/// Lines that stand after the three of the head, the line that is named, and words of the complaint.
const MISTAKES: [(&str, usize, &str); 62] = [
    ("valid | c\n", 4, "no two dates"),
    ("valid | a to c\n", 4, "\"a\" is TXT"),
    ("assignee | a\n", 4, "\"a\" is TXT"),
    ("due | c while gone\n", 4, "there is no stage \"gone\""),
    ("late | 1.5h\n", 4, "is no span"),
    (
        "list | a ; by d\nd | 丁 | D | DATE | see see_reports else hidden\n",
        5,
        "a list goes by it and not everybody sees it",
    ),
    ("day | d\nd | 丁 | D | DATE | see see_reports else hidden\n", 5, "a list goes by it and not everybody sees it"),
    ("list | z\n", 4, "there is no field \"z\""),
    ("paper | ledger ; round\n", 4, "\"round\" is not understood"),
    ("paper | ledger ; sign a\n", 4, "\"a\" names no record"),
    ("paper | ledger ; as fly\n", 4, "there is no permission \"fly\""),
    ("grid | 6b\n", 4, "the grid is not understood"),
    ("grid | 6b: row b ; cell c\n", 4, "the grid is not understood"),
    ("part | Secret\n", 4, "the part has no name"),
    ("part | secret ; wear 90d\n", 4, "\"wear 90d\" is not understood"),
    ("part | secret ; keep ever\n", 4, "is no time to keep"),
    ("stages | open Open\n", 4, "is no stage"),
    ("stages | done: has a ; open 开 Open\n", 4, "has no label"),
    ("stages | done 完 Done: has a ; done 完 Done: has b ; open 开 Open\n", 4, "stands twice"),
    ("expect | one per ended duty_shift by noon\n", 4, "expects nothing"),
    ("place | of d\nd | 丁 | D | REF(area) |\n", 5, "the field is the place itself"),
    ("parent | b\n", 4, "\"b\" names no record"),
    ("match | a\nd | 丁 | D | NUM[g,,] |\n", 5, "what is measured is never imported"),
    ("hook alarms | twice\n", 4, "is not known"),
    ("a line | of | three\n", 4, "this line has 3 columns"),
    ("d | 丁 | D | span(c |\n", 4, "the span is not closed"),
    ("d | 丁 | D | previous(c) |\n", 4, "no way to find the row before"),
    ("d | 丁 | D | previous(c) by a |\n", 4, "\"a\" names no record"),
    ("d | 丁 | D | REF(area of a) |\n", 4, "\"a\" names no record"),
    ("d | 丁 | D | ROWS(@no.such)[x 甲 X COUNT] |\n", 4, "there is no setting \"no.such\""),
    ("d | 丁 | D | NUM[g,@disinf.method(z).x,] |\n", 4, "there is no field \"z\""),
    ("d | 丁 | D | YES | own ; last\n", 4, "d is filled in by the program and has a preset"),
    ("d | 丁 | D | YES | me\n", 4, "d cannot begin with me"),
    ("d | 丁 | D | YES | setting no.such\n", 4, "there is no setting \"no.such\""),
    ("d | 丁 | D | YES | from a\n", 4, "nothing to copy from"),
    ("d | 丁 | D | YES | from a.x\n", 4, "\"a\" names no record"),
    ("d | 丁 | D | NUM[g,,] | limit 5\n", 4, "no limits"),
    ("d | 丁 | D | NUM[g,,] | limit few..many\n", 4, "a limit is a number, @setting"),
    ("d | 丁 | D | YES | ! perhaps\n", 4, "is no condition"),
    ("d | 丁 | D | TXT[1,9] | see see_money else half\n", 4, "\"half\" is no mask"),
    ("d | 丁 | D | TXT[1,9] | see see_money, near me else hidden\n", 4, "is not understood"),
    ("d | 丁 | D | YES | rule loudest\n", 4, "is no reading rule"),
    ("d | 丁 | D | YES | among b\n", 4, "no table"),
    ("d | 丁 | D | YES | was 旧\n", 4, "is no flag"),
    (
        "d | 丁 | D | TXT[1,9] | search ; see see_money else hidden\ne | 戊 | E | TXT[1,9] | search ; see see_audit else hidden\n",
        5,
        "searched fields are seen by two permissions",
    ),
    ("act GO | 走 | Go | keep_shift | from kept ; counts first\n", 4, "the act has no code"),
    ("act go | | Go | keep_shift | from kept ; counts first\n", 4, "go has no label"),
    ("act go | 走 | Go | fly | from kept ; counts first\n", 4, "there is no permission \"fly\""),
    ("act go | 走 | Go | keep_shift | from kept ; counts first ; jumps\n", 4, "is no rule of an act"),
    ("act go | 走 | Go | keep_shift | from kept ; counts first ; by other fly\n", 4, "is nobody"),
    ("act go | 走 | Go | keep_shift | from kept ; counts first ; asks p PHOTOS[0,2]\n", 4, "p cannot be asked for"),
    ("act go | 走 | Go | keep_shift | from kept ; counts first ; sets c\n", 4, "sets nothing"),
    ("act go | 走 | Go | keep_shift | from kept ; counts first ; sets a me\n", 4, "\"a\" is TXT"),
    (
        "act go | 走 | Go | keep_shift | from kept ; counts first ; asks a YES\n",
        5,
        "an act asks for it as another type",
    ),
    (
        "d | 丁 | D | YES | frozen\nact go | 走 | Go | keep_shift | from kept ; counts first ; sets d yes\n",
        4,
        "it is frozen and an act sets it",
    ),
    (
        "act go | 走 | Go | keep_shift | from kept ; counts first\nact go | 走 | Go | keep_shift | from kept ; counts each\n",
        5,
        "the act \"go\" stands twice",
    ),
    ("warn w | has a | note | 字\n", 4, "a warning has five columns"),
    ("warn W | has a | note | 字 | W\n", 4, "the warning has no code"),
    ("warn w | has a | note | | W\n", 4, "w says nothing"),
    ("warn w | has a | finding L9 0 | 字 | W\n", 4, "is no level"),
    ("warn w | c after c by 2w | note | 字 | W\n", 4, "is no span"),
    ("d | 丁 | D | ROWS[x 甲 X COUNT] |\nwarn w | d.y above 5 | note | 字 | W\n", 5, "has no column \"y\""),
];

#[test]
fn every_other_mistake_is_named_with_its_line_and_what_to_write() {
    for (lines, line, words) in MISTAKES {
        let error = parse("x.txt", &format!("{HEAD}{lines}{BODY}")).expect_err(lines);
        let told = error.to_string();
        assert!(told.starts_with(&format!("x.txt:{line}: ")) && told.contains(words), "{lines}{told}");
        assert!(!error.write.is_empty(), "{lines}says not what to write");
    }
}

#[test]
fn a_right_that_is_not_understood_lets_nobody_in() {
    for (rights, words) in [
        ("write keep_shift ; peek keep_shift", "\"peek\" is no right"),
        ("write keep_shift ; write keep_shift ; see keep_shift", "\"write\" stands twice"),
        ("write keep_shift ; see keep_shift sometimes", "\"sometimes\" is not understood"),
        ("write keep_shift ; see keep_shifts", "there is no permission \"keep_shifts\""),
        ("write keep_shift ; see keep_shift 0d", "is not understood"),
        ("write keep_shift ; see open", "lets everybody in"),
        ("write keep_shift", "nobody may write or see"),
    ] {
        let text = HEAD.replace("write keep_shift ; see keep_shift", rights);
        let told = parse("x.txt", &format!("{text}{BODY}")).expect_err(rights).to_string();
        assert!(told.starts_with("x.txt:3: ") && told.contains(words), "{rights}: {told}");
    }
    let noble = HEAD.replace("evidence", "noble");
    let told = parse("x.txt", &format!("{noble}{BODY}")).expect_err("no class").to_string();
    assert!(told.starts_with("x.txt:2: ") && told.contains("is no class"), "{told}");
}

#[test]
fn a_text_that_nobody_would_write_is_refused_before_it_is_read() {
    let long = format!("{HEAD}d | 丁 | {} | YES |\n{BODY}", "D".repeat(2_000));
    let many = format!("{HEAD}{BODY}{}", "# nothing\n".repeat(500));
    for (text, line) in [(long, 4), (many, 501)] {
        let told = parse("x.txt", &text).expect_err("too much").to_string();
        assert!(told.starts_with(&format!("x.txt:{line}: ")) && told.contains("too long or one too many"), "{told}");
    }
}

#[test]
fn a_field_that_was_given_up_is_read_and_asked_for_by_nobody() {
    let text = format!("{HEAD}old | 旧 | Old | TXT[1,9] | ! ; retired\nnow | 新 | Now | PHONE | was old\n{BODY}");
    let register = parse("x.txt", &text).expect("a register");
    let set = serde_json::json!({"a": "x"});
    let checked = super::saves::check_with(&register, None, set, &[], &|_, _| None, None);
    assert!(checked.is_ok(), "nobody is asked for it: {checked:?}");
    let row = super::saves::document(serde_json::json!({"a": "x", "old": "12"}));
    let shown = domain::sight::Sight::everything().show(&domain::sight::Raw::new(&register, &row));
    assert_eq!(shown.whole("old"), Some(&serde_json::json!("12")), "what it holds can be read");
}
