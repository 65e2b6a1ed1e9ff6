/** What people type, folded as `crates/domain/src/text.rs` folds it; both are held to the same cases. */

const WIDE = /[\u3000\ufe50-\ufe6f\uff00-\uffef]/g

/** Full-width and small forms as an ASCII keyboard gives them; every other sign stays, so that `10³` is not read as 103. */
export const halfWidth = (typed: string): string => typed.replace(WIDE, (sign) => sign.normalize('NFKC'))

/** A figure stays with its unit: no line ends between them. */
export const withUnits = (text: string): string => text.replace(/(\d) (?=[^\s\d])/g, '$1\u00a0')

/** The form in which two texts are compared: width and case mean nothing. */
export function fold(text: string): string {
  // Letter by letter, since toLowerCase looks at the end of a word for Σ.
  const lower = [...text.normalize('NFKC')].map((letter) => letter.toLowerCase())
  return lower.join('').normalize('NFKC')
}
