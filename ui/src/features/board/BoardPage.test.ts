import { flushPromises } from '@vue/test-utils'
import { describe, expect, it, vi } from 'vitest'
import { fakeBackend } from '@/shared/testing/backend'
import { mountIn } from '@/shared/testing/mount'
import { inspectionRow, outcomeOf } from '@/shared/testing/rows'
import BoardPage from './BoardPage.vue'

const digest = { conflicts: 0, photos_awaited: 1 }
const outcome = outcomeOf({ verdict: 'fail', verdict_zh: '不合格', percent: '86', failed: 2, red_lines: 1 })

describe('the board', () => {
  it('asks once for all rows, however many there are, and once more when something has changed', async () => {
    const rows = Array.from({ length: 30 }, (_, at) =>
      inspectionRow({ id: `i${at}`, title: '厨房日检', business_date: '2026-11-26', digest, outcome }),
    )
    const { backend, calls, tell } = fakeBackend({
      'door.get': { door: 'office', version: '1', organisation: { id: 'o', name: '园' } } as never,
      'person.current': { by: { id: 'me', name: '李敏' }, roles: ['fso'], permissions: [] } as never,
      'campus.list': { campuses: [], here: null } as never,
      'today.get': {
        business_date: '2026-11-26',
        term_week: 13,
        plan: [],
        counts: { submitted_today: 30, findings: 0, rows: 0, rows_mine: 0, missing: 0, missing_mine: 0 },
        rows: [],
        row_groups: [],
        missing: [],
        missing_groups: [],
        uncounted: [],
        drafts: [],
        sync: { conflicts: 0 },
      } as never,
      'inspection.list': { inspections: rows, next: null } as never,
      'finding.list': { findings: [], next: null } as never,
      'person.list': { people: [], next: null } as never,
      'area.list': { areas: [], next: null } as never,
      'office.devices': { devices: [] } as never,
    })
    const { wrapper } = await mountIn(BoardPage, { backend, path: '/board' })
    await flushPromises()
    const about = () => calls.filter(({ name }) => name.startsWith('inspection.')).map(({ name }) => name)
    expect(about()).toEqual(['inspection.list'])
    expect(wrapper.findAll('.rows a[href^="/inspections/i"]')).toHaveLength(30)
    expect(wrapper.text()).toContain('不合格 86')
    expect(wrapper.text()).toContain('第 13 周')

    tell({ type: 'changed', kinds: ['inspection'], ids: ['i0', 'i1', 'i2'] })
    await vi.waitFor(() => expect(about()).toEqual(['inspection.list', 'inspection.list']))
    wrapper.unmount()
  })
})
