/**
 * `cargo xtask bench ui`: how long a person waits, with 50,000 records and a processor slowed four times.
 *
 * Every figure stands beside the same act on the small demo store, measured in the same run.
 */
import { spawnSync } from 'node:child_process'
import { gzipSync } from 'node:zlib'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, type Browser, type Page } from '@playwright/test'
import { go, openTablet } from '../support/page'
import { program } from '../support/programs'
import { OPEN_CHECK, PEOPLE, School, type Tablet } from '../support/school'
import { TestWindow } from '../support/window'

const RECORDS = Number(process.env['ROUNDS_BENCH_RECORDS'] ?? 50_000)
const SLOWED = 4
const TIMES = Number(process.env['ROUNDS_BENCH_TIMES'] ?? 20)
const DAY_MS = 86_400_000

interface Row {
  act: string
  aim: string
  small: number[]
  large: number[]
}

const p95 = (times: number[]) =>
  [...times].sort((a, b) => a - b)[Math.ceil(times.length * 0.95) - 1] ?? Number.NaN
const median = (times: number[]) =>
  [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN
const ms = (value: number) => `${value.toFixed(0)} ms`

/** Adds records until the store holds as many as a large school has after years: inspections, and findings among them. */
async function fill(tablet: Tablet, count: number): Promise<void> {
  const { campuses } = await tablet.call<{ campuses: { id: string }[] }>('campus.list')
  const campus = campuses[0]?.id
  const lines: string[] = []
  for (let n = 0; n < count; n += 1) {
    const at = Date.now() - (n % 1_500) * DAY_MS - n * 997
    const day = new Date(at).toISOString().slice(0, 10)
    const head = { created: { at, by: PEOPLE.fso.id }, occurred_at: at, recorded_at: at, business_date: day }
    const isFinding = n % 5 === 4
    const set = isFinding
      ? {
          ...head,
          description: `第 ${n} 处灯管不亮`,
          severity: `L${(n % 3) + 1}`,
          source: 'report',
          found_at: at,
          found_by: PEOPLE.fso.id,
          due: at + 3 * DAY_MS,
        }
      : {
          ...head,
          template: 'T01@1',
          mode: 'routine',
          [`people/${PEOPLE.fso.id}`]: at,
          'answers/T01.01/result': 'pass',
          'answers/T01.02/result': 'pass',
          'answers/T01.07/result': [{ v: '74.2', of: '红烧肉' }],
          'answers/T01.12/note': `第 ${n} 次检查`,
          [`submits/${PEOPLE.fso.id}`]: at + 600_000,
        }
    lines.push(JSON.stringify({ kind: isFinding ? 'finding' : 'inspection', scope: campus, set }))
  }
  const args = ['--store', tablet.store, '--as', PEOPLE.fso.id, 'call', 'record.save', '-']
  const done = spawnSync(program('rounds'), args, {
    input: lines.join('\n'),
    maxBuffer: 1 << 30,
    encoding: 'utf8',
  })
  if (done.status !== 0) throw new Error(done.stderr)
}

/** The time from an act to the frame that shows its result, in the page's own clock. */
async function timed(page: Page, act: () => Promise<void>, isDrawn: string): Promise<number> {
  const drawn = page.evaluate(
    (source) =>
      new Promise<number>((resolve) => {
        const isDrawn = new Function(`return (${source})`) as () => unknown
        const begin = { at: 0 }
        const start = () => (begin.at ||= performance.now())
        for (const event of ['pointerdown', 'input', 'keydown'])
          addEventListener(event, start, { capture: true, once: true })
        const look = () => {
          if (begin.at && isDrawn()) requestAnimationFrame(() => resolve(performance.now() - begin.at))
          else requestAnimationFrame(look)
        }
        requestAnimationFrame(look)
      }),
    isDrawn,
  )
  await act()
  return drawn
}

async function slowed(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWED })
}

/** What a person waits for, on one store. */
async function acts(
  browser: Browser,
  tablet: Tablet,
  keep: (act: string, aim: string, time: number) => void,
): Promise<void> {
  // The page's policy forbids what the stopwatch needs; it is lifted for the measurement alone.
  const page = await (await browser.newContext({ bypassCSP: true })).newPage()
  await openTablet(page, tablet, PEOPLE.fso)
  await slowed(page)
  const rail = (section: string) => page.locator(`nav a[href="#/${section}"]`)
  const opened = (section: string, row: string) =>
    `location.hash === '#/${section}' && document.querySelector('${row}')`
  for (let n = 0; n < TIMES; n += 1) {
    await go(page, '/more')
    keep(
      'opening Today',
      '< 300 ms',
      await timed(page, () => rail('today').click(), opened('today', '[data-bench=today]')),
    )
    await go(page, '/more')
    keep(
      'opening the list of inspections',
      '< 300 ms',
      await timed(
        page,
        () => rail('inspections').click(),
        opened('inspections', '[data-bench=inspection-row]'),
      ),
    )
    await go(page, '/more')
    keep(
      'opening the list of findings',
      '< 300 ms',
      await timed(page, () => rail('findings').click(), opened('findings', '[data-bench=finding-row]')),
    )
    await go(page, '/search')
    const box = page.getByRole('searchbox')
    await box.fill('')
    await page.waitForTimeout(500)
    keep(
      'searching',
      '< 300 ms',
      await timed(
        page,
        () => box.pressSequentially(n % 2 ? '厨房' : '灯', { delay: 0 }),
        `document.querySelector('[data-bench=hit]')?.textContent.includes('${n % 2 ? '厨房' : '灯'}')`,
      ),
    )
  }
  await go(page, `/inspections/${OPEN_CHECK}`)
  const verdicts = page.locator('[data-item="T01.09"]')
  for (let n = 0; n < TIMES; n += 1) {
    for (const verdict of ['fail', 'pass'] as const) {
      const button = verdicts.locator(`[data-verdict="${verdict}"]`)
      const isDrawn = `document.querySelector('[data-item="T01.09"] [data-verdict="${verdict}"]').getAttribute('aria-checked') === 'true'`
      const isSaved = `${isDrawn} && document.querySelector('[data-item="T01.09"]').dataset.saved === 'true'`
      keep(
        'a tap on a verdict, drawn and durable',
        '< 50 ms',
        await timed(page, () => button.click(), isSaved),
      )
    }
  }
  await page.context().close()
}

