import { expect, it } from 'vitest'
import type { ItemView } from '@/backend'
import { fakeBackend } from '@/shared/testing/backend'
import { mountIn, runIn } from '@/shared/testing/mount'
import ItemConflict from './ItemConflict.vue'
import { itemView } from './testing'
import { useResultWords } from './results'

const { backend } = fakeBackend({})
const limits = { unit: '℃', unit_en: '℃', min: '70', max: null }

it.each<[string, Partial<ItemView>, unknown, string, string]>([
  ['a verdict', {}, 'fail', '不合格', 'Fail'],
  ['points', { type: 'score', max: 8 }, 5, '5 / 8', '5 / 8'],
  ['readings', { type: 'temperature', limits }, [{ v: '66', of: '汤' }], '汤 66 ℃', '汤 66 ℃'],
  ['a signature', { type: 'signature' }, [[[1, 2]]], '已签名', 'Signed'],
  ['property', { type: 'assets' }, [{ name: '课桌' }], '1 样物品', '1 item'],
  [
    'an option',
    { type: 'choice', options: ['优', '差'], options_en: ['Excellent', 'Poor'] },
    '差',
    '差',
    'Poor',
  ],
  ['an option without English', { type: 'choice', options: ['差'] }, '差', '差', '差'],
  ['what does not apply', { type: 'choice' }, 'na', '不适用', 'N/A'],
  ['nothing', {}, null, '未填', 'Not answered'],
  ['what is no answer', { type: 'score', max: 8 }, { a: 1 }, '{"a":1}', '{"a":1}'],
])('%s is told in the language of the screen', async (_, part, result, zh, en) => {
  const words = async (language: 'zh' | 'en') =>
    (await runIn(() => useResultWords(), { backend, language })).result(itemView(part), result)
  expect([await words('zh'), await words('en')]).toEqual([zh, en])
})

it('two different answers are told in the language of the screen', async () => {
  const side = (index: number, value: number) => ({
    index,
    value,
    text: `${value} 分`,
    text_en: `${value} points`,
    figure: null,
    unit: null,
    passed: null,
    by: { id: 'p', name: '陈芳' },
    at: 0,
    device: 'd',
    device_name: null,
    is_here: false,
    counts: index === 0,
  })
  const item = itemView({ type: 'score', max: 8, conflict: [side(0, 5), side(1, 8)] })
  const { wrapper } = await mountIn(
    ItemConflict,
    { backend, language: 'en' },
    { props: { item, to: '/conflicts/r' } },
  )
  expect(wrapper.text()).toContain('5 / 8')
  expect(wrapper.text()).not.toContain('分')
})
