import { expect, it } from 'vitest'

const sources = import.meta.glob<string>('../features/**/*.vue', {
  eager: true,
  query: '?raw',
  import: 'default',
})

it('gives no page a look of its own for the head that all pages share', () => {
  // The outermost element of a part takes the styles of the page around it as well.
  const own = Object.entries(sources)
    .filter(([, text]) => text.includes('<PageHead') || text.includes('<ListPage'))
    .filter(([, text]) => /^\s*\.head\b/m.test(text.slice(text.indexOf('<style'))))
  expect(own.map(([file]) => file)).toEqual([])
})