/** What a browser loads for each route, from the manifest of the build: packed bytes of scripts and styles. */
function weights(): [string, number][] {
  const dist = join(import.meta.dirname, '../../ui/dist')
  const file = join(dist, '.vite/manifest.json')
  if (!existsSync(file)) return []
  type Chunk = { file: string; css?: string[]; imports?: string[]; isEntry?: boolean; src?: string }
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as Record<string, Chunk>
  const packed = (path: string) => gzipSync(readFileSync(join(dist, path))).length
  const filesOf = (key: string, seen: Set<string>): Set<string> => {
    const chunk = manifest[key]
    if (!chunk || seen.has(chunk.file)) return seen
    seen.add(chunk.file)
    chunk.css?.forEach((css) => seen.add(css))
    chunk.imports?.forEach((one) => filesOf(one, seen))
    return seen
  }
  const entry = Object.keys(manifest).find((key) => manifest[key]?.isEntry) ?? ''
  const base = filesOf(entry, new Set())
  const sum = (files: Iterable<string>) => [...files].reduce((total, path) => total + packed(path), 0)
  const pages = Object.keys(manifest).filter((key) => key.endsWith('Page.vue'))
  const extra = pages.map((key): [string, number] => [
    key.replace(/^src\/features\//, '').replace(/\.vue$/, ''),
    sum([...filesOf(key, new Set())].filter((path) => !base.has(path))),
  ])
  return [['at the start, for every route', sum(base)], ...extra.sort((a, b) => b[1] - a[1])]
}

test('what a person waits for', async ({ browser }) => {
  const school = await School.make({ demo: true })
  await school.start()
  const [small, large] = [await school.tablet('small'), await school.tablet('large')]
  const from = Date.now()
  await fill(large, RECORDS)
  console.log(`\n${RECORDS} records saved one by one in ${((Date.now() - from) / 1000).toFixed(0)} s`)
  await school.stop()

  const rows = new Map<string, Row>()
  for (const [size, tablet] of [
    ['small', small],
    ['large', large],
  ] as const) {
    await acts(browser, tablet, (act, aim, time) => {
      const row = rows.get(act) ?? { act, aim, small: [], large: [] }
      row[size].push(time)
      rows.set(act, row)
    })
    await tablet.close()
  }
  console.log(`\nprocessor slowed ${SLOWED} times; ${TIMES} times each; baseline: the demo's 101 records\n`)
  console.log(
    `${'act'.padEnd(42)}${'aim'.padEnd(10)}${'p95'.padStart(8)}${'median'.padStart(9)}${'baseline p95'.padStart(15)}`,
  )
  for (const { act, aim, small, large } of rows.values()) {
    console.log(
      `${act.padEnd(42)}${aim.padEnd(10)}${ms(p95(large)).padStart(8)}${ms(median(large)).padStart(9)}${ms(p95(small)).padStart(15)}`,
    )
  }
  console.log('\nroute                                             packed kB')
  for (const [route, bytes] of weights())
    console.log(`${route.padEnd(50)}${(bytes / 1024).toFixed(1).padStart(9)}`)
  expect([...rows.values()].every(({ small, large }) => small.length > 0 && large.length > 0)).toBe(true)
})

test('the first paint of the window', async () => {
  const school = await School.make({ demo: true })
  await school.start()
  const tablet = await school.tablet('平板 1')
  await school.stop()
  const paints: number[] = []
  for (let n = 0; n < 5; n += 1) {
    const window = await TestWindow.open(tablet.store)
    const paint = await window.driver.executeAsyncScript<number>((done: (time: number) => void) => {
      const look = () => {
        const first = performance.getEntriesByName('first-contentful-paint')[0]
        if (first) done(first.startTime)
        else setTimeout(look, 20)
      }
      look()
    })
    paints.push(paint)
    await window.close()
  }
  console.log(
    `\nfirst paint of the window: median ${ms(median(paints))}, most ${ms(Math.max(...paints))} after its page was asked for`,
  )
  expect(paints.length).toBe(5)
})
