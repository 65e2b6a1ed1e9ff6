import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import type { MealPerson, Permission } from '@/backend'
import CardPage from '../card/CardPage.vue'
import { COOK, cardOf, lacking, openPage, press } from '../testing'

let wrapper: VueWrapper
afterEach(() => {
  wrapper?.unmount()
  document.body.replaceChildren()
})
const person = (id: string, name: string, state = 'missing'): MealPerson => ({
  person: { id, name },
  helper: null,
  session: '晨',
  certificate: null,
  waits: [],
  state,
})
async function open(people: MealPerson[], permissions: Permission[], answers: object = {}) {
  const card = cardOf({ people, stages: [lacking('check', 'check', ['2'])] })
  const page = await openPage(CardPage, {
    card: () => card,
    answers: {
      'person.current': { by: COOK, roles: ['fso'], permissions, should_set_pin: false },
      'entry.act': { id: 'row', version: '2', entry: 'act' },
      ...answers,
    },
  })
  wrapper = page.wrapper
  return page
}

describe('a morning check', () => {
  it('goes from one to the next, and the press says what was asked', async () => {
    const { asked } = await open([person('a', '张桂花'), person('b', '刘梅')], ['decide_morning_check'])
    expect(wrapper.get('[data-go]').text()).toBe('问过无不适，上岗')
    await press(wrapper, '36.5')
    await wrapper.get('[data-go]').trigger('click')
    expect(wrapper.get('[data-pad]').attributes('aria-label')).toBe('刘梅')
    await flushPromises()
    expect(asked('entry.save')[0]).toMatchObject({
      kind: 'morning_check',
      set: { person: 'a', temp_c: '36.5', diarrhoea: false, throat: false, decision: '上岗' },
    })
  })

  it('with a fever or a complaint sends nobody to work', async () => {
    const { asked } = await open([person('a', '张桂花')], ['decide_morning_check'])
    await press(wrapper, '37.9')
    expect(wrapper.get('[data-go]').text()).toBe('不能上岗，记下')
    await wrapper.get('[data-unwell]').trigger('click')
    await wrapper.get('[data-symptom=vomit]').trigger('click')
    await wrapper.get('[data-go]').trigger('click')
    await flushPromises()
    expect(asked('entry.save')[0]).toMatchObject({
      set: { temp_c: '37.9', vomit: true, diarrhoea: false, decision: '调离食品岗位' },
    })
  })

  it('of who may not decide is their own alone, and decides nothing', async () => {
    const { asked } = await open([], ['check_in_for_kitchen'])
    await wrapper.get('[data-stage=check] .head').trigger('click')
    expect(wrapper.text()).toContain('这里只记您自己的')
    await press(wrapper, '36.4')
    await wrapper.get('[data-go]').trigger('click')
    await flushPromises()
    const [{ set }] = asked('entry.save') as [{ set: Record<string, unknown> }]
    expect(set).toMatchObject({ person: 'cook', temp_c: '36.4' })
    expect(set).not.toHaveProperty('decision')
  })

  it('that waits is confirmed in one tap, and somebody who wrote it themselves is offered nothing', async () => {
    const waiting = { ...person('a', '张桂花', 'unconfirmed'), waits: ['row'] }
    const { asked } = await open([waiting, person('b', '刘梅', 'unconfirmed')], ['decide_morning_check'])
    expect(wrapper.findAll('[data-confirm]')).toHaveLength(1)
    await wrapper.get('[data-confirm]').trigger('click')
    await flushPromises()
    expect(asked('entry.act')).toEqual([{ id: 'row', act: 'decide', set: { decision: '上岗' } }])
    expect(asked('entry.save')).toEqual([])
  })

  it('says so where a decision does not count, since nobody knows whose hand it is', async () => {
    const waiting = { ...person('a', '张桂花', 'unconfirmed'), waits: ['row'] }
    await open([waiting], ['decide_morning_check'], {
      'entry.act': { id: 'row', version: '2', entry: 'act', not_counted: 'not_vouched' },
    })
    await wrapper.get('[data-confirm]').trigger('click')
    await flushPromises()
    expect(wrapper.get('[role=alert]').text()).toContain('没有计入')
  })

  it('offers the return to work of who is out, with their name in it', async () => {
    await open([person('b', '刘梅', 'out')], ['decide_morning_check'])
    const back = wrapper.findAll('a').find((one) => one.text() === '复岗登记')
    expect(back?.attributes('href')).toContain('/registers/return_to_work/new?person=b')
  })
})
