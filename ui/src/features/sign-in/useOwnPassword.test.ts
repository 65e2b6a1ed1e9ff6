import { flushPromises } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import { CommandError } from '@/backend'
import { fakeBackend } from '@/shared/testing/backend'
import { runIn } from '@/shared/testing/mount'
import { useOwnPassword } from './useOwnPassword'

const door = (part: object = {}) => ({
  door: 'office' as const,
  version: '1',
  organisation: { id: 'o', name: '园' },
  account: { name: 'limin', person: 'p', roles: [], must_begin: false, must_change_password: true, ...part },
})
const own = door({ must_change_password: false })

async function page(answer: () => unknown) {
  let isOwn = false
  const { backend, calls } = fakeBackend({
    'door.get': () => (isOwn ? own : door()),
    'door.password': () => {
      const given = answer()
      isOwn = true
      return given
    },
    'person.current': { by: { id: 'p', name: '李敏' }, roles: [], permissions: [], should_set_pin: false },
    'campus.list': { campuses: [], here: null },
  })
  const made = await runIn(() => useOwnPassword(), { backend })
  return { ...made, names: () => calls.map(({ name }) => name) }
}

describe('a password that somebody else has set', () => {
  it('keeps everything else shut, and asks for nothing else', async () => {
    const { session, names } = await page(() => own)
    expect(session.isSomebody.value).toBe(false)
    expect(names()).toEqual(['door.get'])
  })

  it('is changed, and the office opens', async () => {
    const { result, session, names } = await page(() => own)
    expect(await result.choose('purple fern runs')).toBe(true)
    await flushPromises()
    expect(names().slice(1, 3)).toEqual(['door.password', 'door.get'])
    expect(session.name.value).toBe('李敏')
  })

  it('says why the new one is not taken', async () => {
    const { result, session } = await page(() => {
      throw new CommandError('same-password', 'no')
    })
    expect(await result.choose('purple fern runs')).toBe(false)
    expect(result.error.value?.code).toBe('same-password')
    expect(session.door.value?.account?.must_change_password).toBe(true)
  })
})
