import { defineComponent, h, KeepAlive, nextTick, ref } from 'vue'
import { describe, expect, it } from 'vitest'
import { fakeBackend } from '@/shared/testing/backend'
import { mountIn } from '@/shared/testing/mount'
import { giveTyped } from './focused'
import NumberPad from './NumberPad.vue'

/** Two cards that are kept while the other is shown, each with a number that somebody types. */
async function cards() {
  const [first, second, shown] = [ref('83.7'), ref(''), ref<'first' | 'second' | 'none'>('first')]
  const submitted: string[] = []
  const page = (name: 'first' | 'second', typed: typeof first) =>
    defineComponent({
      name,
      setup: () => () =>
        h(NumberPad, {
          label: name,
          unit: '℃',
          action: '存',
          modelValue: typed.value,
          'onUpdate:modelValue': (text: string) => (typed.value = text),
          onSubmit: () => submitted.push(name),
        }),
    })
  const pages = {
    first: page('first', first),
    second: page('second', second),
    none: { render: () => h('div') },
  }
  const { backend } = fakeBackend({})
  await mountIn(
    defineComponent(() => () => h(KeepAlive, null, { default: () => h(pages[shown.value]) })),
    { backend },
  )
  const show = async (name: typeof shown.value) => {
    shown.value = name
    await nextTick()
  }
  return { first, second, submitted, show }
}
const type = (keys: string[]) =>
  keys.forEach((key) =>
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })),
  )

describe('a number that somebody types', () => {
  it('takes keys wherever the focus is, and Enter stores it', async () => {
    const { first, submitted } = await cards()
    type(['5', 'Enter'])
    expect(first.value).toBe('83.75')
    expect(submitted).toEqual(['first'])
  })

  it('hears nothing of what is typed on another page, such as the PIN of who takes the tablet over', async () => {
    const { first, submitted, show } = await cards()
    await show('none')
    type(['2', '3', '0', '3', 'Enter'])
    expect([first.value, submitted]).toEqual(['83.7', []])
    await show('first')
    type(['1'])
    expect(first.value).toBe('83.71')
  })

  it('gets what a thermometer types on its own card alone, also after another was looked at', async () => {
    const { first, second, show } = await cards()
    await show('second')
    giveTyped('61.2')
    expect([first.value, second.value]).toEqual(['83.7', '61.2'])
    await show('first')
    giveTyped('74.9')
    expect([first.value, second.value]).toEqual(['74.9', '61.2'])
    await show('none')
    expect(giveTyped('12.3')).toBe(false)
  })
})
