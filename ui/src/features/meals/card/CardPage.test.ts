import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { CommandError, type MealCard } from '@/backend'
import { closeOverlays } from '@/shared/state/overlays'
import { overlaysSettled, topDialog } from '@/shared/testing/mount'
// Here before a test waits for it.
import '@/shared/components/BaseDialog.vue'
import '../labels/LabelDialog.vue'
import { cardOf, dishOf, lacking, openPage, press, sampleOf, stageOf } from '../testing'
import CardPage from './CardPage.vue'

let wrapper: VueWrapper
async function open(card: () => MealCard, answers: object = {}, language: 'zh' | 'en' = 'zh') {
  const page = await openPage(CardPage, { card, answers, language })
  wrapper = page.wrapper
  return page
}
afterEach(async () => {
  await closeOverlays()
  wrapper?.unmount()
  document.body.replaceChildren()
})

const meat = dishOf('meat', '红烧肉')
const soup = dishOf('soup', '冬瓜汤')
const cooking = (part: Partial<MealCard> = {}) =>
  cardOf({
    dishes: [meat, soup],
    stages: [stageOf('menu', { state: 'done' }), lacking('cook', 'core', ['红烧肉', '冬瓜汤'])],
    before_service: lacking('cook', 'core', ['红烧肉', '冬瓜汤']).missing,
    service: { missing: 2, minutes_left: 18 },
    ...part,
  })
const sampling = (part: Partial<MealCard> = {}) =>
  cardOf({ dishes: [meat, soup], stages: [lacking('sample', 'sample', ['红烧肉', '冬瓜汤'])], ...part })
const go = () => wrapper.get('[data-go]').trigger('click')

describe('a card', () => {
  it('opens at what is to be done now, and counts to service', async () => {
    await open(() => cooking())
    expect(wrapper.get('[data-service]').text()).toContain('开餐前还差 2 项')
    expect(wrapper.get('[data-service]').text()).toContain('18 分')
    expect(wrapper.find('[data-body=cook]').exists()).toBe(true)
    expect(wrapper.get('[data-pad]').attributes('aria-label')).toBe('红烧肉')
  })

  it('says of what is missing that it was only not seen here', async () => {
    const { fake } = await open(() => cooking())
    fake.tell({ type: 'sync', status: { last_success_at: Date.parse('2026-11-23T11:05:00+08:00') } as never })
    await flushPromises()
    expect(wrapper.get('[data-service]').text()).toContain('本机未见的（截至 11-23 11:05 同步）')
    wrapper.unmount()
    const sure = cooking()
    await open(() => ({
      ...sure,
      before_service: sure.before_service.map((gap) => ({ ...gap, heard: true })),
    }))
    expect(wrapper.get('[data-service]').text()).not.toContain('本机未见')
  })

  it('says nothing of minutes by a clock that nobody vouches for', async () => {
    await open(() => cooking({ is_checked: false, service: { missing: 2, minutes_left: null } }))
    expect(wrapper.get('[data-service]').text()).not.toContain('分')
    expect(wrapper.text()).toContain('还没有人核对')
  })

  it('keeps the screen on while a stage is open, and no longer', async () => {
    let held = 0
    const request = async () => {
      held += 1
      return { release: async () => void (held -= 1) }
    }
    Object.defineProperty(navigator, 'wakeLock', { value: { request }, configurable: true })
    try {
      await open(() => cooking())
      await vi.waitFor(() => expect(held).toBe(1))
      await wrapper.get('[data-stage=cook] .head').trigger('click')
      await vi.waitFor(() => expect(held).toBe(0))
      await wrapper.get('[data-stage=cook] .head').trigger('click')
      await vi.waitFor(() => expect(held).toBe(1))
      wrapper.unmount()
      await vi.waitFor(() => expect(held).toBe(0))
    } finally {
      Reflect.deleteProperty(navigator, 'wakeLock')
    }
  })

  it('tells of one number that a fridge has had for days', async () => {
    const days = { what: '一号冰箱', c: '4', from: '2026-11-17', to: '2026-11-23' }
    await open(() => cooking({ signals: [{ rows: ['r'], people: [{ id: 'cook', name: '张桂花' }], days }] }))
    expect(wrapper.get('[data-signal]').text()).toBe(
      '一号冰箱从11-17到11-23每天都记 4 ℃，请再看一眼（张桂花）',
    )
  })

  it('leads from what is wrong to its finding', async () => {
    const problems = [{ code: 'core', about: 'meat', what: '红烧肉', finding: 'f' }]
    await open(() => cooking({ problems }))
    expect(wrapper.get('[data-problem=core]').text()).toContain('没有烧透，不得供餐：红烧肉')
    expect(wrapper.get('[data-problem=core] a').attributes('href')).toContain('/findings/f')
  })
})

