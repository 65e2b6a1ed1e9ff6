import { describe, expect, it } from 'vitest'
import { fakeBackend, type Answers } from '@/shared/testing/backend'
import { mountIn } from '@/shared/testing/mount'
import InsidePage from './InsidePage.vue'
import { isOld } from './inside'

const MINUTE = 60_000
async function page(told: object, answers: Answers = {}) {
  const known = fakeBackend({
    'door.get': { door: 'tablet', organisation: 'o' } as never,
    'person.current': {
      by: { id: 'g', name: '吴大勇' },
      permissions: ['see_visitors', 'see_pickup'],
    } as never,
    'campus.list': { campuses: [], here: null } as never,
    'gate.inside': {
      now: 40 * MINUTE,
      as_of: 38 * MINUTE,
      age_min: 2,
      not_here: [],
      classes: [
        {
          counts: { class: 'c', name: '大一班', enrolled: 3, came: 2, here: 1, noticed: 0, medicine: 0 },
          names: ['陈一诺'],
        },
      ],
      visitors: [],
      unpaired: [],
      vehicles: [],
      staff: [],
      children_n: 1,
      visitors_n: 0,
      staff_n: 0,
      ...told,
    } as never,
    ...answers,
  })
  const { wrapper } = await mountIn(InsidePage, { backend: known.backend })
  await expect.poll(() => wrapper.find('[data-age]').exists()).toBe(true)
  return { ...known, wrapper }
}

describe('who is inside', () => {
  it('names the children who are here by class, and how old that is', async () => {
    const { wrapper } = await page({})
    expect(wrapper.get('[data-class=大一班]').text()).toContain('陈一诺')
    expect(wrapper.get('[data-figure=children]').text()).toContain('1')
    expect(wrapper.get('[data-age]').classes()).not.toContain('old')
  })

  it('warns of an age that is long or that nobody knows', async () => {
    expect([isOld(29), isOld(30), isOld(null)]).toEqual([false, true, true])
    const { wrapper } = await page({ age_min: 200 })
    expect(wrapper.get('[data-age]').classes()).toContain('old')
    expect((await page({ age_min: null })).wrapper.get('[data-age]').text()).toContain('本机时间不准')
    expect((await page({ as_of: null, age_min: null })).wrapper.get('[data-age]').text()).toContain(
      '还没有同步过',
    )
  })

  it('gives no figure for what is not on this tablet', async () => {
    const { wrapper } = await page({ not_here: ['gate'] })
    expect(wrapper.get('[data-missing]').text()).toContain('不在本平板：来访和车辆')
    expect(wrapper.get('[data-figure=visitors]').text()).toContain('—')
    expect(wrapper.find('[data-visitors]').exists()).toBe(false)
  })

  it('writes down that it was printed', async () => {
    const { calls } = await page({}, { 'sheet.list_printed': { rows: 1 } })
    window.dispatchEvent(new Event('beforeprint'))
    await expect
      .poll(() => calls.filter(({ name }) => name === 'sheet.list_printed').map(({ args }) => args))
      .toEqual([
        { kind: 'child_handover', rows: 1 },
        { kind: 'visitor_entry', rows: 0 },
      ])
  })
})
