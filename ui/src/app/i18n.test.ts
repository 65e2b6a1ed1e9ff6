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
})
