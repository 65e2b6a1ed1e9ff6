import { createMemoryHistory, createRouter } from 'vue-router'
import { expect, it } from 'vitest'
import { pageOfForm } from '@/shared/state/unfinished'
import { catalogue } from './i18n'
import { routes } from './router'

const sources = import.meta.glob<string>('../features/**/*.{vue,ts}', {
  eager: true,
  query: '?raw',
  import: 'default',
})
/** Every form whose words are kept, as its page names it. */
const forms = Object.values(sources).flatMap((text) =>
  [...text.matchAll(/form: (?:[^'`\n]*\? )?['`]([a-z]+\.[a-z]+)/g)].map((match) => match[1] ?? ''),
)

it('leads from Today back to every form that is kept, under a name in both languages', () => {
  const router = createRouter({ history: createMemoryHistory(), routes })
  const { zh, en } = catalogue() as unknown as Record<
    string,
    { unfinished: { form: Record<string, string> } }
  >
  expect(new Set(forms).size).toBeGreaterThan(10)
  for (const form of new Set([...forms, 'inspection.void'])) {
    expect(pageOfForm(router, { form, record: 'r' }), form).not.toBeNull()
    for (const texts of [zh, en]) expect(texts?.unfinished.form[form.replace('.', '_')], form).toBeTruthy()
  }
})

it('leads to the very record and part of a form', () => {
  const router = createRouter({ history: createMemoryHistory(), routes })
  expect(pageOfForm(router, { form: 'finding.report', record: null })).toEqual({ path: '/findings/new' })
  expect(pageOfForm(router, { form: 'finding.step/fix', record: 'f' })).toEqual({
    path: '/findings/f',
    query: { unfinished: 'finding.step/fix' },
  })
  expect(pageOfForm(router, { form: 'finding.step/fix', record: null })).toBeNull()
  expect(pageOfForm(router, { form: 'of.tomorrow', record: null })).toBeNull()
  // Of a register a new row has one page, and a row that is there another.
  const form = 'entry.save/duty_shift'
  expect(pageOfForm(router, { form, record: null })).toEqual({
    path: '/registers/duty_shift/new',
    query: { unfinished: form },
  })
  expect(pageOfForm(router, { form, record: 'e' })).toEqual({
    path: '/entries/e',
    query: { unfinished: form },
  })
  // The door of a class is one page for all its children.
  const door = 'entry.door/child_handover'
  expect(pageOfForm(router, { form: door, record: 'c' })).toEqual({
    path: '/handover',
    query: { unfinished: door, record: 'c' },
  })
})
