/** Every screen passes axe in both themes, and stays whole with text at 200 %. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, test, type Page } from '@playwright/test'
import { settled } from '../support/page'
import { School, type Tablet } from '../support/school'
import { places, type Place } from '../support/screens'

interface Violation {
  id: string
  help: string
  nodes: { html: string; target: string[]; failureSummary: string }[]
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
/** What another theme can break: contrasts. */
const COLOURS = ['wcag2aa']
const WIDE = { width: 1280, height: 800 }
const TALL = { width: 800, height: 1280 }

/** What axe finds, a line for each place. */
async function violations(page: Page, rules: string[]): Promise<string[]> {
  const found = await page.evaluate(async (runOnly) => {
    const { axe } = window as unknown as {
      axe: { run: (options: object) => Promise<{ violations: Violation[] }> }
    }
    return (await axe.run({ runOnly })).violations
  }, rules)
  return found.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.failureSummary}`),
  )
}

async function inTheDark(page: Page): Promise<string[]> {
  await page.emulateMedia({ colorScheme: 'dark' })
  await settled(page)
  const found = await violations(page, COLOURS)
  await page.emulateMedia({ colorScheme: 'light' })
  return found
}

/** What is wider than a tall tablet with text at 200 %. */
async function withLargeText(page: Page): Promise<string[]> {
  const textAt = (size: string) =>
    page.evaluate((size) => void (document.documentElement.style.fontSize = size), size)
  await page.setViewportSize(TALL)
  await textAt('200%')
  await settled(page)
  const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  await textAt('')
  await page.setViewportSize(WIDE)
  return over > 1 ? [`${over} px too wide with text at 200 %`] : []
}

test.describe('access', () => {
  const names = [
    'tablet',
    'tablet-gate',
    'tablet-class',
    'first-run',
    'office',
    'office-first',
    'office-new',
    'tablet-new',
    'office-door',
    'office-given',
  ]
  let all: Place[]
  let tablets: Tablet[]
  let schools: School[]

  test.beforeAll(async () => {
    schools = [await School.make({ demo: true }), await School.make()]
    await Promise.all(schools.map((school) => school.start()))
    const [school, bare] = schools as [School, School]
    tablets = [await school.tablet('平板 1'), await school.tablet('平板 2', { enrol: false })]
    all = places(school, tablets[0]!, tablets[1]!, bare)
  })
  test.afterAll(async () => {
    await Promise.all([...tablets.map((tablet) => tablet.close()), ...schools.map((school) => school.stop())])
  })

  for (const name of names) {
    test(`axe finds nothing in light and dark, and large text fits, at the door "${name}"`, async ({
      browser,
    }) => {
      const place = all.find((place) => place.name === name)!
      test.setTimeout(120_000 + place.screens.length * 10_000)
      await Promise.all(tablets.map((tablet) => tablet.close()))
      const page = await place.open(browser, {
        colorScheme: 'light',
        reducedMotion: 'reduce',
        viewport: WIDE,
      })
      const found: string[] = []
      for (const screen of place.screens) {
        await screen.show(page)
        await settled(page)
        // Evaluated by the debugger, so that the page's own policy need not let it in; a page that was loaded anew has lost it.
        await page.evaluate(axe)
        const faults = [
          ...(await violations(page, RULES)),
          ...(await inTheDark(page)),
          ...(await withLargeText(page)),
        ]
        found.push(...faults.map((fault) => `${screen.name}: ${fault}`))
      }
      expect(found).toEqual([])
      await page.context().close()
    })
  }
})
