/** Every screen there is, with the way to it; pictures and checks of access go through this list. */
import type { Browser, BrowserContextOptions, Page } from '@playwright/test'
import { call, go, openOffice, openTablet } from './page'
import { OPEN_CHECK, PEOPLE, type School, type Tablet } from './school'
import { AT_THE_GATE, CLASS } from './screens/door'
import { MEALS, MEALS_OFFICE } from './screens/meals'
import { GATE } from './screens/patrol'
import { REGISTERS } from './screens/registers'
import { above, at, ofFirst, type Screen } from './screens/screen'

export interface Place {
  name: string
  /** Opens a page at this door. */
  open: (browser: Browser, options?: BrowserContextOptions) => Promise<Page>
  screens: Screen[]
}

/** Somebody who has left: their page, and the question before they are erased. */
const leftPerson: Screen = {
  name: 'person-records',
  async show(page) {
    const id = '0197d000-0000-7000-8000-0002000000ee'
    const isHere = await call(page, 'person.get', { id }).then(
      () => true,
      () => false,
    )
    if (!isHere) {
      const { campuses } = await call<{ campuses: { id: string }[] }>(page, 'campus.list')
      const campus = campuses[0]?.id
      await call(page, 'person.add', { id, name: '孙梅', phone: '13800001234', roles: ['cook'], campus })
      await call(page, 'person.save', { id, active: false })
    }
    await go(page, `/people/${id}/records`)
    await page.locator('.actions .danger').waitFor()
  },
}

/** A screen on which a person is about to prove who they are. */
const pinPad: Screen = {
  name: 'people-here-pin',
  async show(page) {
    await go(page, '/people-here')
    await page.getByText(PEOPLE.cook.name).first().click()
    await page.locator('.keys').waitFor()
  },
}

/** What was found for a word. */
const searchHits: Screen = {
  name: 'search-hits',
  async show(page) {
    await go(page, '/search')
    await page.locator('input[type=search]').fill('cf')
    await page.locator('[data-bench=hit]').first().waitFor()
  },
}

/** The calendar of a date field; on a phone the fields stand behind a button. */
const inspectionDay: Screen = {
  name: 'inspections-day',
  async show(page) {
    await go(page, '/inspections')
    const calendar = page.locator('form.filter button.open').first()
    if (!(await calendar.isVisible())) await page.locator('.head .filters').click()
    await calendar.click()
    await page.locator('.calendar').waitFor()
  },
}

const inspection = ofFirst(
  'inspection-report',
  'inspection.list',
  { stage: 'submitted' },
  'inspections',
  (id) => `/inspections/${id}`,
)
const openInspection = ofFirst(
  'inspection-open',
  'inspection.list',
  { stage: 'open' },
  'inspections',
  (id) => `/inspections/${id}`,
)
const unassigned = ofFirst(
  'finding-unassigned',
  'finding.list',
  { state: 'unassigned' },
  'findings',
  (id) => `/findings/${id}`,
)
const finding = ofFirst('finding', 'finding.list', { state: 'open' }, 'findings', (id) => `/findings/${id}`)
const conflict = ofFirst('conflict', 'conflict.list', {}, 'conflicts', (id) => `/conflicts/${id}`)

const TABLET: Screen[] = [
  at('today', '/today'),
  ...MEALS,
  at('inspections', '/inspections'),
  inspectionDay,
  at('inspection-new', '/inspections/new'),
  at('inspection-form', `/inspections/${OPEN_CHECK}`),
  at('inspection-submit', `/inspections/${OPEN_CHECK}/submit`),
  inspection,
  ...REGISTERS,
  at('register-new', '/registers/temperature_reading/new'),
  at('findings', '/findings'),
  finding,
  above('finding-step', finding, '.next .large'),
  at('finding-new', '/findings/new'),
  at('conflicts', '/conflicts'),
  conflict,
  at('queue', '/queue'),
  at('search', '/search'),
  searchHits,
  at('more', '/more'),
  at('pin', '/more/pin'),
  at('clock', '/clock'),
  at('about', '/about'),
  at('people-here', '/people-here'),
  pinPad,
]

