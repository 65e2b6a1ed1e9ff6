import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import { CommandError, type MealClock } from '@/backend'
import { closeOverlays } from '@/shared/state/overlays'
import { overlaysSettled, topDialog } from '@/shared/testing/mount'
// Here before a test waits for it.
import '@/shared/components/BaseDialog.vue'
import './DisposeDialog.vue'
import MealsPage from '../list/MealsPage.vue'
import { clockOf, openPage, rowOf } from '../testing'
import { isSampleLabel } from './target'

let wrapper: VueWrapper
async function list(clocks: MealClock[], answers: object = {}, meals = [rowOf()]) {
  const page = await openPage(MealsPage, {
    path: '/meals',
    route: '/meals',
    answers: { 'meal.list': { date: '2026-11-25', day_checked: true, meals, clocks }, ...answers },
  })
  wrapper = page.wrapper
  await overlaysSettled()
  return page
}
afterEach(async () => {
  await closeOverlays()
  wrapper?.unmount()
  document.body.replaceChildren()
})
const early = (left: number) =>
  new CommandError('confirm-value', 'early', 'sample', {
    warnings: [{ code: 'early', zh: '还没有满时限，确定已销毁吗', en: 'It is too early', level: 'ask' }],
    left_ms: left,
  })

describe('the meals of a day', () => {
  it('stand with their time and their state, and a day without any says so', async () => {
    await list([])
    expect(wrapper.get('[data-meal=午餐]').text()).toContain('11:30')
    expect(wrapper.get('[data-meal=午餐]').text()).toContain('10 步做完 4 步')
    expect(wrapper.get('[data-meal=午餐] a').attributes('href')).toContain('/meals/2026-11-23~')
    wrapper.unmount()
    await list([], {}, [])
    expect(wrapper.text()).toContain('这一天不供餐')
  })

  it('lead to the day before and the day after', async () => {
    const { router } = await list([])
    await wrapper.get('[data-before]').trigger('click')
    await flushPromises()
    expect(router.currentRoute.value.query).toEqual({ date: '2026-11-24' })
  })
})

describe('a clock', () => {
  it('says how long still, when it may go, and that one is sealed', async () => {
    await list([
      clockOf('a', { state: 'ready', left_ms: 0 }),
      clockOf('b', { left_ms: 90 * 60_000 }),
      clockOf('c', { problems: ['on-hold'], ready_at: null }),
      clockOf('d', { ready_at: null }),
    ])
    const row = (id: string) => wrapper.get(`[data-clock=${id}]`).text()
    expect(row('a')).toContain('可以销样')
    expect(row('b')).toContain('还差 1:30')
    expect(row('c')).toContain('封存')
    expect(row('d')).toContain('时钟未核对')
  })
})

describe('a disposal', () => {
  it('of a sample that was kept for long enough is one tap and its confirmation', async () => {
    const { asked } = await list([clockOf('a', { state: 'ready', left_ms: 0 })], {
      'meal.dispose': { id: 'd', sample: 'a', state: 'disposed' },
    })
    await wrapper.get('[data-dispose]').trigger('click')
    await overlaysSettled()
    await topDialog().get('form').trigger('submit')
    await flushPromises()
    expect(asked('meal.dispose')).toEqual([{ sample: 'a', reason: '到期', way: '餐厨垃圾', sure: [] }])
  })

  it('that is too early is asked about, and kept as it happened', async () => {
    const { asked } = await list([clockOf('a', { left_ms: 11 * 3_600_000 })], {
      'meal.dispose': ({ sure }: { sure: string[] }) => {
        if (!sure.includes('early')) throw early(11 * 3_600_000)
        return { id: 'd', sample: 'a', state: 'early' }
      },
    })
    await wrapper.get('[data-dispose]').trigger('click')
    await overlaysSettled()
    expect(topDialog().text()).toContain('还差 11:00')
    await topDialog().get('form').trigger('submit')
    await flushPromises()
    expect(topDialog().get('[data-question]').text()).toContain('还没有满时限，确定已销毁吗')
    expect(asked('meal.dispose')).toHaveLength(1)
    await topDialog().get('[data-sure]').trigger('click')
    await flushPromises()
    expect(asked('meal.dispose')[1]).toMatchObject({ sample: 'a', sure: ['early'] })
  })

  it('that goes to be tested asks who received it and for the receipt', async () => {
    await list([clockOf('a')], { 'meal.dispose': { id: 'd', sample: 'a', state: 'disposed' } })
    await wrapper.get('[data-dispose]').trigger('click')
    await overlaysSettled()
    await topDialog().get('input[value=送检]').setValue(true)
    expect(topDialog().get('[data-dispose-now]').attributes('disabled')).toBeDefined()
    expect(topDialog().text()).toContain('送检单号')
  })

  it('goes by the label where the record is not here', async () => {
    const scan = {
      sample: 's',
      known: false,
      dish: '冬瓜汤',
      grams: '130',
      box_no: null,
      state: 'ready',
      left_ms: 0,
      ready_at: 1,
      sealed: false,
    }
    const { asked } = await list([], {
      'meal.scan': scan,
      'meal.dispose': { id: 'd', sample: 's', state: 'disposed' },
    })
    let at = performance.now()
    for (const key of [...'RS1.AB', 'Enter']) {
      const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })
      Object.defineProperty(event, 'timeStamp', { value: (at += 4) })
      document.body.dispatchEvent(event)
    }
    await flushPromises()
    await overlaysSettled()
    expect(topDialog().text()).toContain('按标签上写的算')
    await topDialog().get('form').trigger('submit')
    await flushPromises()
    expect(asked('meal.dispose')[0]).toMatchObject({ label: 'RS1.AB', way: '餐厨垃圾' })
  })
})

describe('what was read', () => {
  it('is the label of a sample by its mark alone', () => {
    expect([isSampleLabel('RS1.AB'), isSampleLabel('rs1.ab'), isSampleLabel('RP00')]).toEqual([
      true,
      true,
      false,
    ])
  })
})
