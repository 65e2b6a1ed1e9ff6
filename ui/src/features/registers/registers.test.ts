import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { CommandError } from '@/backend'
import { closeOverlays } from '@/shared/state/overlays'
import type { Language } from '@/shared/state/look'
import { fakeBackend, type Answers } from '@/shared/testing/backend'
import { mountIn, overlaysSettled, topDialog } from '@/shared/testing/mount'
import { personRow } from '@/shared/testing/rows'
import RegistersPage from './all/RegistersPage.vue'
import EntryPage from './entry/EntryPage.vue'
import NewEntryPage from './form/NewEntryPage.vue'
import { reasonOf, nameOf } from './entry/reasoned'
import { actOf, choiceOf, entryOf, fieldOf, kindOf, rowOf } from './testing'
import type { Entry, Kind } from './types'

Element.prototype.scrollIntoView ??= () => {}
beforeEach(() => void (document.body.innerHTML = ''))
/** What comes later on a screen takes a while to be compiled the first time. */
beforeAll(
  () =>
    Promise.all([
      import('@/shared/components/BaseDialog.vue'),
      import('@/shared/components/DateInput.vue'),
      import('@/shared/components/TimeInput.vue'),
      import('@/shared/components/ComboInput.vue'),
      import('./entry/ActDialog.vue'),
      import('./entry/ReasonDialog.vue'),
    ]),
  60_000,
)

const readings = kindOf({
  fields: [
    choiceOf('what', ['冷藏', '中心温度'], { label: '测量对象', needed: true }),
    fieldOf('dish', 'TXT', {
      label: '菜品',
      when: [{ word: 'is', field: 'what', codes: ['中心温度'] }],
      needed_when: [{ word: 'is', field: 'what', codes: ['中心温度'] }],
    }),
    fieldOf('c', 'TEMP', { label: '温度', needed: true, unit: '℃', low: '-60', high: '300', measured: true }),
  ],
})
const start = {
  'door.get': { door: 'tablet', version: '1', organisation: { id: 'o', name: '园' }, account: null },
  'person.current': { by: { id: 'li', name: '李敏' }, roles: ['guard'], permissions: [] },
  'campus.list': { campuses: [], here: null },
  'draft.get': { draft: null },
  'draft.list': { drafts: [] },
} as Answers

async function mounted(
  component: object,
  [route, path]: [route: string, path: string],
  answers: object,
  language: Language = 'zh',
) {
  const door = fakeBackend({ ...start, ...answers } as Answers)
  const { wrapper, router } = await mountIn(component as never, {
    backend: door.backend,
    route,
    path,
    language,
  })
  onTestFinished(async () => {
    await closeOverlays()
    wrapper.unmount()
  })
  await flushPromises()
  await overlaysSettled()
  const asked = (name: string) => door.calls.filter((call) => call.name === name).map(({ args }) => args)
  return { wrapper, router, asked, door }
}
const button = (wrapper: Pick<VueWrapper, 'findAll'>, text: string) => {
  const found = wrapper.findAll('button, a').find((one) => one.text().includes(text))
  if (!found) throw new Error(`there is no button ${text}`)
  return found
}
const field = (wrapper: VueWrapper, name: string) => wrapper.get(`[data-field="${name}"]`)
const choose = (wrapper: VueWrapper, name: string, word: string) =>
  field(wrapper, name)
    .findAll('label')
    .find((one) => one.text() === word)!
    .get('input')
    .setValue()

describe('all registers', () => {
  const page = (kinds: Kind[]) =>
    mounted(RegistersPage, ['/registers', '/registers'], {
      'entry.kinds': { kinds },
      'entry.list': { rows: [rowOf('a', { stage: 'on', open: true })], next: null, newer: 0 },
    })

  it('stand with what is open, those to fill in apart from those to read', async () => {
    const { wrapper } = await page([
      kindOf({
        kind: 'duty_shift',
        name: '值班',
        open: 1,
        stages: [{ stage: 'on', label: '在岗', label_en: 'On duty', open: true }],
      }),
      kindOf({ kind: 'incident', name: '事故报告', open: 51 }),
      kindOf({ kind: 'meter_reading', name: '抄表', may_write: false, open: 0 }),
    ])
    const tiles = wrapper.findAll('.tile').map((tile) => tile.text())
    expect(tiles[0]).toContain('值班')
    expect(tiles[0]).toContain('在岗 1')
    expect(tiles[0]).toContain('登记')
    expect(tiles[1]).toContain('未结 51 条')
    // Where no row ever waits for anything, nothing is said of it.
    expect(tiles[2]).toBe('抄表')
    expect(wrapper.findAll('h2').map((head) => head.text())).toEqual(['我来登记', '可以查看'])
    expect(wrapper.findAll('a.new').map((link) => link.attributes('href'))).toEqual([
      '/registers/duty_shift/new',
      '/registers/incident/new',
    ])
  })

  it('say what to do to who has none', async () => {
    expect((await page([])).wrapper.text()).toContain('您还没有要登记或查看的登记簿')
  })
})

