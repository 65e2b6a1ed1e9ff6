import { mdiGate, mdiPlus } from '@mdi/js'
import { expect, it } from 'vitest'
import { withIcons } from '../../scripts/icons.mjs'

const common = new Set(['mdiCheck'])

it('puts the icons of a page into its module, and asks the common ones of all pages', () => {
  const code = `import { mdiCheck, mdiGate } from '@mdi/js'\nuse(mdiCheck, mdiGate)`
  expect(withIcons(code, common)).toBe(
    `import { mdiCheck } from '@mdi/js';const mdiGate = ${JSON.stringify(mdiGate)};\nuse(mdiCheck, mdiGate)`,
  )
  const several = `import {\n  mdiGate,\n  mdiPlus,\n} from "@mdi/js";`
  expect(withIcons(several, common)).toBe(
    `const mdiGate = ${JSON.stringify(mdiGate)};const mdiPlus = ${JSON.stringify(mdiPlus)};`,
  )
})

it('leaves a module alone that has no icons, and a name that is none of theirs', () => {
  const code = `import { ref } from 'vue'`
  expect(withIcons(code, common)).toBe(code)
  expect(withIcons(`import { nothing } from '@mdi/js';`, common)).toBe(`import { nothing } from '@mdi/js';`)
})
