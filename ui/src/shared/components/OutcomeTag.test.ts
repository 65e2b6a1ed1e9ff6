import { describe, expect, it } from 'vitest'
import type { Outcome } from '@/backend'
import { fakeBackend } from '@/shared/testing/backend'
import { mountIn } from '@/shared/testing/mount'
import { outcomeOf } from '@/shared/testing/rows'
import OutcomeTag from './OutcomeTag.vue'

const tag = async (part: Partial<Outcome>) => {
  const props = { outcome: outcomeOf(part) }
  const { wrapper } = await mountIn(OutcomeTag, { backend: fakeBackend({}).backend }, { props })
  return { text: wrapper.text(), classes: wrapper.get('.outcome').classes() }
}

describe('how a form went, in a word', () => {
  it('is good, in green, where everything was looked at', async () => {
    const { text, classes } = await tag({ percent: '96.5' })
    expect(text).toBe('良 96.5')
    expect(classes).toContain('good')
  })

  it('is how far it is, without a colour and without a score, where something was not', async () => {
    const { text, classes } = await tag({ verdict: 'incomplete', percent: null, answered: 1 })
    expect(text).toBe('未填完 1/15')
    expect(classes).not.toContain('good')
    expect(classes).not.toContain('pass')
  })

  it('is red for a red line, and still says how far the form is', async () => {
    const { text, classes } = await tag({ verdict: 'fail', percent: null, answered: 3, red_lines: 1 })
    expect(text).toBe('不合格 3/15')
    expect(classes).toContain('fail')
  })
})
