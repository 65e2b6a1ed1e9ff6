import { flushPromises } from '@vue/test-utils'
import { expect, it, vi } from 'vitest'
import { h } from 'vue'
import type { DraftRow } from '@/backend'
import { createDraftSlot } from '@/shared/state/drafts'
import { fakeBackend } from '@/shared/testing/backend'
import { mountIn } from '@/shared/testing/mount'
import UnfinishedList from './UnfinishedList.vue'

const FORM = 'finding.report'

it('offers what is still on its way to the store when the list is asked for', async () => {
  const drafts: DraftRow[] = []
  let arrive = () => {}
  const { backend } = fakeBackend({
    'door.get': { door: 'tablet', version: '1', organisation: { id: 'o', name: '园' }, account: null },
    'person.current': {
      by: { id: 'li', name: '李' },
      roles: [],
      permissions: [],
      should_set_pin: false,
    },
    'campus.list': { campuses: [], here: null },
    'draft.list': () => ({ drafts: [...drafts] }),
    'draft.save': async () => {
      await new Promise<void>((resolve) => (arrive = resolve))
      drafts.push({ form: FORM, record: null, at: 5, words: '滑梯有裂缝' } as DraftRow)
      return { at: 5 }
    },
  })
  const slot = createDraftSlot(backend, 'li', { form: FORM }, () => ({
    declared: 1,
    seen: null,
    base: {},
    set: {},
  }))
  slot.touch()
  void slot.flush()
  const { wrapper, router } = await mountIn(UnfinishedList, { backend })
  router.addRoute({
    path: '/findings/new',
    component: { render: () => h('i') },
    meta: { unfinished: [FORM] },
  })
  await flushPromises()
  expect(wrapper.text()).toBe('')
  arrive()
  await vi.waitFor(() => expect(wrapper.text()).toContain('滑梯有裂缝'))
})
