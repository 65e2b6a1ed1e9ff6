import { expect, it } from 'vitest'
import { fakeBackend } from '@/shared/testing/backend'
import { runIn } from '@/shared/testing/mount'
import { useInspectionPort } from './port'

const ID = '0197d000-0000-7000-8000-000000000001'

const answered = () => ({}) as never

it('answers the place of an inspection by its commands', async () => {
  const { backend, calls } = fakeBackend({
    'inspection.get': answered,
    'inspection.answer': answered,
    'inspection.note': answered,
    'inspection.photo': answered,
    'inspection.rest': answered,
    'inspection.undo': answered,
  })
  const port = (await runIn(() => useInspectionPort(ID), { backend })).result
  const written = { item: 'T01.06', seen: 'v' }
  const photo = { blob: 'aa', mime: 'image/jpeg', size: 1, taken_at: 1, source: 'camera' as const }
  await port.read()
  await port.answer({ ...written, result: 'pass', sure: true })
  await port.note({ ...written, note: '门' })
  await port.photo({ ...written, photo })
  await port.rest?.({ section: '人员', seen: 'v' })
  await port.undo(written)
  await port.undoRest?.({ section: '人员', seen: 'v' })
  await port.undoPhoto({ ...written, photo: 'aa' })
  const own = calls.filter(({ name }) => name.startsWith('inspection.'))
  expect(own.map(({ name, args }) => [name, args])).toEqual([
    ['inspection.get', { id: ID }],
    ['inspection.answer', { id: ID, ...written, result: 'pass', sure: true }],
    ['inspection.note', { id: ID, ...written, note: '门' }],
    ['inspection.photo', { id: ID, ...written, photo }],
    ['inspection.rest', { id: ID, section: '人员', seen: 'v' }],
    ['inspection.undo', { id: ID, ...written }],
    ['inspection.undo', { id: ID, section: '人员', seen: 'v' }],
    ['inspection.undo', { id: ID, ...written, photo: 'aa' }],
  ])
})

it('hears of its own record and of findings, until it is left', async () => {
  const { backend, tell } = fakeBackend({})
  const port = (await runIn(() => useInspectionPort(ID), { backend })).result
  let heard = 0
  const stop = port.watch(() => (heard += 1))
  const changed = (kinds: string[], ids: string[]) => tell({ type: 'changed', kinds, ids })
  changed(['inspection'], ['0197d000-0000-7000-8000-000000000002'])
  expect(heard).toBe(0)
  changed(['inspection'], [ID])
  changed(['finding'], ['0197d000-0000-7000-8000-000000000003'])
  changed([], [])
  expect(heard).toBe(3)
  stop()
  changed([], [])
  expect(heard).toBe(3)
})
