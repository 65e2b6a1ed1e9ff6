import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { CommandError } from '@/backend'
import type { Language } from '@/shared/state/look'
import RegistersPage from './all/RegistersPage.vue'
import NewEntryPage from './form/NewEntryPage.vue'
import { fieldOf, kindOf, rowOf } from './testing'
import { button, mounted, parts, readings } from './testing-page'
import type { Kind } from './types'

Element.prototype.scrollIntoView ??= () => {}
beforeEach(() => void (document.body.innerHTML = ''))
beforeAll(parts, 60_000)

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

  it('begins with what the page knows that led here, never with a measured value, and leads back to it', async () => {
    const { wrapper, router, asked } = await mounted(
      NewEntryPage,
      [
        '/registers/:kind/new',
        '/registers/temperature_reading/new?what=中心温度&dish=冬瓜汤&c=80&then=%2Fmeals%2F2026-11-23~午餐',
      ],
      { 'entry.kinds': { kinds: [readings] }, 'entry.save': { id: 'e', version: '1', created: true } },
    )
    const input = (name: string) => field(wrapper, name).get('input').element as HTMLInputElement
    expect(input('dish').value).toBe('冬瓜汤')
    expect(input('c').value).toBe('')
    await field(wrapper, 'c').get('input').setValue('78')
    await wrapper.get('form').trigger('submit')
    await flushPromises()
    expect(asked('entry.save')[0]).toMatchObject({ set: { what: '中心温度', dish: '冬瓜汤', c: '78' } })
    expect(decodeURIComponent(router.currentRoute.value.path)).toBe('/meals/2026-11-23~午餐')
  })

  it('begins like another row, without what is measured and with what the address says instead', async () => {
    const { wrapper } = await mounted(
      NewEntryPage,
      ['/registers/:kind/new', '/registers/temperature_reading/new?like=r&dish='],
      {
        'entry.kinds': { kinds: [readings] },
        'entry.get': { id: 'r', fields: { what: '冷藏', dish: '冬瓜汤', c: '4', at: 1 }, refs: {} },
      },
    )
    const chosen = field(wrapper, 'what').get('input:checked').element as HTMLInputElement
    expect(chosen.value).toBe('冷藏')
    expect((field(wrapper, 'c').get('input').element as HTMLInputElement).value).toBe('')
    await choose(wrapper, 'what', '中心温度')
    expect((field(wrapper, 'dish').get('input').element as HTMLInputElement).value).toBe('')
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

  it('shows what was typed into a field that was retired meanwhile as text to copy, and saves it nowhere', async () => {
    const smell = fieldOf('smell', 'TXT', { label: '气味', retired: true })
    const set = { what: '冷藏', c: '4', smell: '有异味' }
    const { wrapper, asked } = await page({
      'entry.kinds': { kinds: [{ ...readings, fields: [...readings.fields, smell] }] },
      'draft.get': { draft: { declared: 1, seen: null, base: {}, set, at: 5 } },
      'entry.save': { id: 'e1', version: 'v', created: true },
    })
    expect(wrapper.find('[data-field="smell"]').exists()).toBe(false)
    expect(wrapper.text()).toContain('可以复制：有异味')
    await wrapper.get('form').trigger('submit')
    await flushPromises()
    expect(asked('entry.save')).toEqual([{ kind: 'temperature_reading', set: { what: '冷藏', c: '4' } }])
  })

  it('speaks English where the screen does', async () => {
    const { wrapper } = await page({}, 'en')
    expect(wrapper.get('h1').text()).toBe('New entry: Temperatures')
    expect(wrapper.text()).toContain('-60 to 300 ℃')
  })
})
