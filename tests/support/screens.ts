/** Every screen there is, with the way to it; pictures and checks of access go through this list. */
import type { Browser, BrowserContextOptions, Page } from '@playwright/test'
import { call, go, openOffice, openTablet } from './page'
import { OPEN_CHECK, PEOPLE, School, type Tablet } from './school'

export interface Screen {
  name: string
  /** Shows the screen on a page that is at the right door. */
  show: (page: Page) => Promise<void>
}

export interface Place {
  name: string
  /** Opens a page at this door. */
  open: (browser: Browser, options?: BrowserContextOptions) => Promise<Page>
  screens: Screen[]
}

const at = (name: string, path: string): Screen => ({ name, show: (page) => go(page, path) })

/** A screen of one record, found at the time. */
function ofFirst(
  name: string,
  command: string,
  args: unknown,
  list: string,
  path: (id: string) => string,
): Screen {
  return {
    name,
    async show(page) {
      const answer = await call<Record<string, { id: string }[]>>(page, command, args)
      await go(page, path(answer[list]?.[0]?.id ?? ''))
    },
  }
}

const inspection = ofFirst(
  'inspection-report',
  'inspection.list',
  { stage: 'submitted' },
  'inspections',
  (id) => `/inspections/${id}`,
)
const finding = ofFirst('finding', 'finding.list', { state: 'open' }, 'findings', (id) => `/findings/${id}`)
const conflict = ofFirst('conflict', 'conflict.list', {}, 'conflicts', (id) => `/conflicts/${id}`)

/** A register that has one row at least, so that its pages have something to show. */
const register = (name: string, path: (id: string) => string): Screen => ({
  name,
  async show(page) {
    const kind = 'temperature_reading'
    const { rows } = await call<{ rows: { id: string }[] }>(page, 'entry.list', { kind, limit: 1 })
    const id = rows[0]?.id ?? (await enter(page, kind))
    await go(page, path(id))
  },
})
async function enter(page: Page, kind: string): Promise<string> {
  const { areas } = await call<{ areas: { id: string; kind: string }[] }>(page, 'area.list')
  const area = areas.find(({ kind }) => kind === 'kitchen')?.id
  const set = { what: '中心温度', area, dish: '红烧肉', c: '64' }
  return (await call<{ id: string }>(page, 'entry.save', { kind, set })).id
}
const REGISTERS: Screen[] = [
  at('registers', '/registers'),
  at('papers', '/papers'),
  at('paper', '/papers/findings'),
  register('register-list', () => '/registers/temperature_reading'),
  register('register-entry', (id) => `/entries/${id}`),
]

const TABLET: Screen[] = [
  at('today', '/today'),
  at('inspections', '/inspections'),
  at('inspection-new', '/inspections/new'),
  at('inspection-form', `/inspections/${OPEN_CHECK}`),
  at('inspection-submit', `/inspections/${OPEN_CHECK}/submit`),
  inspection,
  ...REGISTERS,
  at('register-new', '/registers/temperature_reading/new'),
  at('findings', '/findings'),
  finding,
  at('finding-new', '/findings/new'),
  at('conflicts', '/conflicts'),
  conflict,
  at('queue', '/queue'),
  at('search', '/search'),
  at('more', '/more'),
  at('clock', '/clock'),
  at('about', '/about'),
  at('people-here', '/people-here'),
]

const OFFICE: Screen[] = [
  at('board', '/board'),
  at('inspections', '/inspections'),
  inspection,
  at('registers', '/registers'),
  at('papers', '/papers'),
  at('paper', '/papers/findings'),
  at('register-list', '/registers/temperature_reading'),
  at('findings', '/findings'),
  finding,
  at('conflicts', '/conflicts'),
  conflict,
  at('people', '/people'),
  at('areas', '/areas'),
  at('devices', '/devices'),
  at('accounts', '/accounts'),
  at('account', '/account'),
  at('more', '/more'),
]

/** Every door with its screens, on a demo school whose server runs; the tablets are enrolled. */
export function places(school: School, tablet: Tablet, unenrolled: Tablet, bare: School): Place[] {
  const page = async (browser: Browser, options?: BrowserContextOptions) =>
    (await browser.newContext(options)).newPage()
  return [
    {
      name: 'tablet',
      async open(browser, options) {
        const opened = await page(browser, options)
        await openTablet(opened, tablet, PEOPLE.fso)
        return opened
      },
      screens: TABLET,
    },
    {
      name: 'first-run',
      async open(browser, options) {
        const opened = await page(browser, options)
        await openTablet(opened, unenrolled)
        return opened
      },
      screens: [at('enrol', '/enrol')],
    },
    {
      name: 'office',
      async open(browser, options) {
        const opened = await page(browser, options)
        await openOffice(opened, school)
        return opened
      },
      screens: OFFICE,
    },
    {
      name: 'office-first',
      async open(browser, options) {
        const opened = await page(browser, options)
        await openOffice(opened, bare)
        return opened
      },
      screens: [at('begin', '/begin')],
    },
    {
      name: 'office-door',
      async open(browser, options) {
        const opened = await page(browser, options)
        await opened.goto(school.address)
        return opened
      },
      screens: [at('sign-in', '/sign-in')],
    },
    {
      // Stands last: nobody comes in with the old password any more.
      name: 'office-given',
      async open(browser, options) {
        const opened = await page(browser, options)
        await openOffice(opened, school, await school.givenPassword())
        return opened
      },
      screens: [at('own-password', '/own-password')],
    },
  ]
}
