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

/** What axe finds, a line for each place. */
async function violations(page: Page): Promise<string[]> {
  // Evaluated by the debugger, so that the page's own policy need not let it in.
  await page.evaluate(axe)
  const found = await page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: { run: (options: object) => Promise<{ violations: Violation[] }> }
    }
    return (
      await axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
    ).violations
  })
  return found.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.failureSummary}`),
  )
}

test.describe('access', () => {
  const names = [
    'tablet',
    'tablet-gate',
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
    for (const theme of ['light', 'dark'] as const) {
      test(`axe finds nothing at the door "${name}", ${theme}`, async ({ browser }) => {
        const place = all.find((place) => place.name === name)!
        await Promise.all(tablets.map((tablet) => tablet.close()))
        const page = await place.open(browser, { colorScheme: theme, reducedMotion: 'reduce' })
        const found: string[] = []
        for (const screen of place.screens) {
          await screen.show(page)
          await settled(page)
          found.push(...(await violations(page)).map((line) => `${screen.name}: ${line}`))
        }
        expect(found).toEqual([])
        await page.context().close()
      })
    }

    test(`nothing is cut off or pushed out at the door "${name}" with text at 200 %`, async ({ browser }) => {
      const place = all.find((place) => place.name === name)!
      await Promise.all(tablets.map((tablet) => tablet.close()))
      const page = await place.open(browser, { viewport: { width: 800, height: 1280 } })
      await page.addInitScript(() => {
        addEventListener('DOMContentLoaded', () => (document.documentElement.style.fontSize = '200%'))
      })
      await page.reload()
      const wide: string[] = []
      for (const screen of place.screens) {
        await screen.show(page)
        await settled(page)
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
        if (overflow > 1) wide.push(`${screen.name}: ${overflow} px too wide`)
      }
      expect(wide).toEqual([])
      await page.context().close()
    })
  }
})