describe('a core temperature', () => {
  it('is never filled in beforehand, and the next dish comes by itself', async () => {
    const { asked } = await open(() => cooking())
    expect((wrapper.get('[data-number]').element as HTMLInputElement).value).toBe('')
    expect(wrapper.get('[data-go]').attributes('disabled')).toBeDefined()
    await press(wrapper, '78.5')
    await go()
    expect(wrapper.get('[data-pad]').attributes('aria-label')).toBe('冬瓜汤')
    expect((wrapper.get('[data-number]').element as HTMLInputElement).value).toBe('')
    await flushPromises()
    expect(asked('entry.save')).toEqual([
      {
        kind: 'temperature_reading',
        set: { what: '中心温度', area: 'kitchen', meal: 'm', dish: '红烧肉', dish_id: 'meat', c: '78.5' },
        sure: [],
      },
    ])
  })

  it('is never asked for again while news of before is still answered', async () => {
    let stored = false
    let slow: (() => void) | null = null
    const cards = () =>
      cooking({ dishes: [stored ? dishOf('meat', '红烧肉', { core: 'passed' }) : meat, soup] })
    const { fake } = await open(cards, {
      'entry.save': () => {
        stored = true
        return { id: 'r', version: '1', created: true }
      },
      'meal.card': () => {
        const answer = cards()
        return slow === null ? answer : new Promise((resolve) => (slow = () => resolve(answer)))
      },
    })
    // News makes the page ask, and the answer is of before the save.
    const unasked = () => {}
    slow = unasked
    fake.tell({ type: 'changed', kinds: ['meal'], ids: [] })
    await vi.waitFor(() => expect(slow).not.toBe(unasked))
    const old = slow
    slow = null
    await press(wrapper, '78')
    await go()
    await flushPromises()
    old()
    await flushPromises()
    expect(wrapper.get('[data-dish=meat]').attributes('data-core')).toBe('passed')
    expect(wrapper.get('[data-pad]').attributes('aria-label')).toBe('冬瓜汤')
  })

  it('under the limit says what to do, is stored all the same, and a retest names it', async () => {
    await open(() => cooking())
    await press(wrapper, '65')
    expect(wrapper.get('[data-pad]').text()).toContain('红烧肉低于 70 ℃：继续加热后复测，两次都留记录')
    wrapper.unmount()
    const first = {
      id: 'r1',
      what: '中心温度',
      c: '65',
      batch: null,
      retest_of: [],
      failing: true,
      late: false,
      at: 1,
      by: null,
    }
    const failing = dishOf('meat', '红烧肉', { core: 'failing', failing: ['r1'], readings: [first] })
    const { asked } = await open(() => cooking({ dishes: [failing] }))
    await press(wrapper, '78')
    await go()
    await flushPromises()
    expect(asked('entry.save')[0]).toMatchObject({ set: { c: '78', retest_of: ['r1'] } })
  })

  it('that is not stored stays at its row with what was typed, and is tried again', async () => {
    let tries = 0
    const { asked } = await open(() => cooking(), {
      'entry.save': () => {
        tries += 1
        if (tries === 1) throw new CommandError('disk-full', 'full')
        return { id: 'r', version: '1', created: true }
      },
    })
    await press(wrapper, '78')
    await go()
    await flushPromises()
    const row = wrapper.get('[data-dish=meat]')
    expect(row.find('[role=alert]').exists()).toBe(true)
    expect((wrapper.get('[data-number]').element as HTMLInputElement).value).toBe('78')
    await row.get('[role=alert] button').trigger('click')
    await flushPromises()
    expect(asked('entry.save')).toHaveLength(2)
    expect(wrapper.get('[data-dish=meat]').find('[role=alert]').exists()).toBe(false)
  })

  it('comes from a thermometer that types, wherever the focus is', async () => {
    await open(() => cooking())
    let at = performance.now()
    for (const key of [...'81.4', 'Enter']) {
      const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })
      Object.defineProperty(event, 'timeStamp', { value: (at += 4) })
      document.body.dispatchEvent(event)
    }
    await flushPromises()
    expect((wrapper.get('[data-number]').element as HTMLInputElement).value).toBe('81.4')
    expect(wrapper.get('[data-pad]').attributes('aria-label')).toBe('红烧肉')
  })
})

