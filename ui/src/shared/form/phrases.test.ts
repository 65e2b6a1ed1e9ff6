import { defineComponent, h } from 'vue'
import { describe, expect, it } from 'vitest'
import { fakeBackend } from '@/shared/testing/backend'
import { mountIn } from '@/shared/testing/mount'
import { keepPhrasesOf, usePhrases, withPhrase } from './phrases'

/** The phrases of whoever has the id `person`. */
async function phrasesOf(person: string) {
  let phrases: ReturnType<typeof usePhrases> | undefined
  const Field = defineComponent({ setup: () => ((phrases = usePhrases()), () => h('div')) })
  const by = { id: person, name: person }
  const { backend } = fakeBackend({
    'door.get': { door: 'tablet' },
    'person.current': { by, permissions: [] },
    'campus.list': { campuses: [] },
  })
  await mountIn(Field, { backend })
  return phrases!
}

describe('what was written before about an item', () => {
  it('is offered to who wrote it and to nobody else', async () => {
    const li = await phrasesOf('li')
    li.remember('T01.06', '刀架没有分开')
    expect(li.of('T01.06')).toEqual(['刀架没有分开'])
    expect((await phrasesOf('zhang')).of('T01.06')).toEqual([])
    expect((await phrasesOf('li')).of('T01.06')).toEqual(['刀架没有分开'])
  })

  it('is forgotten with its person, who is gone from the list of people', async () => {
    const [li, zhang] = [await phrasesOf('li'), await phrasesOf('zhang')]
    li.remember('T01.06', '刀架没有分开')
    zhang.remember('T01.06', '水池堵了')
    keepPhrasesOf(new Set(['zhang', 'wang']))
    expect((await phrasesOf('li')).of('T01.06')).toEqual([])
    expect((await phrasesOf('zhang')).of('T01.06')).toEqual(['水池堵了'])
  })

  it('has the latest first, three of an item, and nothing that is long or blank', () => {
    const all = ['一', '二', '三', '二', '四', ' ', '长'.repeat(31)]
    expect(all.reduce((kept, text) => withPhrase(kept, 'T01.06', text), {})).toEqual({
      'T01.06': ['四', '二', '三'],
    })
  })
})
