import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { CommandError, type Clock } from '@/backend'
import { fakeBackend } from '@/shared/testing/backend'
import { mountIn } from '@/shared/testing/mount'
import ClockNotice from './ClockNotice.vue'
import ClockPage from './ClockPage.vue'

/** 2026-11-29 10:00 in Shanghai, a Sunday. */
const TODAY = Date.UTC(2026, 10, 29, 2)
const IN_2016 = Date.UTC(2016, 0, 1)

async function mounted(
  component: object,
  clock: Partial<Clock>,
  vouched: Partial<Clock> | CommandError = {},
) {
  const answer: Clock = {
    state: 'none',
    behind_ms: null,
    latest_server: null,
    earliest: Date.UTC(2025, 8, 1),
    contradiction: null,
    now: TODAY,
  }
  const { backend, calls } = fakeBackend({
    'door.get': { door: 'tablet', version: '1', organisation: null, account: null },
    'person.current': { by: null, roles: [], permissions: [] },
    'campus.list': { campuses: [], here: null },
    'clock.get': { ...answer, ...clock },
    'clock.vouch': () => {
      if (vouched instanceof CommandError) throw vouched
      return { ...answer, state: 'person', ...vouched }
    },
  })
  const { wrapper } = await mountIn(component as never, { backend })
  await flushPromises()
  const button = (text: string) => wrapper.findAll('button').find((one) => one.text().includes(text))
  const vouches = () => calls.filter(({ name }) => name === 'clock.vouch').map(({ args }) => args)
  return { wrapper, button, vouches }
}

describe('the notice of the clock', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('says nothing while the time is checked and the clock is right', async () => {
    const { wrapper } = await mounted(ClockNotice, { state: 'server' })
    await vi.advanceTimersByTimeAsync(60_000)
    expect(wrapper.text()).toBe('')
  })

  it('asks with weekday, date and minute when the server has not answered for a while', async () => {
    const { wrapper, button, vouches } = await mounted(ClockNotice, {})
    expect(wrapper.text()).toBe('')
    await vi.advanceTimersByTimeAsync(8_100)
    expect(wrapper.text()).toContain('现在是 2026年11月29日 星期日 10:00，对吗？')
    await button('对')?.trigger('click')
    await flushPromises()
    expect(vouches()).toEqual([{ time: expect.closeTo(TODAY, -5) }])
    expect(wrapper.text()).toBe('')
  })

  it('never offers to confirm a time that cannot be', async () => {
    const { wrapper, button } = await mounted(ClockNotice, { now: IN_2016 })
    expect(wrapper.text()).toContain('2016年1月1日')
    expect(button('对')).toBeUndefined()
    expect(wrapper.find('a[href="/clock"]').exists()).toBe(true)
  })

  it('tells that the clock is off, and by how much, when the time is known all the same', async () => {
    const { wrapper } = await mounted(ClockNotice, { state: 'server', behind_ms: 3 * 86_400_000 })
    expect(wrapper.text()).toContain('慢了3 天')
    expect(wrapper.findAll('button, a')).toHaveLength(0)
  })

  it('shows that the server contradicts itself', async () => {
    const told = { expected: TODAY, told: TODAY + 3_600_000 }
    const { wrapper } = await mounted(ClockNotice, { state: 'server', contradiction: told })
    expect(wrapper.text()).toContain('10:00')
    expect(wrapper.text()).toContain('11:00')
  })
})

describe('the page of the clock', () => {
  async function fill(wrapper: Awaited<ReturnType<typeof mounted>>['wrapper'], parts: string[]) {
    const inputs = wrapper.findAll('input')
    for (const [place, part] of parts.entries()) await inputs[place]?.setValue(part)
  }

  it('takes what a person enters, after showing its weekday', async () => {
    const { wrapper, button, vouches } = await mounted(ClockPage, { now: IN_2016 })
    expect(button('请填完整')?.attributes('disabled')).toBeDefined()
    await fill(wrapper, ['２０２６', '11', '29', '10', '5'])
    expect(button('就是')?.text()).toBe('就是 2026年11月29日 星期日 10:05')
    await wrapper.find('form').trigger('submit')
    await flushPromises()
    expect(vouches()).toEqual([{ time: TODAY + 300_000 }])
    expect(wrapper.text()).toContain('已按这个时间记录')
  })

  it('takes no day that there is not', async () => {
    const { wrapper, button } = await mounted(ClockPage, {})
    await fill(wrapper, ['2026', '2', '30', '10', '5'])
    expect(button('请填完整')?.attributes('disabled')).toBeDefined()
  })

  it('says why a time is not taken', async () => {
    const refused = new CommandError('clock-too-early', 'x')
    const { wrapper } = await mounted(ClockPage, {}, refused)
    await fill(wrapper, ['2020', '11', '29', '10', '5'])
    await wrapper.find('form').trigger('submit')
    await flushPromises()
    expect(wrapper.text()).toContain('现在不会这么早')
  })
})
