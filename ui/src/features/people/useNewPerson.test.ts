import { expect, it } from 'vitest'
import { CommandError } from '@/backend'
import { fakeBackend } from '@/shared/testing/backend'
import { runIn } from '@/shared/testing/mount'
import { useNewPerson } from './useNewPerson'

it('a person is added by one command, under one id until an answer has come', async () => {
  let isLost = true
  const { backend, calls } = fakeBackend({
    'person.add': () => {
      if (isLost) throw new CommandError('unreachable', 'no answer')
      return { id: 'p', pin: '493027' }
    },
  })
  const { result } = await runIn(useNewPerson, { backend })
  const form = { name: '李师傅', phone: ' ', roles: ['cook', 'keeper'] as const }
  await expect(result.add(form)).rejects.toThrow()
  isLost = false
  expect(await result.add(form)).toBe('493027')
  expect(await result.add(form)).toBe('493027')
  const added = calls.filter(({ name }) => name === 'person.add').map(({ args }) => args as { id: string })
  expect(added).toHaveLength(3)
  expect(calls.filter(({ name }) => /^(person\.(save|grant)|pin\.)/.test(name))).toEqual([])
  expect(added[0]).toMatchObject({ name: '李师傅', phone: null, roles: ['cook', 'keeper'] })
  expect(added[1]?.id).toBe(added[0]?.id)
  expect(added[2]?.id).not.toBe(added[0]?.id)
})