describe('a new row', () => {
  const page = (answers: object = {}, language: Language = 'zh') =>
    mounted(
      NewEntryPage,
      ['/registers/:kind/new', '/registers/temperature_reading/new'],
      { 'entry.kinds': { kinds: [readings] }, ...answers },
      language,
    )

  it('asks for what its declaration asks for, as soon as it does', async () => {
    const { wrapper } = await page()
    expect(wrapper.findAll('[data-field]').map((one) => one.attributes('data-field'))).toEqual(['what', 'c'])
    await choose(wrapper, 'what', '中心温度')
    expect(wrapper.findAll('[data-field]').map((one) => one.attributes('data-field'))).toEqual([
      'what',
      'dish',
      'c',
    ])
  })

  it('says at each field what is missing, and goes to the first of them', async () => {
    const { wrapper, asked } = await page()
    await wrapper.get('form').trigger('submit')
    await flushPromises()
    expect(asked('entry.save')).toEqual([])
    expect(field(wrapper, 'what').text()).toContain('请选一个')
    expect(field(wrapper, 'c').text()).toContain('这一项必须填写')
    expect(wrapper.text()).toContain('还有 2 项要改')
    expect(field(wrapper, 'what').element.contains(document.activeElement)).toBe(true)
    await choose(wrapper, 'what', '冷藏')
    expect(field(wrapper, 'what').text()).not.toContain('请选一个')
  })

  it('judges a number while it is typed, and shows what the program does not take at its field', async () => {
    const { wrapper, asked } = await page({
      'entry.save': () => {
        throw new CommandError('bad-value', 'Temperature is at most 300 ℃', 'c', {
          values: [
            { field: 'c', rule: 'above', zh: '「温度」不大于 300 ℃', en: 'Temperature is at most 300 ℃' },
          ],
        })
      },
    })
    await choose(wrapper, 'what', '冷藏')
    await field(wrapper, 'c').get('input').setValue('400')
    expect(field(wrapper, 'c').text()).toContain('高于上限 300 ℃')
    await wrapper.get('form').trigger('submit')
    await flushPromises()
    expect(asked('entry.save')).toEqual([{ kind: 'temperature_reading', set: { what: '冷藏', c: '400' } }])
    expect(field(wrapper, 'c').text()).toContain('「温度」不大于 300 ℃')
    expect(document.activeElement).toBe(field(wrapper, 'c').get('input').element)
  })

  it('asks once whether something unlikely is right, and keeps it then', async () => {
    const { wrapper, asked, router } = await page({
      'entry.save': ({ sure = [] }: { sure?: string[] }) => {
        if (sure.length > 0) return { id: 'e1', version: 'v', created: true }
        const warnings = [
          { code: 'warm', level: 'ask', text: '冷藏温度过高吗', text_en: 'Too warm?', fields: ['c'] },
        ]
        throw new CommandError('confirm-value', 'Too warm?', 'c', { warnings })
      },
    })
    await choose(wrapper, 'what', '冷藏')
    await field(wrapper, 'c').get('input').setValue('9')
    await wrapper.get('form').trigger('submit')
    await flushPromises()
    expect(wrapper.text()).toContain('冷藏温度过高吗')
    await button(wrapper, '还是要存').trigger('click')
    await flushPromises()
    expect(asked('entry.save').at(-1)).toMatchObject({ sure: ['warm'] })
    expect(router.currentRoute.value.fullPath).toBe('/entries/e1?saved=new')
  })

  it('asks for the reason of a late row, and sends it along', async () => {
    const { wrapper, asked } = await page({
      'entry.save': ({ late_reason }: { late_reason?: string }) => {
        if (late_reason) return { id: 'e1', version: 'v', created: true }
        throw new CommandError('late-reason', 'it is late', 'late_reason')
      },
    })
    await choose(wrapper, 'what', '冷藏')
    await field(wrapper, 'c').get('input').setValue('4')
    await wrapper.get('form').trigger('submit')
    await flushPromises()
    const reason = wrapper.get('textarea')
    expect(wrapper.text()).toContain('为什么现在才登')
    await reason.setValue('停电，平板没电')
    await wrapper.get('form').trigger('submit')
    await flushPromises()
    expect(asked('entry.save').at(-1)).toMatchObject({ late_reason: '停电，平板没电' })
  })

  it('is saved by Ctrl and Enter from any field, and Enter alone goes on', async () => {
    const { wrapper, asked } = await page({ 'entry.save': { id: 'e1', version: 'v', created: true } })
    await choose(wrapper, 'what', '冷藏')
    const input = field(wrapper, 'c').get('input')
    await input.setValue('4')
    input.element.focus()
    await input.trigger('keydown', { key: 'Enter' })
    expect(asked('entry.save')).toEqual([])
    expect(document.activeElement?.textContent).toContain('保存')
    await input.trigger('keydown', { key: 'Enter', ctrlKey: true })
    await flushPromises()
    expect(asked('entry.save')).toHaveLength(1)
  })

  it('speaks English where the screen does', async () => {
    const { wrapper } = await page({}, 'en')
    expect(wrapper.get('h1').text()).toBe('New entry: Temperatures')
    expect(wrapper.text()).toContain('-60 to 300 ℃')
  })
})

