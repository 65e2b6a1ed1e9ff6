/** Whole rows of a card for tests, which say only what they are about. */
import { flushPromises } from '@vue/test-utils'
import type { Component } from 'vue'
import type { MealCard, MealClock, MealDish, MealRow, MealSample, MealStage, Permission } from '@/backend'
import { fakeBackend, type Answers } from '@/shared/testing/backend'
import { mountIn } from '@/shared/testing/mount'

export const COOK = { id: 'cook', name: '张桂花' }
export const NOW = Date.parse('2026-11-23T11:12:00+08:00')
export const PLANNED = Date.parse('2026-11-23T11:30:00+08:00')
export const KEY = '2026-11-23~午餐'

export const dishOf = (id: string, name: string, part: Partial<MealDish> = {}): MealDish => ({
  id,
  name,
  allergens: [],
  banned: null,
  category: '热菜',
  core: 'unmeasured',
  failing: [],
  has_sample: false,
  left_ms: null,
  lines: [],
  made_here: true,
  needs_core: true,
  needs_sample: true,
  out: null,
  planned: true,
  readings: [],
  same_name: [],
  struck: null,
  table: null,
  typed_min: null,
  waiting: 'not_yet',
  ...part,
})

export const stageOf = (stage: string, part: Partial<MealStage> = {}): MealStage => ({
  stage,
  name: { zh: stage, en: stage },
  state: 'later',
  missing: [],
  may_waive: false,
  waived: null,
  ...part,
})

/** A stage of which something is missing. */
export const lacking = (
  stage: string,
  code: string,
  what: string[],
  part: Partial<MealStage> = {},
): MealStage =>
  stageOf(stage, {
    state: 'now',
    missing: what.map((name) => ({ stage, code, about: null, what: name, heard: false })),
    ...part,
  })

export const clockOf = (sample: string, part: Partial<MealClock> = {}): MealClock => ({
  sample,
  box_no: 'A-07',
  date: '2026-11-23',
  dish: '红烧肉',
  fridge: '留样柜',
  left_ms: 48 * 3_600_000,
  meal: 'm',
  problems: [],
  ready_at: Date.parse('2026-11-25T11:12:00+08:00'),
  state: 'waiting',
  ...part,
})

export const sampleOf = (id: string, dish: string, part: Partial<MealSample> = {}): MealSample => ({
  id,
  dish,
  dish_name: '红烧肉',
  box_no: 'A-07',
  by: COOK,
  enough: true,
  fridge: '留样柜',
  grams: '130',
  label: 'RS1.X',
  label_ready_at: Date.parse('2026-11-25T11:12:00+08:00'),
  short: 'K7QA',
  taken_at: NOW,
  late: false,
  ...part,
})

export const cardOf = (part: Partial<MealCard> = {}): MealCard => ({
  id: 'm',
  meal: { date: '2026-11-23', type: '午餐', kitchen: null },
  kitchen_name: null,
  day_checked: true,
  profile: 'main',
  profile_name: { zh: '自制正餐', en: 'Main meal cooked here' },
  planned_at: PLANNED,
  stages: [],
  clocks: [],
  problems: [],
  signals: [],
  before_service: [],
  service: { missing: 0, minutes_left: 18 },
  dishes: [],
  samples: [],
  people: [],
  deliveries: [],
  issues: [],
  disinfections: [],
  accompanied: [],
  cancelled: null,
  closed: [],
  may_manage: true,
  now: NOW,
  is_checked: true,
  ...part,
})

export const rowOf = (part: Partial<MealRow> = {}): MealRow => ({
  id: 'm',
  meal: { date: '2026-11-23', type: '午餐', kitchen: null },
  kitchen_name: null,
  planned_at: PLANNED,
  now: { zh: '留样', en: 'Food samples' },
  done: 4,
  needed: 10,
  service: { missing: 2, minutes_left: 18 },
  ready: 0,
  problems: 0,
  cancelled: false,
  closed: false,
  ...part,
})

const PERMISSIONS: readonly Permission[] = [
  'manage_meals',
  'keep_samples',
  'record_temperature',
  'issue_snacks',
  'record_disinfection',
  'accept_delivery',
  'check_in_for_kitchen',
]

const SETTINGS = {
  'food.core_c': '70',
  'sample.min_g': '125',
  'sample.keep_h': '48',
  'soft.body_temp_max_c': '37.3',
}

/** What a page of meals asks of the program beside what a test is about. */
export function answersOf(card: () => MealCard, more: Answers = {}): Answers {
  return {
    'door.get': { door: 'tablet', version: '1', organisation: { id: 'o', name: '园' }, account: null },
    'person.current': { by: COOK, roles: ['cook'], permissions: [...PERMISSIONS], should_set_pin: false },
    'campus.list': { campuses: [], here: null },
    'draft.get': { draft: null },
    'draft.list': { drafts: [] },
    'draft.save': {},
    'draft.discard': {},
    'sync.status': { last_success_at: Date.parse('2026-11-23T11:05:00+08:00'), badge: 'offline' },
    'meal.card': card as never,
    'area.list': { areas: [{ id: 'kitchen', kind: 'kitchen', name: '中心食堂' }], next: null },
    'asset.list': {
      assets: [{ id: 'fridge', name: '留样柜', active: true, category: '冷藏冷冻' }],
      next: null,
    },
    'setting.list': {
      settings: Object.entries(SETTINGS).map(([key, value]) => ({ key, value })),
    } as never,
    'entry.list': { rows: [], newer: 0, next: null },
    'entry.save': { id: 'new', version: '1', created: true },
    ...more,
  }
}

interface Opened {
  card?: () => MealCard
  answers?: Answers
  path?: string
  route?: string
  language?: 'zh' | 'en'
}

/** Opens a page of meals for a cook. */
export async function openPage(page: Component, opened: Opened = {}) {
  const { path = `/meals/${KEY}`, route = '/meals/:kind' } = opened
  const fake = fakeBackend(answersOf(opened.card ?? (() => cardOf()), opened.answers))
  const mounted = await mountIn(page, {
    backend: fake.backend,
    path,
    route,
    ...(opened.language ? { language: opened.language } : {}),
  })
  await flushPromises()
  const asked = (name: string) => fake.calls.filter((call) => call.name === name).map(({ args }) => args)
  return { ...mounted, asked, fake }
}

/** Types on the pad as a thumb does. */
export async function press(
  wrapper: { findAll: (what: string) => { text: () => string; trigger: (what: string) => Promise<void> }[] },
  keys: string,
) {
  for (const key of keys) {
    const button = wrapper.findAll('[data-digit]').find((one) => one.text() === key)
    if (!button) throw new Error(`there is no key ${key}`)
    await button.trigger('click')
  }
}