describe('a sample', () => {
  const boxes = {
    'entry.list': ({ kind }: { kind: string }) => ({
      rows:
        kind === 'food_sample'
          ? [
              { id: 's1', void: false, at: 1, fields: { box_no: 'A-01', taken_at: 1, fridge: 'fridge' } },
              { id: 's2', void: false, at: 2, fields: { box_no: 'A-02', taken_at: 2, fridge: 'fridge' } },
            ]
          : [{ id: 'd1', void: false, at: 3, fields: { sample: 's1' } }],
      newer: 0,
      next: null,
    }),
  }

  it('asks for grams, offers a free box, and takes one tap beside the digits', async () => {
    const { asked } = await open(() => sampling(), boxes)
    expect((wrapper.get('[data-number]').element as HTMLInputElement).value).toBe('')
    expect(wrapper.get('[data-box]').text()).toContain('A-01')
    await press(wrapper, '130')
    await go()
    expect(wrapper.get('[data-pad]').attributes('aria-label')).toBe('冬瓜汤')
    await flushPromises()
    expect(asked('entry.save')[0]).toMatchObject({
      kind: 'food_sample',
      set: { meal: 'm', dish: 'meat', dish_name: '红烧肉', grams: '130', box_no: 'A-01', fridge: 'fridge' },
    })
  })

  it('is never offered the box of the one before, though the lists have not heard of it yet', async () => {
    let card = sampling()
    await open(() => card, {
      ...boxes,
      'entry.list': ({ kind }: { kind: string }) => ({
        rows:
          kind === 'food_sample'
            ? ['A-01', 'A-02'].map((box_no, at) => ({
                id: `s${at}`,
                void: false,
                at,
                fields: { box_no, taken_at: at },
              }))
            : ['s0', 's1'].map((sample, at) => ({ id: `d${at}`, void: false, at, fields: { sample } })),
        newer: 0,
        next: null,
      }),
    })
    await press(wrapper, '130')
    card = sampling({
      dishes: [dishOf('meat', '红烧肉', { has_sample: true }), soup],
      samples: [sampleOf('s9', 'meat', { box_no: 'A-01' })],
    })
    await go()
    await flushPromises()
    expect(wrapper.get('[data-pad]').attributes('aria-label')).toBe('冬瓜汤')
    expect(wrapper.get('[data-box] [aria-pressed=true]').text()).toBe('A-02')
  })

  it('that is too light says so before it is taken', async () => {
    await open(() => sampling(), boxes)
    await press(wrapper, '90')
    expect(wrapper.get('[data-pad]').text()).toContain('不足 125 克')
  })

  it('of grams that can hardly be meant is asked about, and kept if somebody says yes', async () => {
    const said: unknown[] = []
    await open(() => sampling(), {
      ...boxes,
      'entry.save': ({ sure }: { sure: string[] }) => {
        said.push(sure)
        if (sure.length === 0)
          throw new CommandError('confirm-value', 'heavy', 'grams', {
            warnings: [{ code: 'heavy', zh: '克数这么多，对吗', en: 'So many grams: is that right' }],
          })
        return { id: 's', version: '1', created: true }
      },
    })
    await press(wrapper, '1250')
    await go()
    await flushPromises()
    expect(wrapper.get('[data-question]').text()).toContain('克数这么多，对吗')
    await wrapper.get('[data-sure]').trigger('click')
    await flushPromises()
    expect(said).toEqual([[], ['heavy']])
  })

  it('shows its label with its code and its four signs', async () => {
    const sample = sampleOf('s9', 'meat')
    await open(
      () => sampling({ samples: [sample], dishes: [dishOf('meat', '红烧肉', { has_sample: true })] }),
      {
        ...boxes,
        'meal.labels': { labels: [{ sample, svg: '<svg/>' }] },
      },
    )
    await wrapper.get('[data-label]').trigger('click')
    await overlaysSettled()
    await flushPromises()
    expect(topDialog().text()).toContain('K7QA')
    expect(topDialog().text()).toContain('11-25 11:12 起可销')
    expect(topDialog().find('img').exists()).toBe(true)
  })
})

