/** The store of a large school after years. */
import { spawnSync } from 'node:child_process'
import { program } from './programs'
import { PEOPLE, type Tablet } from './school'

const DAY_MS = 86_400_000

function record(n: number): { kind: string; set: Record<string, unknown> } {
  const by = PEOPLE.fso.id
  const at = Date.now() - (n % 1_500) * DAY_MS - n * 997
  const day = new Date(at).toISOString().slice(0, 10)
  const head = { created: { at, by }, occurred_at: at, recorded_at: at, business_date: day }
  if (n % 5 === 4) {
    const found = { source: 'report', found_at: at, found_by: by, due: at + 3 * DAY_MS }
    const set = { ...head, ...found, description: `第 ${n} 处灯管不亮`, severity: `L${(n % 3) + 1}` }
    return { kind: 'finding', set }
  }
  const set = {
    ...head,
    template: 'T01@1',
    mode: 'routine',
    [`people/${by}`]: at,
    'answers/T01.01/result': 'pass',
    'answers/T01.02/result': 'pass',
    'answers/T01.07/result': [{ v: '74.2', of: '红烧肉' }],
    'answers/T01.12/note': `第 ${n} 次检查`,
    [`submits/${by}`]: at + 600_000,
  }
  return { kind: 'inspection', set }
}

/** Saves `count` records, one by one: four inspections for each finding. */
export async function fill(tablet: Tablet, count: number): Promise<void> {
  const { campuses } = await tablet.call<{ campuses: { id: string }[] }>('campus.list')
  const scope = campuses[0]?.id
  const lines = Array.from({ length: count }, (_, n) => JSON.stringify({ ...record(n), scope }))
  const args = ['--store', tablet.store, '--as', PEOPLE.fso.id, 'call', 'record.save', '-']
  const input = lines.join('\n')
  const done = spawnSync(program('rounds'), args, { input, maxBuffer: 1 << 30, encoding: 'utf8' })
  if (done.status !== 0) throw new Error(done.stderr)
}
