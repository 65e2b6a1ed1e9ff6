import { flushPromises } from '@vue/test-utils'
import { ref } from 'vue'
import { describe, expect, it } from 'vitest'
import type { FindingsWanted } from '@/backend'
import { fakeBackend } from '@/shared/testing/backend'
import { runIn } from '@/shared/testing/mount'
import { usePages } from './pages'

/** A store of 250 findings, read by number. */
const store = (total: number) => (args: { after?: string | null; limit?: number | null }) => {
  const from = Number(args.after ?? 0)
  const to = Math.min(total, from + (args.limit ?? 200))
  const findings = Array.from({ length: to - from }, (_, place) => ({ id: String(from + place) }))
  return { findings, next: to < total ? String(to) : null }
}

async function pages(total = 250) {
  const state = ref<FindingsWanted>('open')
  const { backend, calls, tell } = fakeBackend({ 'finding.list': store(total) })
  const { result } = await runIn(
    () =>
      usePages('finding.list', {
        args: () => ({ state: state.value }),
        rows: (page) => page.findings,
        kinds: ['finding'],
      }),
    { backend },
  )
  await flushPromises()
  return { list: result, state, tell, asked: () => calls.filter(({ name }) => name === 'finding.list') }
}

describe('a list by pages', () => {
  it('reads on until its end, and no further', async () => {
    const { list, asked } = await pages()
    expect(list.rows.value).toHaveLength(100)
    await list.more()
    await list.more()
    expect(list.rows.value).toHaveLength(250)
    expect(list.hasMore.value).toBe(false)
    await list.more()
    expect(asked()).toHaveLength(3)
  })

  it('reads anew what stands there when something has changed', async () => {
    const { list, tell } = await pages()
    await list.more()
    tell({ type: 'changed', kinds: ['finding'], ids: [] })
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(list.rows.value).toHaveLength(200)
    expect(list.rows.value[199]?.id).toBe('199')
  })

  it('does not ask again for what does not concern it', async () => {
    const { tell, asked } = await pages()
    tell({ type: 'changed', kinds: ['inspection'], ids: [] })
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(asked()).toHaveLength(1)
  })

  it('starts over for another question', async () => {
    const { list, state, asked } = await pages()
    await list.more()
    state.value = 'closed'
    await flushPromises()
    expect(list.rows.value).toHaveLength(100)
    expect(asked().at(-1)?.args).toMatchObject({ state: 'closed', after: null })
  })
})