describe('a row', () => {
  const take = actOf('take', '接班签字', { other: true, by: 'to', saw: true })
  const begin = actOf('begin', '到岗')
  const page = (part: Partial<Entry>, answers: object = {}) =>
    mounted(EntryPage, ['/entries/:id', '/entries/e1'], {
      'entry.get': entryOf('e1', {
        fields: { c: '9.5' },
        words: { c: { zh: '9.5 ℃', en: '9.5 °C' } },
        ...part,
      }),
      'entry.kinds': { kinds: [readings] },
      ...answers,
    })

  it('shows its values, the correction beside the original, and what looks wrong', async () => {
    const { wrapper } = await page({
      warnings: [{ code: 'w', level: 'finding', text: '冷藏温度过高', text_en: '', fields: ['c'] }],
      corrections: [
        {
          id: 'k',
          field: 'c',
          label: '温度',
          label_en: 'c',
          original: { zh: '95 ℃', en: null },
          value: { zh: '9.5 ℃', en: null },
          reason: '小数点',
          by: { id: 'li', name: '李敏' },
          at: 0,
          stands: true,
        },
      ],
    })
    const text = wrapper.get('[data-shown="c"]').text()
    for (const words of ['9.5 ℃', '95 ℃', '更正为 9.5 ℃', '小数点', '李敏']) expect(text).toContain(words)
    expect(wrapper.text()).toContain('冷藏温度过高')
  })

  it('says that a value is masked or gone, and offers no change of it', async () => {
    const kind = kindOf({ fields: [fieldOf('phone', 'PHONE'), fieldOf('id', 'LAST4')] })
    const { wrapper } = await page(
      { fields: { phone: { masked: 'last4', shown: '***1234' }, id: { gone: 'hold' } }, words: {} },
      { 'entry.kinds': { kinds: [kind] } },
    )
    expect(wrapper.get('[data-shown="phone"]').text()).toContain('***1234')
    expect(wrapper.get('[data-shown="phone"]').text()).toContain('已遮挡')
    expect(wrapper.get('[data-shown="id"]').text()).toContain('不在本平板')
    expect(wrapper.findAll('button').some((one) => one.text() === '修改')).toBe(false)
  })

  it('is acted on in one tap, which can be taken back at once', async () => {
    const { wrapper, asked } = await page(
      { acts: ['begin'], offers: [begin] },
      { 'entry.act': { id: 'e1', version: 'v:2', entry: 'a1' }, 'entry.undo': { id: 'e1', version: 'v:3' } },
    )
    await button(wrapper, '到岗').trigger('click')
    await flushPromises()
    expect(asked('entry.act')).toEqual([{ id: 'e1', act: 'begin', seen: 'v:1' }])
    expect(wrapper.text()).toContain('已记：到岗')
    await button(wrapper, '撤销').trigger('click')
    await flushPromises()
    expect(asked('entry.undo')).toEqual([{ id: 'e1', entry: 'a1' }])
  })

  it('says why an act does not count', async () => {
    const { wrapper } = await page(
      { acts: ['begin'], offers: [begin] },
      { 'entry.act': { id: 'e1', version: 'v:2', entry: 'a1', not_counted: 'already' } },
    )
    await button(wrapper, '到岗').trigger('click')
    await flushPromises()
    expect(wrapper.text()).toContain('到岗没有计入：已经有人先做了')
  })

  it('is signed by a colleague with a PIN of their own, without a switch', async () => {
    const { wrapper, asked } = await page(
      { offers: [take], fields: { to: 'wang' }, refs: { to: [{ id: 'wang', text: '王强', state: 'here' }] } },
      {
        'person.list': { people: [personRow({ id: 'wang', name: '王强', has_pin: true })], next: null },
        'person.vouch': ({ pin }: { pin?: string }) => {
          if (pin === '2345') return { voucher: 'proof', until: 1 }
          throw new CommandError('wrong-pin', 'wrong', 'pin', {})
        },
        'entry.act': { id: 'e1', version: 'v:2', entry: 'a1' },
      },
    )
    await button(wrapper, '由别人来做：接班签字').trigger('click')
    await overlaysSettled()
    expect(topDialog().text()).toContain('由王强本人签')
    await topDialog().get('form').trigger('submit')
    await flushPromises()
    const enter = async (pin: string) => {
      for (const key of pin) window.dispatchEvent(new KeyboardEvent('keydown', { key }))
      window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter' }))
      await flushPromises()
    }
    await enter('1111')
    expect(topDialog().text()).toContain('PIN 不对')
    await enter('2345')
    expect(asked('person.vouch').at(-1)).toEqual({
      person: 'wang',
      pin: '2345',
      record: 'e1',
      act: 'take',
      saw: 's',
    })
    expect(asked('entry.act')).toEqual([{ id: 'e1', act: 'take', seen: 'v:1', set: {}, as: 'proof' }])
    expect(asked('person.switch')).toEqual([])
  })

  it('keeps what does not count readable, with its reason and whose hand it was', async () => {
    const done = {
      entry: 'a1',
      act: 'take',
      label: '接班签字',
      label_en: 'Take over',
      by: { id: 'li', name: '李敏' },
      at: 0,
      words: {},
      outcome: 'not_counted' as const,
      not_counted: 'same_person',
      vouch: 'none' as const,
      changed_since: false,
      can_undo: false,
    }
    const { wrapper } = await page({
      history: [done, { ...done, entry: 'a2', outcome: 'applied', changed_since: true }],
    })
    const [first, second] = wrapper.findAll('[data-act]').map((row) => row.text())
    expect(first).toContain('未计入：要由另一个人来做')
    expect(first).toContain('未核验')
    expect(second).toContain('签字后有改动')
  })

  it('is corrected and made void with a reason', async () => {
    const { wrapper, asked } = await page(
      { correctable: ['c'], may_void: true },
      { 'entry.correct': entryOf('e1'), 'entry.void': entryOf('e1', { void: true }) },
    )
    await button(wrapper, '更正').trigger('click')
    await button(wrapper.get('[data-shown="c"]') as never, '更正').trigger('click')
    await overlaysSettled()
    const dialog = topDialog()
    await dialog.get('[data-field="c"] input').setValue('8.5')
    await dialog.get('textarea').setValue('看错了')
    await dialog.get('form').trigger('submit')
    await flushPromises()
    expect(asked('entry.correct')).toEqual([{ id: 'e1', reason: '看错了', field: 'c', value: '8.5' }])
  })
})

it('finds back to what was begun with a reason', () => {
  for (const one of [
    { what: 'correct', field: 'c' },
    { what: 'strike', act: 'a-1' },
    { what: 'void' },
  ] as const)
    expect(reasonOf(`entry.correct/${nameOf(one)}`)).toEqual(one)
  expect(reasonOf('entry.act/x.take')).toBeNull()
})
