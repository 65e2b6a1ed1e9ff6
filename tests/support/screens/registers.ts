/** The screens of registers and of their papers. */
import type { Page } from '@playwright/test'
import { call, go } from '../page'
import { PEOPLE } from '../school'
import { at, type Screen } from './screen'

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
export const halfSigned: Screen = {
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
export const REGISTERS: Screen[] = [
  at('registers', '/registers'),
  at('papers', '/papers'),
  at('paper', '/papers/temperature_reading'),
  at('paper-check', '/papers/check'),
  register('register-list', () => '/registers/temperature_reading'),
  register('register-entry', (id) => `/entries/${id}`),
]
