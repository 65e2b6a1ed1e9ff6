import { flushPromises } from '@vue/test-utils'
import { expect, it, onTestFinished } from 'vitest'
import { CommandError } from '@/backend'
import { fakeBackend } from '@/shared/testing/backend'
import { mountIn, overlaysSettled, topDialog } from '@/shared/testing/mount'
import TagsDialog from './TagsDialog.vue'

const point = {
  ...{ id: 'a', place: 1, name: '门', name_en: null, look_at: '', look_at_en: null, area: null },
  ...{ area_name: null, items: [], must: [], min_seconds: 30, in_all_windows: true, windows: [] },
  ...{ photo: false, tags: [], until: null, version: 'v' },
}

it('takes a tag from another point only when that is said', async () => {
  const inUse = new CommandError('tag-in-use', 'x', 'tag', { name: '库', is_old: false })
  const { backend, calls } = fakeBackend({
    'tag.bind': ({ again }: { again?: boolean }) =>
      again ? Promise.resolve({ id: 't', version: 'v' }) : Promise.reject(inUse),
  })
  const props = { modelValue: true, route: { id: 'r' }, point, mayManage: true }
  const { wrapper } = await mountIn(TagsDialog, { backend }, { props })
  onTestFinished(() => wrapper.unmount())
  await overlaysSettled()
  await topDialog().get('input').setValue('04A1')
  await topDialog().get('form').trigger('submit')
  await flushPromises()
  expect(topDialog().text()).toContain('它现在在“库”。')
  const buttons = topDialog().findAll('button')
  await buttons.find((button) => button.text() === '拿到这一点来')?.trigger('click')
  await flushPromises()
  expect(calls.filter(({ name }) => name === 'tag.bind').map(({ args }) => args)).toEqual([
    { checkpoint: 'a', tag: '04A1', again: false },
    { checkpoint: 'a', tag: '04A1', again: true },
  ])
})
