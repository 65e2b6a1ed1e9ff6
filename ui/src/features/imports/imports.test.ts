import { flushPromises } from '@vue/test-utils'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { CommandError } from '@/backend'
import { fakeBackend, type Answers } from '@/shared/testing/backend'
import { mountIn } from '@/shared/testing/mount'
import ImportPage from './ImportPage.vue'
import type { Plan, PlanLine } from './types'

const line = (row: number, state: PlanLine['state'], over: Partial<PlanLine> = {}): PlanLine => ({
  row,
  state,
  title: `供货商 ${row}`,
  id: null,
  changes: [],
  problems: [],
  ...over,
})
const change = {
  field: 'goods',
  label: '供应品类',
  label_en: 'Goods',
  before: '蔬菜',
  before_en: '蔬菜',
  after: '肉',
  after_en: '肉',
}
const problem = { cell: 'F3', field: 'status', zh: '「状态」不在可选范围内', en: 'Status is not an option' }
const plan = (lines: readonly PlanLine[]): Plan => ({
  new: 1,
  changed: 1,
  unchanged: 0,
  refused: [],
  plan: 'a-plan',
  plan_until: 1,
  import: null,
  undo_until: null,
  lines: [...lines],
})
const kinds = [
  { kind: 'supplier', name: '供货商', name_en: 'Suppliers', heads: ['名称'], heads_en: ['Name'] },
]

async function page(importFile: () => Promise<Plan>, answers: Answers = {}) {
  const fake = fakeBackend({ 'entry.imports': { kinds, imports: [] }, ...answers })
  const { wrapper } = await mountIn(ImportPage, {
    backend: { ...fake.backend, importFile },
    path: '/imports',
  })
  await flushPromises()
  const input = wrapper.find<HTMLInputElement>('input[type=file]')
  Object.defineProperty(input.element, 'files', {
    value: [new File(['PK'], '供货商.xlsx')],
    configurable: true,
  })
  Object.defineProperty(input.element, 'value', { value: '', writable: true, configurable: true })
  await input.trigger('change')
  await flushPromises()
  const button = (text: string) => wrapper.findAll('button').find((one) => one.text() === text)
  return { ...fake, wrapper, button }
}

beforeEach(() => {
  document.body.innerHTML = ''
})

describe('a file that was read', () => {
  it('shows line by line what it would do, and is carried out only once no refused line is left', async () => {
    const lines = [
      line(2, 'changed', { changes: [change] }),
      line(3, 'refused', { problems: [problem] }),
      line(4, 'new'),
    ]
    const answer = { ...plan([]), plan: null, import: 'i' }
    const { wrapper, calls, button } = await page(async () => plan(lines), { 'entry.import': answer })
    for (const part of ['供货商.xlsx', '蔬菜', '肉', 'F3', '「状态」不在可选范围内'])
      expect(wrapper.text()).toContain(part)
    expect(button('照此导入')?.attributes('disabled')).toBeDefined()
    await button('不要这些行')?.trigger('click')
    await wrapper.findAll<HTMLInputElement>('tbody input')[2]?.setValue(false)
    await button('照此导入')?.trigger('click')
    await flushPromises()
    expect(calls.find(({ name }) => name === 'entry.import')?.args).toEqual({ plan: 'a-plan', skip: [3, 4] })
    expect(wrapper.text()).toContain('已导入')
  })

  it('cannot be carried out when it changes nothing', async () => {
    const { button } = await page(async () => plan([line(2, 'unchanged')]))
    expect(button('照此导入')?.attributes('disabled')).toBeDefined()
  })
})

it('a file that is refused says why, with the cell', async () => {
  const refused = new CommandError('bad-file', 'E2', 'file', {
    zh: 'E2: 单元格里是公式',
    en: 'E2: a formula',
  })
  const { wrapper } = await page(vi.fn(async () => Promise.reject(refused)))
  expect(wrapper.find('[role=alert]').text()).toContain('E2: 单元格里是公式')
})

it('an import is taken back after a second look, and what was left alone is named', async () => {
  const done = {
    import: 'i',
    kind: 'supplier',
    by: { id: 'w', name: '王' },
    at: 1,
    until: 2,
    made: 3,
    changed: 0,
  }
  const undone = { voided: 3, restored: 0, kept: [{ id: 'r', title: '清泉', label: '供应品类' }] }
  const { calls, wrapper, button } = await page(async () => plan([]), {
    'entry.imports': { kinds, imports: [done] },
    'entry.import_undo': undone,
  })
  await button('撤销')?.trigger('click')
  expect(calls.some(({ name }) => name === 'entry.import_undo')).toBe(false)
  await button('确定撤销')?.trigger('click')
  await flushPromises()
  expect(wrapper.text()).toContain('作废 3 条')
  expect(wrapper.text()).toContain('清泉 供应品类')
})
