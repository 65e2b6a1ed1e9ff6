import { flushPromises } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import { fakeBackend } from '@/shared/testing/backend'
import { mountIn } from '@/shared/testing/mount'
import SearchPage from './SearchPage.vue'
import { byKind, pageOf, type Hit } from './hits'

const hit = (kind: string, id: string, title = id): Hit => ({
  kind,
  kind_zh: kind,
  id,
  title,
  title_en: null,
  scope: null,
  stage: null,
  stage_label: null,
  stage_label_en: null,
  business_date: null,
})

describe('the search', () => {
  it('groups by kind, the kind of the best hit first', () => {
    const groups = byKind([hit('finding', '1'), hit('person', '2'), hit('finding', '3')])
    expect(groups.map(({ kind, hits }) => [kind, hits.length])).toEqual([
      ['finding', 2],
      ['person', 1],
    ])
  })

  it('leads where a page is', () => {
    expect(pageOf(hit('inspection', 'i'), false)).toBe('/inspections/i')
    expect(pageOf(hit('person', 'p'), false)).toBeNull()
    expect(pageOf(hit('person', 'p'), true)).toBe('/people')
    expect(pageOf({ ...hit('duty_shift', 'd'), stage_label: '在岗' }, false)).toBe('/entries/d')
  })

  it('asks while one types, and walks through the hits by keys', async () => {
    const { backend, calls } = fakeBackend({
      'search.find': {
        hits: [hit('finding', '1', '灭火器'), hit('finding', '2', '灭火毯')],
        cut: false,
        indexing: 0,
      },
    })
    const { wrapper } = await mountIn(SearchPage, { backend })
    await wrapper.find('input').setValue('mh')
    await new Promise((resolve) => setTimeout(resolve, 150))
    await flushPromises()
    expect(calls.find(({ name }) => name === 'search.find')?.args).toMatchObject({ query: 'mh' })
    const links = wrapper.findAll('a.hit')
    expect(links.map((link) => link.attributes('href'))).toEqual(['/findings/1', '/findings/2'])
    await wrapper.find('input').trigger('keydown', { key: 'ArrowDown' })
    expect(document.activeElement).toBe(links[0]?.element)
    await wrapper.find('a.hit').trigger('keydown', { key: 'ArrowUp' })
    expect(document.activeElement).toBe(wrapper.find('input').element)
    await wrapper.find('input').trigger('keydown', { key: 'Escape' })
    expect(wrapper.findAll('a.hit')).toHaveLength(0)
  })

  it('says that nothing was found', async () => {
    const { backend } = fakeBackend({ 'search.find': { hits: [], cut: false, indexing: 0 } })
    const { wrapper } = await mountIn(SearchPage, { backend })
    await wrapper.find('input').setValue('xyz')
    await new Promise((resolve) => setTimeout(resolve, 150))
    await flushPromises()
    expect(wrapper.text()).toContain('没有找到“xyz”')
  })
})
