import { describe, expect, it } from 'vitest'
import type { ItemView } from '@/backend'
import { fakeBackend } from '@/shared/testing/backend'
import { mountIn } from '@/shared/testing/mount'
import { itemView } from '../testing'
import MeasureAnswer from './MeasureAnswer.vue'

/** The answer to a fridge's temperature, of which this is stored. */
async function fridge(result: ItemView['result'] = null) {
  const item = itemView({
    type: 'temperature',
    result,
    limits: { unit: '℃', unit_en: '℃', min: '0', max: '8' },
  })
  const { wrapper } = await mountIn(MeasureAnswer, { backend: fakeBackend({}).backend }, { props: { item } })
  const figure = wrapper.get('[data-main]')
  const given = () => (wrapper.emitted('answer') ?? []).map(([, when]) => when)
  return { wrapper, figure, given }
}

describe('a measured value', () => {
  it('is stored soon while somebody types, and at once when it is left', async () => {
    const { wrapper, figure, given } = await fridge()
    await figure.trigger('focus')
    await figure.setValue('6.5')
    expect(given()).toEqual(['soon'])
    await figure.trigger('blur')
    expect(given()).toEqual(['soon', 'now'])
    expect(wrapper.emitted('answer')?.at(-1)?.[0]).toMatchObject([{ v: '6.5' }])
  })

  it('that was left as it is stored is not stored again', async () => {
    const { figure, given } = await fridge([{ v: '6.5' }])
    await figure.trigger('focus')
    await figure.trigger('blur')
    expect(given()).toEqual([])
  })

  it('takes a tap on its unit as one on its figure', async () => {
    const { wrapper, figure } = await fridge()
    let taps = 0
    figure.element.addEventListener('click', () => (taps += 1))
    await wrapper.get('.unit').trigger('click')
    expect(taps).toBe(1)
  })
})
