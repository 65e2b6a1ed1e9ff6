import { describe, expect, it } from 'vitest'
import { fold, halfWidth } from './text'

describe('what people type is folded as the store folds it', () => {
  it.each([
    ['ＡＢｃ０１９', 'ABc019'],
    ['３＃', '3#'],
    ['（东）', '(东)'],
    ['７：３０，－５．５％', '7:30,-5.5%'],
    ['一　班', '一 班'],
    ['10³ ① m² ℃ ½', '10³ ① m² ℃ ½'],
  ])('%s becomes %s', (typed, narrow) => expect(halfWidth(typed)).toBe(narrow))

  it.each([
    ['Ａ-１０１', 'a-101'],
    ['（东）３＃', '(东)3#'],
    ['ΣΑΣ', 'σασ'],
  ])('%s is compared as %s', (text, folded) => expect(fold(text)).toBe(folded))
})
