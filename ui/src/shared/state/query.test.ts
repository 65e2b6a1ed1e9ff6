import { flushPromises, mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import { defineComponent, h, KeepAlive, ref } from 'vue'
import { BACKEND, WHO } from '@/backend'
import { fakeBackend } from '@/shared/testing/backend'
import { useQuery } from './query'

/** A page that asks for the areas, kept behind another; each answer comes when it is let through. */
async function kept() {
  const held: ((name: string) => void)[] = []
  const { backend, calls } = fakeBackend({
    'area.list': () =>
      new Promise((resolve) => held.push((name) => resolve({ areas: [{ id: name, name, kind: 'room' }] }))),
  })
  const isShown = ref(true)
  const who = ref<string | null>('li')
  const Question = defineComponent(() => {
    const { data } = useQuery('area.list', () => ({}))
    return () => h('p', data.value?.areas[0]?.name ?? 'nothing')
  })
  const hasPart = ref(false)
  const Page = defineComponent(() => () => h('div', [h(Question), hasPart.value ? h(Question) : null]))
  const Other = defineComponent(() => () => h('div', 'other'))
  const wrapper = mount(
    defineComponent(() => () => h(KeepAlive, null, { default: () => h(isShown.value ? Page : Other) })),
    { global: { provide: { [BACKEND as symbol]: backend, [WHO as symbol]: () => who.value } } },
  )
  await flushPromises()
  return {
    wrapper,
    who,
    hasPart,
    asked: () => calls.length,
    async show(value: boolean) {
      isShown.value = value
      await flushPromises()
    },
    async answer(name: string) {
      held.splice(0).forEach((give) => give(name))
      await flushPromises()
    },
  }
}

describe('a question', () => {
  it('takes no answer while its page is only kept behind another, and is asked again when that is shown', async () => {
    const { wrapper, show, answer, asked } = await kept()
    await show(false)
    await answer('late')
    await show(true)
    expect(wrapper.text()).toBe('nothing')
    expect(asked()).toBe(2)
    await answer('new')
    expect(wrapper.text()).toBe('new')
  })

  it('is not asked behind the back of a colleague who works meanwhile', async () => {
    const { wrapper, who, show, answer, asked } = await kept()
    await answer('first')
    await show(false)
    who.value = 'zhang'
    await flushPromises()
    expect(asked()).toBe(1)
    who.value = 'li'
    await show(true)
    expect(wrapper.text()).toBe('nothing')
    await answer('again')
    expect(wrapper.text()).toBe('again')
  })

  it('of a part that is made behind another page waits for its page as well', async () => {
    const { wrapper, hasPart, show, answer, asked } = await kept()
    await answer('first')
    await show(false)
    hasPart.value = true
    await flushPromises()
    expect(asked()).toBe(1)
    await show(true)
    await answer('shown')
    expect(wrapper.text()).toBe('shownshown')
  })
})
