import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { CommandError } from '@/backend'
import { addDays, dayIn } from '@/shared/format/day'
import { fakeBackend, type Answers } from '@/shared/testing/backend'
import { mountIn, overlaysSettled, topDialog } from '@/shared/testing/mount'
import CheckPage from './CheckPage.vue'
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
      after_signing: null,
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
      { key: 'created', label: '填表人', names: ['赵厨'] },
      { key: 'check', label: '审核人', names: [] },
    ],
    from: '2026-09-01',
    to: '2026-09-30',
    as_of: 1_788_229_800_000,
    signing: null,
    ...over,
  }
}

const entry = {
  sheet: 'waste',
  title: '废弃物处置',
  title_en: 'Waste',
  period: 'month',
  may_export: true,
  may_tell: true,
  has_places: false,
  since: null,
  places: null,
}

function paper(answers: Answers = {}, language: 'zh' | 'en' = 'zh') {
  const fake = fakeBackend({
    'sheet.list': { sheets: [entry] },
    'sheet.get': sheet(),
    'sheet.exports': { exports: [] },
    ...answers,
  })
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

const underWay = {
  export: 'e1',
  sheet: 'waste',
  title: '废弃物处置',
  title_en: 'Waste',
  as: 'csv',
  state: 'reading',
  done: 1_200,
  of: 3_000,
  problem: null,
}
describe('a file that takes longer', () => {
  /** The page with the exports that stand there; `set` changes them, and the page looks again in a moment. */
  async function page(first: object[]) {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    let exports = first
    const fake = paper({ 'sheet.exports': () => ({ exports }), 'sheet.stop': () => ({ exports: [] }) })
    const backend = {
      ...fake.frame.backend,
      sheetFile: vi.fn(async () => ({ export: 'e1' })),
      takeSheet: vi.fn(async () => {
        exports = []
        return { name: '废弃物处置.csv', path: '/home/zhao/下载/废弃物处置.csv' }
      }),
    }
    const { wrapper } = await mountIn(PaperPage, { ...fake.frame, backend })
    await flushPromises()
    const set = async (now: object[]) => {
      exports = now
      vi.advanceTimersByTime(500)
      await flushPromises()
    }
    const press = async (text: string) => {
      await wrapper
        .findAll('button')
        .find((button) => button.text() === text)
        ?.trigger('click')
      await flushPromises()
    }
    return { ...fake, backend, wrapper, set, press }
  }
  afterEach(() => vi.useRealTimers())

  it('tells its rows in figures, and is fetched by itself when it is whole', async () => {
    const { wrapper, backend, set } = await page([underWay])
    expect(wrapper.text()).toContain('正在读取：1200 / 3000 行')
    expect(wrapper.find('progress').attributes()).toMatchObject({ value: '1200', max: '3000' })
    await set([{ ...underWay, state: 'writing', done: 2_000 }])
    expect(wrapper.text()).toContain('正在写入：2000 / 3000 行')
    expect(backend.takeSheet).not.toHaveBeenCalled()
    await set([{ ...underWay, state: 'ready', done: 3_000 }])
    expect(backend.takeSheet).toHaveBeenCalledExactlyOnceWith('e1')
    expect(wrapper.find('.exports [role=status]').text()).toBe('已存到：/home/zhao/下载/废弃物处置.csv')
    expect(wrapper.find('progress').exists()).toBe(false)
  })

  it('waits for who left the page and comes back, and is fetched by a press', async () => {
    const { wrapper, backend, press } = await page([{ ...underWay, state: 'ready' }])
    expect(wrapper.text()).toContain('已生成，还没有取走')
    expect(backend.takeSheet).not.toHaveBeenCalled()
    await press('取文件')
    expect(backend.takeSheet).toHaveBeenCalledExactlyOnceWith('e1')
  })

  it('is stopped by a press', async () => {
    const { wrapper, calls, press } = await page([underWay])
    await press('停止')
    expect(calls.filter(({ name }) => name === 'sheet.stop').map(({ args }) => args)).toEqual([
      { export: 'e1' },
    ])
    expect(wrapper.find('progress').exists()).toBe(false)
  })

  it('that came to nothing says why and what to do', async () => {
    const { wrapper } = await page([{ ...underWay, state: 'failed', problem: 'limit-exceeded' }])
    for (const part of ['没有导出成', '超过两万行', '可以缩短日期后再导出一次'])
      expect(wrapper.find('.exports').text()).toContain(part)
  })

  it('that is gone by now says so, and what to do', async () => {
    const { wrapper, backend, press } = await page([{ ...underWay, state: 'ready' }])
    backend.takeSheet.mockRejectedValueOnce(new CommandError('not-found', 'gone'))
    await press('取文件')
    expect(wrapper.find('.exports [role=alert]').text()).toContain('请再导出一次')
  })
})

describe('the text for a chat', () => {
  const answers = { 'sheet.text': { text: '【值班】\n1. 岗位：东门岗', rows: 1 } }
  async function copied(clipboard: unknown) {
    Object.defineProperty(navigator, 'clipboard', { value: clipboard, configurable: true })
    const { wrapper } = await mountIn(PaperPage, paper(answers).frame)
    await flushPromises()
    await wrapper
      .findAll('button')
      .find((button) => button.text() === '复制文字')
      ?.trigger('click')
    await flushPromises()
    return wrapper
  }

  it('is copied by one tap, which says so and shows what was copied', async () => {
    const writeText = vi.fn(async () => {})
    const wrapper = await copied({ writeText })
    expect(writeText).toHaveBeenCalledExactlyOnceWith('【值班】\n1. 岗位：东门岗')
    expect(wrapper.find('.actions [role=status]').text()).toContain('已复制')
    expect(wrapper.find('pre').text()).toContain('岗位：东门岗')
  })

  it('is shown to be copied by hand where there is no clipboard', async () => {
    const wrapper = await copied(undefined)
    expect(wrapper.find('.actions [role=status]').text()).toContain('没能放进剪贴板')
    expect(wrapper.find('pre').text()).toContain('【值班】')
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
