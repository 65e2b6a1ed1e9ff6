import { describe, expect, it } from 'vitest'
import { catalogue } from './i18n'

const files = import.meta.glob<ReturnType<typeof catalogue>>('../{app,shared,features}/**/*.i18n.json', {
  eager: true,
  import: 'default',
})

const keys = (messages: unknown, prefix = ''): string[] =>
  messages !== null && typeof messages === 'object'
    ? Object.entries(messages).flatMap(([key, value]) => keys(value, prefix ? `${prefix}.${key}` : key))
    : [prefix]

/** What the staff read. */
const guides = import.meta.glob<string>('../../../docs/field-guide.md', {
  eager: true,
  query: '?raw',
  import: 'default',
})

const sources = import.meta.glob<string>('../{app,shared,features}/**/*.{vue,ts}', {
  eager: true,
  query: '?raw',
  import: 'default',
})

describe('the catalogue', () => {
  const { zh, en } = catalogue(files)

  it('has every text in both languages', () => {
    expect(keys(en).sort()).toEqual(keys(zh).sort())
  })

  it('has no quotation marks in English that Chinese letters make as wide as a character', () => {
    // The problems come as the Rust side tells them.
    const ours = { ...en, problem: null }
    expect(JSON.stringify(ours).match(/.{0,20}[‘’“”]/g)).toBeNull()
  })

  it('has every text that a component asks for', () => {
    const known = new Set(keys(zh))
    const asked = Object.entries(sources)
      .filter(([path]) => !path.endsWith('.test.ts'))
      .flatMap(([path, text]) =>
        [...text.matchAll(/\bt\('([a-z_.A-Z0-9]+)'/g)].map((match) => [path, match[1] ?? '']),
      )
    expect(asked.filter(([, key]) => !known.has(key ?? ''))).toEqual([])
  })

  it('has every word that the guide tells people to look for', () => {
    const guide = Object.values(guides).join('')
    const quoted = [...guide.matchAll(/“\**([^”*]+)\**”/g)].map((match) => match[1] ?? '')
    expect(quoted.length).toBeGreaterThan(10)
    const all = JSON.stringify(zh)
    expect(quoted.filter((words) => !all.includes(words))).toEqual([])
  })
})

describe('the components', () => {
  it('ask for days and times in the language of the screen, never in that of the browser', () => {
    const native = Object.entries(sources).filter(([, text]) =>
      /<input[^>]*\btype="(date|time|datetime-local|month|week)"/.test(text),
    )
    expect(native.map(([path]) => path)).toEqual([])
  })
})
