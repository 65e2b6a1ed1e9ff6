import { flushPromises } from '@vue/test-utils'
import { reactive } from 'vue'
import { describe, expect, it } from 'vitest'
import { CommandError } from '@/backend'
import { fakeBackend } from '@/shared/testing/backend'
import { runIn } from '@/shared/testing/mount'
import { useEnrolment } from './useEnrolment'

const door = { door: 'tablet', version: '1', organisation: null, account: null } as const
const worker = {
  by: null,
  session: null,
  since: null,
  roles: null,
  permissions: [],
  should_set_pin: false,
}

async function enrolment(answer: () => unknown) {
  const { backend, calls } = fakeBackend({
    'door.get': door,
    'person.current': worker,
    'campus.list': { campuses: [], here: null },
    'sync.enrol': answer,
    'sync.status': { pulled: 12, badge: 'sending' },
    'person.list': { people: [{ id: 'p' }], next: null },
  })
  const typed = reactive({ server: '', code: '', name: '食堂平板' })
  const { result } = await runIn(() => useEnrolment(typed, (n) => `平板 ${n}`), { backend })
  return { typed, result, calls }
}

describe('the enrolment', () => {
  it('takes a pasted link apart and asks the server with its parts', async () => {
    const { typed, result, calls } = await enrolment(() => ({}))
    expect(result.isReady.value).toBe(false)
    typed.code = 'http://10.0.0.2:8787/#/enrol?code=abcde-fghjk'
    expect(result.isReady.value).toBe(true)
    await result.enrol()
    await flushPromises()
    expect(calls.find(({ name }) => name === 'sync.enrol')?.args).toEqual({
      server: 'http://10.0.0.2:8787',
      code: 'ABCDE-FGHJK',
      device_name: '食堂平板',
    })
    expect(result.step.value).toBe('receiving')
    expect(result.arrived.value).toBe(1)
    expect(result.received.value).toBe(12)
    expect(result.isWhole.value).toBe(false)
  })

  it('proposes the name that the office has free, and leaves one that somebody thought of', async () => {
    const { typed, result } = await enrolment(() => ({}))
    const link = (tablet: string) => `http://10.0.0.2:8787/#/enrol?code=ABCDE&tablet=${tablet}`
    result.takeApart(link('4'))
    expect(typed.name).toBe('食堂平板')
    typed.name = ''
    result.takeApart(link('x'))
    expect([typed.name, result.isReady.value]).toEqual(['', false])
    result.takeApart(link('4'))
    expect([typed.name, result.isReady.value]).toEqual(['平板 4', true])
  })

  it('stays where it was when the code is refused', async () => {
    const { typed, result } = await enrolment(() => {
      throw new CommandError('enrol-refused', 'no', 'code')
    })
    Object.assign(typed, { server: '10.0.0.2', code: 'ABCDE' })
    await result.enrol()
    expect(result.step.value).toBe('ask')
    expect(result.error.value?.field).toBe('code')
    expect(typed.code).toBe('ABCDE')
  })
})
