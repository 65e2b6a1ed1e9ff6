import { flushPromises } from '@vue/test-utils'
import { expect, it } from 'vitest'
import { ME, runOf, runPoint, visitOf } from '../model/testing'
import { openPage } from '../testing-page'
import RunPage from '../walk/RunPage.vue'
import './RunRecord.vue'
import { findingRow } from '@/shared/testing/rows'
import { partsHere } from '@/shared/state/later'
import { stepsOf } from './steps'

const points = [
  runPoint(1, {
    min_seconds: 60,
    visits: [
      visitOf({ id: 'v1', n: 1, result: 'abnormal', stay_s: 38, short: true }),
      visitOf({ id: 'v3', n: 3, how: 'hand', stay_s: null, lacks_reason: true }),
    ],
  }),
  runPoint(2, { missed: { reason: '进不去', by: ME, at: 1 } }),
  runPoint(3, { visits: [visitOf({ id: 'v2', n: 2 })] }),
]

it('a round reads in the order in which its tablet wrote it, what was not reached at the end', () => {
  const later = [{ id: 'p2', n: 9, reason: '被叫到门口', by: ME, at: 60_000, until: null }]
  expect(stepsOf({ points, pauses: [] }).map(({ key }) => key)).toEqual(['v1', 'v2', 'v3', 'c2'])
  expect(stepsOf({ points, pauses: later }).map(({ key }) => key)).toEqual(['v1', 'v2', 'v3', 'p2', 'c2'])
})

it('a round that is over says stays, reasons and what is not known, in neutral words', async () => {
  const run = runOf(points, { stage: 'finished', finished_at: 5 })
  const { wrapper } = await openPage(RunPage, { run })
  await partsHere()
  await flushPromises()
  const [first, , third, missed] = wrapper.findAll('[data-step]').map((step) => step.text())
  expect(first).toContain('停留 0:38')
  expect(first).toContain('短于 1:00')
  expect(third).toContain('停留未测')
  expect(third).toContain('手动（无理由）')
  expect(missed).toContain('未到：进不去')
  wrapper.unmount()
})

it('a round that was broken off says why and for how long, and what was found on the way', async () => {
  const pauses = [{ id: 'p1', n: 2, reason: '被叫到门口', by: ME, at: 60_000, until: 780_000 }]
  const on_the_way = [findingRow({ id: 'f1', description: '围墙外有人翻越' })]
  const run = runOf(points, { stage: 'finished', finished_at: 5, pauses, on_the_way })
  const { wrapper } = await openPage(RunPage, { run })
  await partsHere()
  await flushPromises()
  expect(wrapper.get('[data-step=pause]').text().replaceAll('\u00a0', ' ')).toContain('被叫到门口 · 12 分钟')
  expect(wrapper.get('[data-found-on-the-way]').text()).toContain('围墙外有人翻越')
  wrapper.unmount()
})
