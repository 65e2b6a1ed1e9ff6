import { flushPromises } from '@vue/test-utils'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { CommandError, type Strokes } from '@/backend'
import { closeOverlays } from '@/shared/state/overlays'
import { overlaysSettled, topDialog } from '@/shared/testing/mount'
import { personRow } from '@/shared/testing/rows'
import { actOf, entryOf, fieldOf, kindOf } from '../testing'
import { button, mounted, parts, readings } from '../testing-page'
import type { Entry } from '../types'
import { isBegunBeside, useBeside } from './beside'
import EntryPage from './EntryPage.vue'
import { nameOf, reasonOf } from './reasoned'

Element.prototype.scrollIntoView ??= () => {}
beforeEach(() => void (document.body.innerHTML = ''))
beforeAll(parts, 60_000)

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

  it('names and counts what only a newer app can show, and shows none of it', async () => {
    const { wrapper } = await page({ hidden: 2, hidden_names: ['ozone', 'acts/seal'] })
    expect(wrapper.text()).toContain('还有 2 项是新版应用写的，需要更新应用才能看：ozone · acts/seal。')
  })

  it('that is moved back in time says why it is so late, as a new one does', async () => {
    const { wrapper, asked } = await page(
      { editable: ['c'] },
      {
        'entry.save': ({ late_reason }: { late_reason?: string }) => {
          if (late_reason) return { id: 'e1', version: 'v2', created: false }
          throw new CommandError('late-reason', 'it is late', 'late_reason')
        },
      },
    )
    await button(wrapper, '修改').trigger('click')
    await flushPromises()
    await wrapper.get('[data-field="c"] input').setValue('4')
    await wrapper.get('form').trigger('submit')
    await flushPromises()
    await wrapper.get('textarea').setValue('抄错了时间')
    await wrapper.get('form').trigger('submit')
    await flushPromises()
    expect(asked('entry.save').at(-1)).toMatchObject({ id: 'e1', late_reason: '抄错了时间' })
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

  it('shows both values where two people wrote differently, and where to decide', async () => {
    const side = (index: number, text: string, name: string) => ({
      index,
      text,
      text_en: text,
      value: text,
      by: { id: name, name },
      at: 0,
      counts: index === 0,
      device: 'd',
      device_name: null,
      figure: null,
      is_here: false,
      passed: null,
      unit: null,
    })
    const { wrapper } = await page({ conflicts: { c: [side(0, '9.5 ℃', '李敏'), side(1, '8.5 ℃', '王强')] } })
    const shown = wrapper.get('[data-shown="c"] .conflict')
    for (const words of ['两个人写得不一样', '9.5 ℃（李敏', '8.5 ℃（王强'])
      expect(shown.text()).toContain(words)
    expect(shown.get('a').attributes('href')).toBe('/conflicts/e1')
  })

  it('is corrected cell by cell where it holds a table', async () => {
    const items = fieldOf('items', 'ROWS', {
      columns: [fieldOf('counted', 'COUNT', { label: '实有' })],
      lines: [{ key: '钥匙', cells: {} }],
    })
    const { wrapper, asked } = await page(
      { fields: { items: { 钥匙: { counted: 4 } } }, correctable: ['items'] },
      { 'entry.kinds': { kinds: [kindOf({ fields: [items] })] }, 'entry.correct': entryOf('e1') },
    )
    await button(wrapper, '更正').trigger('click')
    await button(wrapper.get('[data-shown="items"]') as never, '更正').trigger('click')
    await overlaysSettled()
    await topDialog().get('[data-field="counted"] input').setValue('5')
    await topDialog().get('textarea').setValue('少数了一把')
    await topDialog().get('form').trigger('submit')
    await flushPromises()
    expect(asked('entry.correct')).toEqual([
      { id: 'e1', reason: '少数了一把', field: 'items/钥匙/counted', value: '5' },
    ])
  })

  it('keeps what a colleague began beside who works while the page stands, says so, and stores none of it', async () => {
    const refuse = actOf('refuse', '拒绝接班', {
      other: true,
      asks: [fieldOf('reason', 'TXT', { label: '原因', needed: true })],
    })
    const { wrapper, asked } = await page(
      { offers: [refuse] },
      { 'person.list': { people: [personRow({ id: 'wang', name: '王强', has_pin: true })], next: null } },
    )
    await button(wrapper, '由别人来做：拒绝接班').trigger('click')
    await overlaysSettled()
    await topDialog().get('[data-field="reason"] input').setValue('没有交钥匙')
    await closeOverlays()
    await overlaysSettled()
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(asked('draft.save')).toEqual([])
    const leaving = new Event('beforeunload', { cancelable: true })
    window.dispatchEvent(leaving)
    expect(leaving.defaultPrevented).toBe(true)
    await button(wrapper, '尚未写完，接着写：拒绝接班').trigger('click')
    await overlaysSettled()
    const reason = () => topDialog().get<HTMLInputElement>('[data-field="reason"] input')
    expect(reason().element.value).toBe('没有交钥匙')
    await reason().setValue('')
  })

  it('offers a signature again under the row as its signer saw it, and under no other', async () => {
    const sign = actOf('take', '接班签字', { other: true, asks: [fieldOf('sig', 'SIG', { needed: true })] })
    const place = { person: 'li', record: 'e1', act: 'take' }
    const initial = () => ({ sig: [] as Strokes, '#who': '' })
    const open = (saw: string) => useBeside(place, { saw, initial: initial(), signatures: ['sig'] })
    open('s').values['sig'] = [[[1, 1]]]
    expect(open('s').values['sig']).toEqual([[[1, 1]]])
    const { wrapper } = await page({ offers: [sign] })
    expect(wrapper.text()).toContain('尚未签完，接着签：接班签字')
    const after = open('another')
    expect(after.values['sig']).toEqual([])
    expect(isBegunBeside(place)).toBe(false)
    after.done()
  })

  it('opens what the address says was begun, for who may do it', async () => {
    const answers = (part: Partial<Entry>) => ({
      'entry.get': entryOf('e1', { fields: { c: '9.5' }, ...part }),
      'entry.kinds': { kinds: [readings] },
    })
    const at = ['/entries/:id', '/entries/e1?unfinished=entry.correct%2Fcorrect.c'] as [string, string]
    await mounted(EntryPage, at, answers({ correctable: [] }))
    expect(document.querySelector('[role=dialog]')).toBeNull()
    await mounted(EntryPage, at, answers({ correctable: ['c'] }))
    expect(topDialog().text()).toContain('更正：温度')
  })

  it('offers an act of somebody else in the office too', async () => {
    const { wrapper } = await page(
      { offers: [take] },
      {
        'door.get': {
          door: 'office',
          version: '1',
          organisation: { id: 'o', name: '园' },
          account: { id: 'a', name: '陈', person: 'chen', must_begin: false, must_change_password: false },
        },
      },
    )
    expect(wrapper.text()).toContain('由别人来做：接班签字')
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
