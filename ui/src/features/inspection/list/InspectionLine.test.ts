import { describe, expect, it } from 'vitest'
import type { InspectionRow } from '@/backend'
import { fakeBackend } from '@/shared/testing/backend'
import { mountIn } from '@/shared/testing/mount'
import { inspectionRow, outcomeOf } from '@/shared/testing/rows'
import InspectionLine from './InspectionLine.vue'

const line = async (part: Partial<InspectionRow>) => {
  const props = { row: inspectionRow(part) }
  const { wrapper } = await mountIn(InspectionLine, { backend: fakeBackend({}).backend }, { props })
  return wrapper.text()
}

describe('one inspection in the list', () => {
  it('says how it went, and not only that it was submitted', async () => {
    expect(await line({ outcome: outcomeOf({}) })).toContain('良 100')
    const failed = outcomeOf({ verdict: 'fail', percent: '62', failed: 3 })
    expect(await line({ outcome: failed })).toContain('不合格 62')
    expect(
      await line({ outcome: outcomeOf({ verdict: 'incomplete', percent: null, answered: 1 }) }),
    ).toContain('未填完 1/15')
  })

  it('says how far it is while it is filled in, and nothing more once it is void', async () => {
    expect(await line({ stage: 'open', outcome: outcomeOf({ answered: 7 }) })).toContain('在填 7/15')
    const voided = await line({ stage: 'void', outcome: outcomeOf({}) })
    expect(voided).toContain('已作废')
    expect(voided).not.toContain('良')
  })

  it('says that it was submitted where its checklist is not known here', async () => {
    expect(await line({ outcome: null })).toContain('已提交')
  })
})
