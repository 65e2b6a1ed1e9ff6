import { flushPromises } from '@vue/test-utils'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { CommandError } from '@/backend'
import { addDays, dayIn } from '@/shared/format/day'
import { fakeBackend, type Answers } from '@/shared/testing/backend'
import { mountIn } from '@/shared/testing/mount'
import { daysOf } from './days'
import { hasOthers, linesOf, mainColumns } from './lines'
import PaperPage from './PaperPage.vue'
import PapersPage from './PapersPage.vue'
import type { Sheet } from './types'

const column = (key: string, main = true) => ({ key, label: key, type: 'text', main })

function sheet(over: Partial<Sheet> = {}): Sheet {
  return {
    sheet: 'waste',
    title: '废弃物处置',
    shape: 'ledger',
    landscape: false,
    head: [{ label: '单位', text: '阳光幼儿园' }],
    columns: [column('at'), column('kg'), column('note', false)],
    rows: [
      ['2026-09-01 09:00', '35', null],
      ['2026-09-03 09:00', null, '=1+1'],
    ],
    lines: ['2026-09-01', '2026-09-03'].map((day) => ({
      id: null,
      day,
      late: day.endsWith('3'),
      conflict: false,
    })),
    gaps: [{ day: '2026-09-02', until: null, what: '大一班' }],
    gaps_until: '2026-09-02',
    corrections: [
      {
        row: 1,
        column: 'kg',
        original: '53 kg',
        value: '35',
        reason: '写反',
        by: '赵厨',
        at: '2026-09-01 10:00',
        conflict: false,
      },
    ],
    void: 1,
    newer: 0,
    foot: '共 2 行，作废 1 行未列',
    signatures: [
      { label: '填表人', names: ['赵厨'] },
      { label: '审核人', names: [] },
    ],
    from: '2026-09-01',
    to: '2026-09-30',
    as_of: 1_788_229_800_000,
    ...over,
  }
}

const entry = {
  sheet: 'waste',
  title: '废弃物处置',
  title_en: 'Waste',
  period: 'month',
  may_export: true,
  has_places: false,
  since: null,
  places: null,
}

function paper(answers: Answers = {}, language: 'zh' | 'en' = 'zh') {
  const fake = fakeBackend({ 'sheet.list': { sheets: [entry] }, 'sheet.get': sheet(), ...answers })
  const frame = { backend: fake.backend, path: '/papers/waste', route: '/papers/:sheet(.+)', language }
  return { ...fake, frame }
}

beforeEach(() => {
  document.body.innerHTML = ''
})

describe('the lines of a page', () => {
  it('give a day that nobody wrote its place among the rows', () => {
    expect(linesOf(sheet()).map((line) => line.key)).toEqual(['row-0', 'gap-0', 'row-1'])
  })

  it('stand under their days on a day sheet', () => {
    const days = linesOf(sheet({ shape: 'day' })).filter((line) => line.kind === 'head')
    expect(days.map((line) => 'day' in line && line.day)).toEqual(['2026-09-01', '2026-09-02', '2026-09-03'])
  })

  it('keep what has no column of its own, and mark what was corrected', () => {
    expect(mainColumns(sheet()).map(({ key }) => key)).toEqual(['at', 'kg'])
    expect(hasOthers(sheet())).toBe(true)
    const [first, , last] = linesOf(sheet())
    expect(first?.kind === 'row' && first.cells.map((cell) => cell.isCorrected)).toEqual([false, true])
    expect(last?.kind === 'row' && [last.others[0]?.text, last.isLate]).toEqual(['=1+1', true])
  })
})

describe('the days of a period', () => {
  it('have both ends', () => {
    const own = { from: '', to: '' }
    expect(daysOf('week', '2026-09-06', own)).toEqual({ from: '2026-08-31', to: '2026-09-06' })
    expect(daysOf('month', '2026-02-10', own)).toEqual({ from: '2026-02-01', to: '2026-02-28' })
    expect(daysOf('own', '2026-02-10', own)).toBeNull()
    expect(daysOf('all', '2026-02-10', own)).toBeNull()
  })
})

