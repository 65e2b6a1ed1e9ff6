import { flushPromises } from '@vue/test-utils'
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { defineComponent, h, ref, type Component } from 'vue'
import { closeOverlays, overlayCount } from '@/shared/state/overlays'
import type { Language } from '@/shared/state/look'
import { fakeBackend } from '@/shared/testing/backend'
import { mountIn, overlaysSettled } from '@/shared/testing/mount'
import BaseCombobox from './BaseCombobox.vue'
import DateField from './DateField.vue'
import TimeField from './TimeField.vue'

// jsdom lays nothing out.
Element.prototype.scrollIntoView ??= () => {}
Element.prototype.hasPointerCapture ??= () => false

/** What comes later on a screen takes a while to be compiled the first time. */
beforeAll(
  () => Promise.all([import('./DateInput.vue'), import('./TimeInput.vue'), import('./ComboInput.vue')]),
  60_000,
)

/** A field with its value beside it, as a form holds it. */
async function field(
  component: Component,
  start: string,
  { props = {}, language = 'zh' as Language, answers = {} } = {},
) {
  const value = ref(start)
  const { backend, calls } = fakeBackend({
    'door.get': { door: 'tablet', version: '1', organisation: { id: 'o', name: '园' } },
    'person.current': { by: null, roles: [], permissions: [] },
    'campus.list': { campuses: [], here: null },
    ...answers,
  })
  const Host = defineComponent(
    () => () =>
      h(component, {
        label: '期限',
        ...props,
        modelValue: value.value,
        'onUpdate:modelValue': (given: string) => (value.value = given),
      }),
  )
  const { wrapper } = await mountIn(Host, { backend, language })
  onTestFinished(async () => {
    await closeOverlays()
    wrapper.unmount()
  })
  await overlaysSettled()
  const parts = () => wrapper.findAll('[role=spinbutton]').map((part) => part.text())
  return { wrapper, value, parts, calls }
}
const inPage = (selector: string) => [...document.querySelectorAll<HTMLElement>(selector)]

describe('a field for a day', () => {
  it('shows the day in the order of the screen’s language, and never as mm/dd/yyyy', async () => {
    expect((await field(DateField, '2026-11-23')).parts()).toEqual(['2026', '11', '23'])
    expect((await field(DateField, '2026-11-23', { language: 'en' })).parts()).toEqual(['23', '11', '2026'])
    expect((await field(DateField, '')).parts()).toEqual(['年', '月', '日'])
  })

  it('is a group of its label, with parts that have names', async () => {
    const { wrapper } = await field(DateField, '')
    const group = wrapper.get('[role=group]')
    expect(document.getElementById(group.attributes('aria-labelledby') ?? '')?.textContent).toBe('期限')
    const names = wrapper.findAll('[role=spinbutton]').map((part) => part.attributes('aria-label'))
    expect(names).toEqual(['年', '月', '日'])
  })

  it('takes a day from the calendar, which closes on it', async () => {
    const { wrapper, value } = await field(DateField, '2026-11-23')
    await wrapper.get('button[aria-label="打开日历：期限"]').trigger('click')
    await overlaysSettled()
    expect(overlayCount()).toBe(1)
    expect(document.body.textContent).toContain('2026年11月')
    inPage('[data-reka-calendar-cell-trigger][data-value="2026-11-26"]')[0]?.click()
    await overlaysSettled()
    expect(value.value).toBe('2026-11-26')
    expect(overlayCount()).toBe(0)
  })

  it('lets no day be chosen before the first', async () => {
    const { wrapper, value } = await field(DateField, '2026-11-23', { props: { min: '2026-11-20' } })
    await wrapper.get('button').trigger('click')
    await overlaysSettled()
    inPage('[data-reka-calendar-cell-trigger][data-value="2026-11-19"]')[0]?.click()
    await overlaysSettled()
    expect(value.value).toBe('2026-11-23')
  })

  it('can be emptied', async () => {
    const { wrapper, value } = await field(DateField, '2026-11-23')
    await wrapper.get('button').trigger('click')
    await overlaysSettled()
    inPage('button')
      .find((button) => button.textContent?.trim() === '清空')
      ?.click()
    await overlaysSettled()
    expect(value.value).toBe('')
  })
})

describe('a field for a time', () => {
  it('goes by 24 hours in both languages', async () => {
    expect((await field(TimeField, '17:05')).parts()).toEqual(['17', '05'])
    expect((await field(TimeField, '17:05', { language: 'en' })).parts()).toEqual(['17', '05'])
  })
})

describe('a choice among many', () => {
  const options = [
    { value: '', text: '未说明' },
    { value: 'a1', text: '1 号楼厨房' },
    { value: 'a2', text: '操场' },
    { value: 'a3', text: '储藏室' },
  ]
  /** The store knows one by its pinyin, and nothing by other words. */
  const found = {
    'search.find': ({ query }: { query: string }) => ({ hits: query === 'ccs' ? [{ id: 'a3' }] : [] }),
  }
  const open = async (language: Language = 'zh') => {
    const made = await field(BaseCombobox, 'a2', {
      props: { options, kinds: ['area'] },
      language,
      answers: found,
    })
    const input = made.wrapper.get('input')
    await input.trigger('click')
    await overlaysSettled()
    return {
      ...made,
      input,
      shown: () => inPage('[role=option]').map((option) => option.textContent?.trim()),
    }
  }

  it('shows what is chosen, and all there is on a tap', async () => {
    const { input, shown } = await open()
    expect((input.element as HTMLInputElement).value).toBe('操场')
    expect(shown()).toEqual(['未说明', '1 号楼厨房', '操场', '储藏室'])
  })

  it('finds by a part of the words', async () => {
    const { input, shown } = await open()
    await input.setValue('厨房')
    await overlaysSettled()
    expect(shown()).toEqual(['1 号楼厨房'])
  })

  it('finds by pinyin, which the store knows', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    onTestFinished(() => void vi.useRealTimers())
    const made = field(BaseCombobox, 'a2', { props: { options, kinds: ['area'] }, answers: found })
    await vi.advanceTimersByTimeAsync(50)
    const { wrapper, calls } = await made
    await wrapper.get('input').setValue('ccs')
    await vi.advanceTimersByTimeAsync(300)
    await flushPromises()
    expect(calls.find(({ name }) => name === 'search.find')?.args).toEqual({
      query: 'ccs',
      kinds: ['area'],
      limit: 100,
    })
    expect(inPage('[role=option]').map((option) => option.textContent?.trim())).toEqual(['储藏室'])
  })

  it('says so when nothing is called that', async () => {
    const { input, shown } = await open()
    await input.setValue('游泳池')
    await overlaysSettled()
    expect(shown()).toEqual([])
    expect(document.body.textContent).toContain('没有叫“游泳池”的')
  })

  it('is on the stack of what lies above the page while its list is open', async () => {
    await open()
    expect(overlayCount()).toBe(1)
  })
})