const OFFICE: Screen[] = [
  at('board', '/board'),
  at('inspections', '/inspections'),
  inspection,
  openInspection,
  at('registers', '/registers'),
  at('papers', '/papers'),
  at('paper', '/papers/findings'),
  at('paper-day', '/papers/duty_shift'),
  at('paper-kitchen', '/papers/meals/day'),
  at('ledgers', '/ledgers'),
  at('paper-grid', '/papers/disinfection_log/6b'),
  at('paper-check', '/papers/check'),
  at('imports', '/imports'),
  at('register-list', '/registers/temperature_reading'),
  ofFirst('register-entry', 'entry.list', { kind: 'shift_handover' }, 'rows', (id) => `/entries/${id}`),
  at('findings', '/findings'),
  finding,
  above('finding-assign', unassigned, '.next .large'),
  at('conflicts', '/conflicts'),
  conflict,
  at('people', '/people'),
  above('person', at('people', '/people'), '.rows .row'),
  above('person-new', at('people', '/people'), '.head .actions button'),
  leftPerson,
  above('person-erase', leftPerson, '.actions .danger'),
  at('areas', '/areas'),
  above('area-new', at('areas', '/areas'), '.head .actions button'),
  at('routes', '/routes'),
  at('patrol-board', '/patrol/board'),
  at('patrol-coverage', '/patrol/coverage?period=month'),
  at('patrol-signals', '/patrol/signals'),
  ...MEALS_OFFICE,
  ofFirst('route', 'route.list', {}, 'routes', (id) => `/routes/${id}`),
  ofFirst('route-labels', 'route.list', {}, 'routes', (id) => `/routes/${id}/labels`),
  at('school', '/school'),
  above('school-campus', at('school', '/school'), '[data-edit=campus]'),
  above('school-equipment', at('school', '/school'), '[data-add=asset]'),
  above('school-methods', at('school', '/school'), '[data-setting="disinf.method"] button'),
  above('school-setting', at('school', '/school'), '[data-setting="food.core_c"] button'),
  at('devices', '/devices'),
  above('device-new', at('devices', '/devices'), '.head .actions button'),
  at('accounts', '/accounts'),
  above('account-new', at('accounts', '/accounts'), '.head .actions button'),
  at('account', '/account'),
  searchHits,
  at('more', '/more'),
  at('about', '/about'),
]

/** An office in which nothing has happened yet. */
const NEW_OFFICE: Screen[] = [
  at('board', '/board'),
  at('inspections', '/inspections'),
  at('findings', '/findings'),
  at('conflicts', '/conflicts'),
  at('people', '/people'),
  at('areas', '/areas'),
  at('devices', '/devices'),
]

/** A tablet on which nothing has happened yet. */
const NEW_TABLET: Screen[] = [
  at('today', '/today'),
  at('inspections', '/inspections'),
  at('findings', '/findings'),
  at('conflicts', '/conflicts'),
  at('queue', '/queue'),
  at('people-here', '/people-here'),
]

const NEW = {
  password: 'a crate of ripe pears',
  cook: { id: '0197d000-0000-7000-8000-0002000000ff', name: '张桂花', pin: '4711' },
}

/** Begins the work of a new school: a campus, its head, and one cook. */
async function begin(page: Page): Promise<void> {
  const { cook, password } = NEW
  await call(page, 'door.begin', {
    campus_name: '中心幼儿园',
    campus_kind: 'kindergarten',
    person_name: '王秀兰',
    password,
  })
  await call(page, 'person.add', { ...cook, roles: ['cook'] })
  await page.reload()
  await page.locator('h1').first().waitFor()
}

/** Every door with its screens, on a demo school whose server runs; the tablets are enrolled. */
export function places(school: School, tablet: Tablet, unenrolled: Tablet, bare: School): Place[] {
  const page = async (browser: Browser, options?: BrowserContextOptions) =>
    (await browser.newContext(options)).newPage()
  /** A tablet of the new school, made when that has somebody to work on it. */
  let fresh: Tablet | null = null
  let hasBegun = false
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
      name: 'tablet-gate',
      async open(browser, options) {
        const opened = await page(browser, options)
        await openTablet(opened, tablet, PEOPLE.guard)
        return opened
      },
      screens: [...AT_THE_GATE, ...GATE],
    },
    {
      name: 'tablet-class',
      async open(browser, options) {
        const opened = await page(browser, options)
        await openTablet(opened, tablet, PEOPLE.teacher)
        return opened
      },
      screens: CLASS,
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
      // Stands after the one before: from here on the school has begun.
      name: 'office-new',
      async open(browser, options) {
        const opened = await page(browser, options)
        await openOffice(opened, bare, hasBegun ? NEW.password : undefined)
        if (!hasBegun) await begin(opened)
        hasBegun = true
        return opened
      },
      screens: NEW_OFFICE,
    },
    {
      name: 'tablet-new',
      async open(browser, options) {
        const opened = await page(browser, options)
        fresh ??= await bare.tablet('平板 1')
        // Its link works once.
        await fresh.close()
        opened.context().on('close', () => void fresh?.close())
        await openTablet(opened, fresh, NEW.cook)
        return opened
      },
      screens: NEW_TABLET,
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
