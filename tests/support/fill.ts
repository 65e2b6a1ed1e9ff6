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

interface Register {
  kind: string
  fields: { name: string; type: string; options: { value: string }[]; computed: boolean }[]
}

/** What a field of a register holds in the row `n`; none where it names another record. */
function value({ type, options }: Register['fields'][number], n: number, at: number): unknown {
  switch (type) {
    case 'TXT':
      return `第 ${n} 行的文字`
    case 'NUM':
    case 'TEMP':
      return String(n % 90)
    case 'COUNT':
      return n % 90
    case 'DATE':
      return new Date(at).toISOString().slice(0, 10)
    case 'INSTANT':
      return at
    case 'CH':
      return options[n % options.length]?.value
    case 'PERSON':
      return PEOPLE.fso.id
    default:
      return undefined
  }
}

function row({ kind, fields }: Register, n: number): { kind: string; set: Record<string, unknown> } {
  const at = Date.now() - (n % 1_500) * DAY_MS - n * 997
  const day = new Date(at).toISOString().slice(0, 10)
  const own = fields.filter(({ computed }) => !computed).map((field) => [field.name, value(field, n, at)])
  const head = { created: { at, by: PEOPLE.fso.id }, recorded_at: at, business_date: day, form: `${kind}@1` }
  return { kind, set: { ...head, ...Object.fromEntries(own.filter(([, value]) => value !== undefined)) } }
}

/** Saves `count` rows, an equal share in each register. */
export async function fillRegisters(tablet: Tablet, count: number): Promise<void> {
  const { kinds } = await tablet.call<{ kinds: Register[] }>('entry.kinds')
  await save(tablet, count, (n) => row(kinds[n % kinds.length]!, n))
}

/** Saves `count` records, one by one: four inspections for each finding. */
export const fill = (tablet: Tablet, count: number): Promise<void> => save(tablet, count, record)

async function save(tablet: Tablet, count: number, make: (n: number) => object): Promise<void> {
  const { campuses } = await tablet.call<{ campuses: { id: string }[] }>('campus.list')
  const scope = campuses[0]?.id
  const lines = Array.from({ length: count }, (_, n) => JSON.stringify({ ...make(n), scope }))
  const args = ['--store', tablet.store, '--as', PEOPLE.fso.id, 'call', 'record.save', '-']
  const input = lines.join('\n')
  const done = spawnSync(program('rounds'), args, { input, maxBuffer: 1 << 30, encoding: 'utf8' })
  if (done.status !== 0) throw new Error(done.stderr)
}
