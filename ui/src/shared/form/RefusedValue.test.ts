import { describe, expect, it } from 'vitest'
import { CommandError } from '@/backend'
import { fakeBackend } from '@/shared/testing/backend'
import { mountIn } from '@/shared/testing/mount'
import { itemView } from './testing'
import RefusedValue from './RefusedValue.vue'

const fridge = (...values: string[]) =>
  itemView({
    type: 'temperature',
    limits: { unit: '℃', unit_en: '℃', min: '0', max: '8' },
    result: values.map((v, at) => ({ v, of: `第 ${at + 1} 份` })),
  })
const refused = async (item: ReturnType<typeof fridge>, details: Record<string, unknown>) => {
  const error = new CommandError('bad-answer', '', 'result', details)
  const { wrapper } = await mountIn(
    RefusedValue,
    { backend: fakeBackend({}).backend },
    { props: { item, error } },
  )
  return wrapper
}

describe('a measured value that was not taken', () => {
  it('offers both meanings of a comma, and changes no other reading', async () => {
    const wrapper = await refused(fridge('4', '1,234'), {
      reason: 'number',
      number: 'ambiguous',
      typed: '1,234',
      as_decimal: '1.234',
      as_thousands: '1234',
    })
    expect(wrapper.text()).toContain('“1,234”有两种读法，还没存下')
    const [decimal, thousands] = wrapper.findAll('button')
    expect([decimal?.text(), thousands?.text()]).toEqual(['1.234 ℃', '1234 ℃'])
    await decimal?.trigger('click')
    expect(wrapper.emitted('take')?.[0]).toEqual([
      [
        { v: '4', of: '第 1 份' },
        { v: '1.234', of: '第 2 份' },
      ],
      false,
    ])
  })

  it('asks whether a value is meant that can hardly be, and takes it then', async () => {
    const wrapper = await refused(fridge('372'), { reason: 'unlikely', value: '372', of: '' })
    expect(wrapper.text()).toContain('372 ℃，对吗？')
    await wrapper.findAll('button')[0]?.trigger('click')
    expect(wrapper.emitted('take')?.[0]).toEqual([[{ v: '372', of: '第 1 份' }], true])
    await wrapper.findAll('button')[1]?.trigger('click')
    expect(wrapper.emitted('edit')).toHaveLength(1)
  })

  it('says which unit is asked for', async () => {
    const wrapper = await refused(fridge('4 kg'), { reason: 'number', number: 'other_unit', found: 'kg' })
    expect(wrapper.text()).toContain('请换算成 ℃ 再填')
  })
})
