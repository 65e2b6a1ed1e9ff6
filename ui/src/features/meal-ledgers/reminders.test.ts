import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import type { MealReminder } from '@/backend'
import { cue, useCues } from '@/shared/state/cues'
import { fakeBackend } from '@/shared/testing/backend'
import { mountIn } from '@/shared/testing/mount'
import TodayReminders from './TodayReminders.vue'
import { pathOf, soundNew } from './reminders'

vi.mock('@/shared/state/cues', async (original) => ({ ...(await original<object>()), cue: vi.fn() }))

let number = 0
const reminder = (of: Partial<MealReminder> = {}): MealReminder => ({
  ...{ code: 'sample-due', about: `s${String(number++)}`, what: '红烧肉', date: '2026-11-23', meal: '午餐' },
  kitchen: null,
  ...of,
})

beforeEach(() => vi.mocked(cue).mockClear())
afterEach(() => (useCues().value = true))

describe('the sound of a reminder', () => {
  it('is made once for each, and once for several that come together', () => {
    const [one, other] = [reminder(), reminder()]
    soundNew([one, other])
    soundNew([one, other])
    expect(cue).toHaveBeenCalledTimes(1)
    soundNew([one, reminder()])
    expect(cue).toHaveBeenCalledTimes(2)
    soundNew([])
    expect(cue).toHaveBeenCalledTimes(2)
  })

  it('is not made anew while less and less is missing before service', () => {
    const meal = reminder({ code: 'before-service', about: 'm', what: '3' })
    soundNew([meal])
    soundNew([{ ...meal, what: '2' }])
    expect(cue).toHaveBeenCalledTimes(1)
  })
})

describe('the reminders of Today', () => {
  const open = async (reminders: MealReminder[]) => {
    const { backend } = fakeBackend({ 'campus.list': { campuses: [], here: null } as never })
    const { wrapper } = await mountIn(TodayReminders, { backend }, { props: { reminders } })
    await flushPromises()
    onTestFinished(() => wrapper.unmount())
    return wrapper
  }

  it('lead to the card of the meal, and say of what they are', async () => {
    const wrapper = await open([reminder(), reminder({ code: 'before-service', what: '2' })])
    expect(wrapper.get('[data-reminder=sample-due]').text()).toContain('红烧肉')
    expect(wrapper.get('[data-reminder=before-service]').text()).toContain('开餐前还差 2 项')
    expect(pathOf(reminder())).toBe('/meals/2026-11-23~午餐')
    expect(pathOf(reminder({ kitchen: 'k' }))).toBe('/meals/2026-11-23~午餐~k')
    expect(pathOf(reminder({ meal: null }))).toBe('/meals')
  })

  it('take no room while nothing presses, and are muted on this device by one press', async () => {
    expect((await open([])).find('section').exists()).toBe(false)
    const wrapper = await open([reminder()])
    await wrapper.get('button').trigger('click')
    expect(useCues().value).toBe(false)
  })
})