describe('a stage', () => {
  it('that is not needed asks for a reason', async () => {
    const delivery = lacking('delivery', 'delivery', [''], { may_waive: true })
    const waived = { reason: '今天没有送货', by: { id: 'cook', name: '张桂花' }, at: 1 }
    const after = cardOf({ stages: [stageOf('delivery', { state: 'not_needed', may_waive: true, waived })] })
    const { asked } = await open(() => cardOf({ stages: [delivery] }), { 'meal.stage': after })
    await wrapper.get('[data-waive]').trigger('click')
    await overlaysSettled()
    expect(topDialog().get('[data-give]').attributes('disabled')).toBeDefined()
    await topDialog()
      .findAll('button')
      .find((one) => one.text() === '今天没有送货')
      ?.trigger('click')
    await topDialog().get('form').trigger('submit')
    await flushPromises()
    expect(asked('meal.stage')).toMatchObject([{ stage: 'delivery', reason: '今天没有送货' }])
    expect(wrapper.get('[data-stage=delivery]').attributes('data-state')).toBe('not_needed')
  })

  it('that was opened by hand gives way to the next once nothing is missing of it', async () => {
    const issue = (missing: string[]) =>
      missing.length > 0
        ? lacking('issue', 'issue', missing, { state: 'open' })
        : stageOf('issue', { state: 'done' })
    let card = cardOf({
      stages: [lacking('cook', 'core', ['红烧肉']), issue(['小一班'])],
      dishes: [meat],
      issues: [
        {
          class: 'c1',
          class_name: '小一班',
          id: null,
          late: false,
          diners: '28',
          counted_at: 1,
          issued: null,
          unit: null,
          leftover: null,
          leftover_unit: null,
          leftover_percent: null,
          water_ok: null,
        },
      ],
    })
    const { asked } = await open(() => card)
    await wrapper.get('[data-stage=issue] .head').trigger('click')
    expect(wrapper.find('[data-body=issue]').exists()).toBe(true)
    expect((wrapper.get('[data-number]').element as HTMLInputElement).value).toBe('')
    expect(wrapper.get('[data-body=issue]').text()).toContain('就餐 28 人')
    await press(wrapper, '28')
    card = { ...card, stages: [card.stages[0]!, issue([])] }
    await go()
    await flushPromises()
    expect(asked('entry.save')[0]).toMatchObject({
      kind: 'snack_issue',
      set: { meal: 'm', class: 'c1', issued: '28', unit: '份' },
    })
    expect(wrapper.find('[data-body=cook]').exists()).toBe(true)
  })
})