describe('the page of a paper', () => {
  it('shows what is printed, with gaps, corrections, signatures and the number of rows', async () => {
    const { frame, calls } = paper()
    const { wrapper } = await mountIn(PaperPage, frame)
    await flushPromises()
    const text = wrapper.find('article').text()
    for (const part of [
      '阳光幼儿园',
      '—— 未记录 2026-09-02 大一班',
      '共 2 行，作废 1 行未列',
      '53 kg → 35',
      '补录',
      '填表人 赵厨',
    ])
      expect(text).toContain(part)
    const asked = calls.find(({ name }) => name === 'sheet.get')?.args as { from: string; to: string }
    expect([asked.from.slice(-2), asked.to > asked.from]).toEqual(['01', true])
  })

  it('begins with the days that the person sees all of', async () => {
    const now = dayIn(Date.now(), 'Asia/Shanghai')
    const own = { ...entry, since: addDays(now, -1) }
    const { frame, calls } = paper({ 'sheet.list': { sheets: [own] } })
    await mountIn(PaperPage, frame)
    await flushPromises()
    const asked = calls.filter(({ name }) => name === 'sheet.get').map(({ args }) => args)
    expect(asked).toEqual([expect.objectContaining({ from: addDays(now, -1), to: now })])
  })

  it('offers no file behind a door that has none, and says so', async () => {
    const { wrapper } = await mountIn(PaperPage, paper().frame)
    await flushPromises()
    expect(wrapper.text()).toContain('这个窗口只能打印')
    expect(wrapper.text()).not.toContain('导出 Excel')
  })

  it('gives the file under its own name', async () => {
    const { frame } = paper({}, 'en')
    const sheetFile = vi.fn(async () => ({ name: 'waste.xlsx', bytes: new Blob(['PK']) }))
    URL.createObjectURL = vi.fn(() => 'blob:1')
    const clicked = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => {})
    const { wrapper } = await mountIn(PaperPage, { ...frame, backend: { ...frame.backend, sheetFile } })
    await flushPromises()
    await wrapper
      .findAll('button')
      .find((button) => button.text() === 'Export to Excel')
      ?.trigger('click')
    await flushPromises()
    expect(sheetFile).toHaveBeenCalledWith(
      expect.objectContaining({ sheet: 'waste', as: 'xlsx', language: 'en' }),
    )
    expect(clicked).toHaveBeenCalledOnce()
    clicked.mockRestore()
  })

  it('shows nothing of other days when those that are asked for are refused', async () => {
    const { frame } = paper({
      'sheet.get': () => {
        throw new CommandError('not-allowed', 'not every row')
      },
    })
    const { wrapper } = await mountIn(PaperPage, frame)
    await flushPromises()
    expect(wrapper.find('article').exists()).toBe(false)
    expect(wrapper.find('[role=alert]').exists()).toBe(true)
  })

  it('says of a paper that is not for the person that it is not', async () => {
    const { wrapper } = await mountIn(PaperPage, paper({ 'sheet.list': { sheets: [] } }).frame)
    await flushPromises()
    expect(wrapper.text()).toContain('没有这份表册')
  })

  it('strikes empty cells of an empty paper nowhere and says that nothing was recorded', async () => {
    const empty = sheet({ rows: [], lines: [], gaps: [], corrections: [], foot: '共 0 行' })
    const { wrapper } = await mountIn(PaperPage, paper({ 'sheet.get': empty }).frame)
    await flushPromises()
    expect(wrapper.find('article').text()).toContain('这段时间没有记录')
    expect(wrapper.findAll('.none')).toHaveLength(0)
  })
})

describe('the list of papers', () => {
  it('leads to each of them, and says why there is none', async () => {
    const { frame } = paper()
    const { wrapper } = await mountIn(PapersPage, { ...frame, path: '/papers' })
    await flushPromises()
    expect(wrapper.find('a[href="/papers/waste"]').text()).toContain('废弃物处置')
    const none = await mountIn(PapersPage, {
      ...paper({ 'sheet.list': { sheets: [] } }).frame,
      path: '/papers',
    })
    await flushPromises()
    expect(none.wrapper.text()).toContain('一份表册要么完整')
  })
})
