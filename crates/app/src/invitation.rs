//! What an office gives a tablet: the address of the server and a code, typed, pasted or scanned.

use domain::text::half_width;
use wire::ProblemType;

use crate::error::CommandError;

/// Where to enrol, and with which code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// The address of the server, without a slash at its end.
    pub server: String,
    /// The code, in the form in which the office shows it.
    pub code: String,
}

/// Where the link of an invitation carries its code.
const CODE: &str = "code=";
/// A code has so many letters and digits, more or less: anything longer was pasted by mistake.
const MOST_OF_A_CODE: usize = 64;

impl Invitation {
    /// Reads what was typed or pasted: an address and a code, or the whole link `http://…/#/enrol?code=…` in place of either.
    ///
    /// Spaces, hyphens, lower case and full-width letters in a code mean nothing; O is read as 0, I and L as 1.
    /// An address without a scheme is `http://`, since a school's server has no certificate.
    ///
    /// # Errors
    /// `bad-code` for no code, `bad-address` for no address.
    pub fn read(server: Option<&str>, code: &str) -> Result<Self, CommandError> {
        let (typed, pasted) = (plain(server.unwrap_or_default()), plain(code));
        let link = [pasted.as_str(), typed.as_str()].into_iter().find(|text| text.contains(CODE));
        let (from_link, code) = match link {
            Some(link) => {
                let (before, after) = link.split_once(CODE).unwrap_or((link, ""));
                let end = after.find(['&', '#']).unwrap_or(after.len());
                (Some(before), after[..end].to_owned())
            }
            None => (None, pasted.clone()),
        };
        let typed = if link == Some(typed.as_str()) { "" } else { typed.as_str() };
        let address = if typed.is_empty() { from_link.unwrap_or_default() } else { typed };
        Ok(Self { code: checked_code(&code)?, server: checked_address(address)? })
    }
}

/// What was typed as an ASCII keyboard gives it, without white space around it.
fn plain(typed: &str) -> String {
    half_width(typed).replace('。', ".").trim().to_owned()
}

fn checked_code(text: &str) -> Result<String, CommandError> {
    let refuse = || CommandError::new(ProblemType::BadCode, "a code is made of letters and digits").field("code");
    let mut code = String::new();
    for c in text.replace("%20", " ").chars() {
        match c.to_ascii_uppercase() {
            ' ' | '-' | '–' | '—' | '_' | '\u{a0}' => {}
            'O' => code.push('0'),
            'I' | 'L' => code.push('1'),
            c if c.is_ascii_alphanumeric() => code.push(c),
            _ => return Err(refuse()),
        }
    }
    if code.is_empty() || code.len() > MOST_OF_A_CODE { Err(refuse()) } else { Ok(code) }
}

fn checked_address(text: &str) -> Result<String, CommandError> {
    let refuse = |why: &str| Err(CommandError::new(ProblemType::BadAddress, why).field("server"));
    let (scheme, rest) = match text.split_once("://") {
        Some((scheme, rest)) => (scheme.to_ascii_lowercase(), rest),
        None => ("http".to_owned(), text),
    };
    // Of a link the server alone: what follows the mark is the page.
    let server = rest.split(['#', '?']).next().unwrap_or_default().trim_end_matches('/');
    let host = server.split('/').next().unwrap_or_default();
    if host.is_empty() {
        return refuse("the address of the server is missing");
    }
    if !matches!(scheme.as_str(), "http" | "https") || server.contains(char::is_whitespace) || host.contains('@') {
        return refuse("the address of a server is like http://192.168.1.20:8080");
    }
    Ok(format!("{scheme}://{server}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(server: Option<&str>, code: &str, expected: Result<(&str, &str), &str>) {
        let read = Invitation::read(server, code);
        let read = read.as_ref().map(|it| (it.server.as_str(), it.code.as_str())).map_err(|error| error.code());
        assert_eq!(read, expected, "{server:?} {code:?}");
    }

    #[test]
    fn an_address_is_read_as_people_give_it() {
        for typed in [
            "192.168.1.20:8080",
            " http://192.168.1.20:8080/ ",
            "HTTP://192.168.1.20:8080",
            "１９２．１６８．１．２０：８０８０",
        ] {
            check(Some(typed), "abcde", Ok(("http://192.168.1.20:8080", "ABCDE")));
        }
        check(Some("https://school.example.cn/rounds/"), "a", Ok(("https://school.example.cn/rounds", "A")));
        check(Some("https://school.example.cn/#/enrol"), "a", Ok(("https://school.example.cn", "A")));
    }

    #[test]
    fn a_link_gives_both_and_a_typed_address_goes_before_that_of_a_link() {
        let link = "https://school.example.cn/#/enrol?code=7KQ4M-2XW9D&x=1";
        check(None, link, Ok(("https://school.example.cn", "7KQ4M2XW9D")));
        check(Some(link), "", Ok(("https://school.example.cn", "7KQ4M2XW9D")));
        check(Some(link), "something else", Ok(("https://school.example.cn", "7KQ4M2XW9D")));
        check(Some("http://10.0.0.2"), link, Ok(("http://10.0.0.2", "7KQ4M2XW9D")));
        check(None, "https://school.example.cn/#/enrol?code=", Err("bad-code"));
    }

    #[test]
    fn what_is_no_invitation_is_told_by_what_is_wrong_with_it() {
        check(None, "ABCDE", Err("bad-address"));
        check(Some("http://10.0.0.2"), "编号", Err("bad-code"));
        check(Some("mailto:a@b.cn"), "ABCDE", Err("bad-address"));
        check(Some("http://10.0.0.2"), "l0O-i1 o", Ok(("http://10.0.0.2", "100110")));
    }
}
