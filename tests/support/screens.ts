/** Every screen there is, with the way to it; pictures and checks of access go through this list. */
import type { Browser, BrowserContextOptions, Page } from '@playwright/test'
import { dayOn, showTrace } from './meals'
import { call, go, openOffice, openTablet, toWalk, type DueWindow } from './page'
import { OPEN_CHECK, PEOPLE, type School, type Tablet } from './school'

export interface Screen {
  name: string
  /** Shows the screen on a page that is at the right door. */
  show: (page: Page) => Promise<void>
}

interface Due extends DueWindow {
  route: string
  day: string
  state: string
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

/** What lies above a screen once something on it was pressed. */
const above = (name: string, screen: Screen, selector: string): Screen => ({
  name,
  async show(page) {
    const sheet = page.getByRole('dialog')
    // What lies above the same page from before is in the way.
    if (await sheet.count()) await page.keyboard.press('Escape')
    await screen.show(page)
    await page.locator(selector).first().click()
    await sheet.first().waitFor()
  },
})

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
/** A handover that one side has signed, so that there is something to do, by who works and by somebody beside them. */
const halfSigned: Screen = {
  name: 'register-half-signed',
  async show(page) {
    const kind = 'shift_handover'
    const { rows } = await call<{ rows: { id: string }[] }>(page, 'entry.list', {
      kind,
      open: true,
      limit: 1,
    })
    await go(page, `/entries/${rows[0]?.id ?? (await handOver(page))}`)
    await page.locator('.acts button').first().waitFor()
  },
}
/** Hands the guard's shift over to the repair worker, and signs for the guard. */
async function handOver(page: Page): Promise<string> {
  const shifts = await call<{ rows: { id: string; fields: { person: string } }[] }>(page, 'entry.list', {
    kind: 'duty_shift',
    open: true,
  })
  const from = shifts.rows.find(({ fields }) => fields.person === PEOPLE.guard.id)?.id
  const { kinds } = await call<{
    kinds: { kind: string; fields: { name: string; lines: { key: string }[] }[] }[]
  }>(page, 'entry.kinds')
  const handover = kinds.find(({ kind }) => kind === 'shift_handover')
  const lines = handover?.fields.find(({ name }) => name === 'items')?.lines ?? []
  const items = Object.fromEntries(lines.map(({ key }) => [key, { counted: '1' }]))
  const set = { from_shift: from, to: PEOPLE.fixer.id, items, notes: '后门灯已报修' }
  const { id } = await call<{ id: string }>(page, 'entry.save', { kind: 'shift_handover', set })
  const strokes = [
    [
      [100, 300],
      [400, 600],
      [800, 200],
    ],
  ]
  await call(page, 'entry.act', { id, act: 'give', set: { sig: { strokes } } })
  return id
}
/** A round that somebody walks, outside of all windows where none is open; `ready` brings it to where it is shown. */
const round = (
  name: string,
  path: (id: string) => string,
  ready: (page: Page, run: string) => Promise<unknown> = (page, run) => call(page, 'patrol.resume', { run }),
): Screen => ({
  name,
  async show(page) {
    const { windows } = await call<{ windows: Due[] }>(page, 'patrol.due')
    const { route, window, day } = windows.find(({ state }) => state === 'open') ?? toWalk(windows, 3)
    const { id } = await call<{ id: string }>(page, 'patrol.start', { route, window, day })
    await ready(page, id)
    // What lies above the same round from before is in the way.
    if (await page.getByRole('dialog').count()) await page.keyboard.press('Escape')
    await go(page, path(id))
  },
})
const onRound = (id: string) => `/patrol/${id}`
/** Somebody has come to the first point by hand. */
const arrive = async (page: Page, run: string) => {
  const { points } = await call<{ points: { id: string }[] }>(page, 'patrol.get', { run })
  await call(page, 'patrol.arrive', { run, checkpoint: points[0]?.id, how: 'hand' })
}
/** What is looked at more closely at a point. */
const roundItems: Screen = {
  name: 'patrol-items',
  async show(page) {
    await round('patrol-there', onRound, arrive).show(page)
    await page.locator('.bar[data-stage="there"][data-calm="true"] .side').click()
    await page.locator('[data-point-form]').waitFor()
  },
}
const roundMenu = above('patrol-menu', round('patrol-round', onRound), '.top button.icon')
/** The code of a round for another tablet. */
const roundCode: Screen = {
  name: 'patrol-code',
  async show(page) {
    await roundMenu.show(page)
    await page.locator('[data-give]').click()
    await page.locator('img.code').waitFor()
  },
}

/** What stands on the tablet of the gate. */
const GATE: Screen[] = [
  at('patrol', '/patrol'),
  round('patrol-round', onRound),
  round('patrol-there', onRound, arrive),
  roundItems,
  roundMenu,
  roundCode,
  round('patrol-paused', onRound, (page, run) => call(page, 'patrol.pause', { run, reason: '被叫到门口' })),
  round('patrol-end', (id) => `/patrol/${id}/end`),
  at('registers', '/registers'),
  at('register-list', '/registers/duty_shift'),
  at('register-new', '/registers/shift_handover/new'),
  halfSigned,
  above('register-act', halfSigned, '.acts button'),
  at('papers', '/papers'),
  at('paper', '/papers/duty_shift'),
]
const REGISTERS: Screen[] = [
  at('registers', '/registers'),
  at('papers', '/papers'),
  at('paper', '/papers/temperature_reading'),
  at('paper-check', '/papers/check'),
  register('register-list', () => '/registers/temperature_reading'),
  register('register-entry', (id) => `/entries/${id}`),
]

/** The card of the demo's last lunch with samples, with one of its stages open; the first is due where none is named. */
const mealCard = (name: string, stage: string, under = ''): Screen => ({
  name,
  async show(page) {
    if (await page.getByRole('dialog').count()) await page.keyboard.press('Escape')
    const { rows } = await call<{ rows: { day: string }[] }>(page, 'entry.list', {
      kind: 'food_sample',
      limit: 1,
    })
    await go(page, `/meals/${rows[0]?.day}~午餐${under}`)
    if (under) return
    await page.locator(`[data-stage=${stage}] h2 .head`).waitFor()
    if (!(await page.locator(`[data-body=${stage}]`).count()))
      await page.locator(`[data-stage=${stage}] h2 .head`).click()
    await page.locator(`[data-body=${stage}]`).waitFor()
  },
})
const mealSamples = mealCard('meal-sample', 'sample')
/** What the day of the kitchen is on. */
const MEALS: Screen[] = [
  at('meals', '/meals'),
  mealCard('meal-menu', 'menu'),
  mealCard('meal-delivery', 'delivery'),
  mealCard('meal-check', 'check'),
  mealCard('meal-cook', 'cook'),
  mealSamples,
  above('meal-label', mealSamples, '[data-label]'),
  mealCard('meal-issue', 'issue'),
  mealCard('meal-dispose', 'dispose'),
  mealCard('meal-labels', '', '/labels'),
]

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
  at('meals', '/meals'),
  mealCard('meal', 'sample'),
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
  at('meals-board', '/kitchen/board'),
  at('meals-menu', '/kitchen/menu'),
  above('meals-menu-meal', at('meals-menu', `/kitchen/menu?day=${dayOn(7)}`), 'button.meal.plan'),
  at('meals-samples', '/kitchen/samples'),
  { name: 'meals-trace', show: showTrace },
  at('meals-trace-lines', '/kitchen/trace?from=line'),
  at('meals-temperatures', '/kitchen/temperatures'),
  at('meals-leftovers', '/kitchen/leftovers'),
  at('meals-suppliers', '/kitchen/suppliers'),
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
      screens: GATE,
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
