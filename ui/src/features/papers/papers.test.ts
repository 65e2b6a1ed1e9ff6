import { flushPromises } from '@vue/test-utils'
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { CommandError } from '@/backend'
import { dayIn } from '@/shared/format/day'
import type { Answers } from '@/shared/testing/backend'
import { mountIn, overlaysSettled, topDialog } from '@/shared/testing/mount'
import CheckPage from './CheckPage.vue'
import { daysOf } from './days'
import { hasOthers, linesOf, mainColumns } from './lines'
import PaperPage from './PaperPage.vue'
import PapersPage from './PapersPage.vue'
import { entry, paper, sheet } from './testing'
import type { Sheet } from './types'

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

  it('tell the day above them once, and a row that came later its own', () => {
    const [day] = sheet().columns
    const columns = [{ ...day!, key: 'day', type: 'date', main: false }, ...sheet().columns.slice(0, 2)]
    const rows = [
      ['2026-09-01', '09:00', '35'],
      ['2026-09-03', '09:00', '12'],
    ]
    const dayed = sheet({ shape: 'day', columns, rows })
    expect(hasOthers(dayed)).toBe(false)
    const lines = sheet().lines.map((line, at) => ({
      ...line,
      after_signing: at === 1 ? (['2026-09-03 09:00', '2026-09-04 10:00'] as [string, string]) : null,
    }))
    const late = linesOf({ ...dayed, lines }).at(-1)
    expect(late?.kind === 'row' && late.others.map(({ text }) => text)).toEqual(['2026-09-03'])
    expect(hasOthers(sheet({ columns, rows }))).toBe(true)
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
    // On the first day of a month the day before lies in none that is shown.
    vi.useFakeTimers({ now: Date.parse('2026-11-24T09:00:00+08:00'), toFake: ['Date'] })
    onTestFinished(() => void vi.useRealTimers())
    const now = dayIn(Date.now(), 'Asia/Shanghai')
    // Of a day before it the month would begin first, on its first day.
    const own = { ...entry, since: now }
    const { frame, calls } = paper({ 'sheet.list': { sheets: [own] } })
    await mountIn(PaperPage, frame)
    await flushPromises()
    const asked = calls.filter(({ name }) => name === 'sheet.get').map(({ args }) => args)
    expect(asked).toEqual([expect.objectContaining({ from: now, to: now })])
  })

  it('gives the file under its own name, and an unmasked one only for a purpose', async () => {
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
    await overlaysSettled()
    const dialog = topDialog()
    const box = dialog.find('input[type=checkbox]')
    await box.setValue(true)
    await dialog.find('form').trigger('submit')
    expect(sheetFile).not.toHaveBeenCalled()
    await box.setValue(false)
    await dialog.find('form').trigger('submit')
    await flushPromises()
    expect(sheetFile).toHaveBeenCalledWith(
      expect.objectContaining({ sheet: 'waste', as: 'xlsx', language: 'en', full: false }),
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

  it('of one finding has no days to choose, and leads back to the finding', async () => {
    const slip = { ...entry, sheet: 'repair/f1', title: '报修单', title_en: 'Repair slip', period: 'one' }
    const { frame, calls } = paper({ 'sheet.list': { sheets: [slip] } })
    const { wrapper } = await mountIn(PaperPage, { ...frame, path: '/papers/repair/f1' })
    await flushPromises()
    expect(calls.find(({ name }) => name === 'sheet.list')?.args).toEqual({ sheet: 'repair/f1' })
    expect(calls.find(({ name }) => name === 'sheet.get')?.args).toEqual({
      sheet: 'repair/f1',
      language: 'zh',
    })
    expect(wrapper.findAll('[role=radio]')).toEqual([])
    expect(wrapper.find('.choices').text()).not.toContain('本月')
    expect(wrapper.html()).toContain('/findings/f1')
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

const signing = {
  paper: 'p',
  saw: 's',
  may_sign: true,
  revision: 2,
  code: 'RP1.A.2.B.2',
  qr: '<svg></svg>',
  signatures: [
    {
      role: 'check',
      by: { id: 'w', name: '王校长' },
      at: 1_788_229_800_000,
      how: 'none',
      strokes: [
        [
          [0, 0],
          [9, 9],
        ],
      ],
    },
  ],
  since: { rows: 1, corrected: 2, void: 0 },
} satisfies Sheet['signing']

describe('a signed paper', () => {
  it('bears its code, its hands, and what has changed since', async () => {
    const { frame } = paper({ 'sheet.get': sheet({ signing }) })
    const { wrapper } = await mountIn(PaperPage, frame)
    await flushPromises()
    const article = wrapper.find('article')
    expect(article.find('thead img').attributes('alt')).toBe('RP1.A.2.B.2')
    expect(article.find('figure svg').exists()).toBe(true)
    for (const part of ['王校长', '未核验', '第 2 版已签', '签字后：新增 1 行，更正 2 处，作废 0 行'])
      expect(article.text()).toContain(part)
  })

  it('says so where nobody can tell what has changed', async () => {
    const { frame } = paper({ 'sheet.get': sheet({ signing: { ...signing, since: null } }) })
    const { wrapper } = await mountIn(PaperPage, frame)
    await flushPromises()
    expect(wrapper.find('article').text()).toContain('看不出签字后有没有改动')
  })

  it('has the rows that came later at its end, with both times', () => {
    const lines = sheet().lines.map((line, at) => ({
      ...line,
      after_signing: at === 0 ? (['2026-09-01 08:00', '2026-09-04 10:00'] as [string, string]) : null,
    }))
    const order = linesOf(sheet({ lines }))
    expect(order.map(({ key }) => key)).toEqual(['gap-0', 'row-1', 'after', 'row-0'])
    const last = order.at(-1)
    expect(last?.kind === 'row' && last.after?.[1]).toBe('2026-09-04 10:00')
  })

  it('is written down when it is printed, by whatever way', async () => {
    const { frame, calls } = paper()
    const { wrapper } = await mountIn(PaperPage, frame)
    await flushPromises()
    window.dispatchEvent(new Event('beforeprint'))
    const printed = () => calls.filter(({ name }) => name === 'sheet.printed')
    expect(printed().map(({ args }) => args)).toEqual([expect.objectContaining({ sheet: 'waste' })])
    wrapper.unmount()
    window.dispatchEvent(new Event('beforeprint'))
    expect(printed()).toHaveLength(1)
  })
})

describe('comparing a page', () => {
  const content = {
    title: '废弃物处置',
    organisation: null,
    campus: '东校区',
    place: null,
    from: '2026-09-01',
    to: '2026-09-01',
    columns: ['数量(kg)'],
    rows: [['35']],
    gaps: 0,
    corrected: 0,
    void: 0,
    signatures: [{ name: '王校长', at: 1_788_229_800_000, how: 'pin' }],
  }
  async function check(answer: Answers['paper.check']) {
    const { frame } = paper({ 'paper.check': answer })
    const { wrapper } = await mountIn(CheckPage, { ...frame, path: '/papers/check' })
    await wrapper.find('input').setValue('rp1.a.1.b.1')
    await wrapper.find('form').trigger('submit')
    await flushPromises()
    return wrapper
  }
  const known = { paper: 'p', revision: 1, rows: 1 }

  it('shows what is held, and always what that does not prove', async () => {
    const wrapper = await check({ ...known, state: 'same', last: 2, content })
    for (const part of ['本平板存有这一版', '第 2 版', '35', '王校长', '不能证明写的是真的'])
      expect(wrapper.text()).toContain(part)
  })

  it('calls what is not here unknown and never forged', async () => {
    const wrapper = await check({ ...known, state: 'unknown', last: null, content: null })
    expect(wrapper.text()).toContain('本平板没有这份')
    expect(wrapper.text()).not.toContain('伪造')
  })

  it('says of what is no code that it is none', async () => {
    const wrapper = await check(() => {
      throw new CommandError('bad-arguments', 'no code', 'code')
    })
    expect(wrapper.find('[role=alert]').text()).toContain('应以 RP1 开头')
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
