import { flushPromises } from '@vue/test-utils'
import { useLocalStorage } from '@vueuse/core'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { CommandError } from '@/backend'
import { fakeBackend } from '@/shared/testing/backend'
import { mountIn } from '@/shared/testing/mount'
import { personRow } from '@/shared/testing/rows'
import PeopleHerePage from './PeopleHerePage.vue'
import PinPad from './PinPad.vue'
import { digitOf } from './digits'
import { inOrder } from './usePeople'
import { pageOf } from './useSwitch'
import { useWait } from './useWait'

const person = (id: string, name: string, has_pin = true) => personRow({ id, name, has_pin })
const nobody = { by: null, session: null, since: null, roles: null, permissions: [], should_set_pin: false }
const working = (id: string, should_set_pin = false) => ({ ...nobody, by: { id, name: id }, should_set_pin })

function door(change: (args: { person?: string | null; pin?: string | null }) => unknown) {
  return fakeBackend({
    'door.get': {
      door: 'tablet',
      version: '1',
      organisation: { id: 'o', name: '园' },
      account: null,
    },
    'person.current': nobody,
    'campus.list': { campuses: [], here: null },
    'person.list': { people: [person('a', '张桂花'), person('b', '李敏', false)], next: null },
    'person.switch': change,
    'pin.set': { person: 'b' },
  })
}
const tile = (wrapper: Awaited<ReturnType<typeof mountIn>>['wrapper'], name: string) =>
  wrapper.findAll('.tile').find((one) => one.text().includes(name))

beforeEach(() => {
  localStorage.clear()
  document.body.innerHTML = ''
})

describe('who works', () => {
  it('lists whom the tablet saw last first, then by name', () => {
    const people = [person('a', '张'), person('b', '李'), person('c', '陈')]
    expect(inOrder(people, { b: 5, a: 9 }).map(({ id }) => id)).toEqual(['a', 'b', 'c'])
  })

  it('leaves no words here of who is no longer among them', async () => {
    const phrases = useLocalStorage<Record<string, object>>('rounds-phrases-by-person', {})
    phrases.value = { a: { 'T01.06': ['刀架没有分开'] }, gone: { 'T01.06': ['水池堵了'] } }
    await flushPromises()
    await mountIn(PeopleHerePage, { backend: door(() => nobody).backend, path: '/people-here' })
    await flushPromises()
    expect(Object.keys(phrases.value)).toEqual(['a'])
  })

  it.each([
    ['/inspections/1', '/inspections/1'],
    ['//evil.example', '/today'],
    ['/people-here', '/today'],
    [undefined, '/today'],
    [['/x'], '/today'],
  ])('leads from %j to %j', (then, page) => expect(pageOf(then)).toBe(page))

  it('switches with one tap to a person without a PIN, and back to where the colleague was', async () => {
    const { backend, calls } = door(() => working('b'))
    const { wrapper, router } = await mountIn(PeopleHerePage, {
      backend,
      path: '/people-here?then=/findings/7',
    })
    await flushPromises()
    await tile(wrapper, '李敏')?.trigger('click')
    await flushPromises()
    expect(calls.find(({ name }) => name === 'person.switch')?.args).toEqual({ person: 'b', pin: null })
    expect(router.currentRoute.value.path).toBe('/findings/7')
  })

  it('asks for the PIN where there is one, and counts the wait down', async () => {
    vi.useFakeTimers({ toFake: ['Date', 'setInterval', 'clearInterval'] })
    const { backend } = door(() => {
      throw new CommandError('wrong-pin', 'wrong', 'pin', { wait_s: 30 })
    })
    const { wrapper } = await mountIn(PeopleHerePage, { backend, path: '/people-here' })
    await flushPromises()
    await tile(wrapper, '张桂花')?.trigger('click')
    for (const digit of '1234') window.dispatchEvent(new KeyboardEvent('keydown', { key: digit }))
    await flushPromises()
    expect(wrapper.findAll('.dots .typed')).toHaveLength(4)
    await wrapper.find('.go').trigger('click')
    await flushPromises()
    expect(wrapper.find('[role=status].note').text()).toContain('30 秒')
    expect(wrapper.find('.go').attributes('disabled')).toBeDefined()
    vi.advanceTimersByTime(30_500)
    await flushPromises()
    expect(wrapper.find('[role=status].note').text()).not.toContain('秒')
    vi.useRealTimers()
  })

  it('offers a PIN of one’s own to who has none, and lets them do it later for a day', async () => {
    const { backend } = door(() => working('b', true))
    const first = await mountIn(PeopleHerePage, { backend, path: '/people-here' })
    await flushPromises()
    await tile(first.wrapper, '李敏')?.trigger('click')
    await flushPromises()
    expect(first.wrapper.text()).toContain('请设一个 PIN')
    const later = first.wrapper.findAll('button').find((one) => one.text() === '以后再设')
    await later?.trigger('click')
    await flushPromises()
    expect(first.router.currentRoute.value.path).toBe('/today')

    const second = await mountIn(PeopleHerePage, { backend, path: '/people-here' })
    await flushPromises()
    await tile(second.wrapper, '李敏')?.trigger('click')
    await flushPromises()
    expect(second.router.currentRoute.value.path).toBe('/today')
  })
})

describe('the pad', () => {
  it.each([
    ['7', '7'],
    ['７', '7'],
    ['a', null],
    ['Enter', null],
    ['12', null],
  ])('takes the key %j for %j', (key, digit) => expect(digitOf(key)).toBe(digit))

  it('takes no more than eight digits and submits no fewer than four', async () => {
    const { backend } = door(() => nobody)
    const { wrapper } = await mountIn(
      PinPad,
      { backend },
      {
        props: { modelValue: '', label: 'PIN' },
      },
    )
    expect(wrapper.find('.go').attributes('disabled')).toBeDefined()
    await wrapper.setProps({ modelValue: '12345678' })
    await wrapper.findAll('.key')[0]?.trigger('click')
    expect(wrapper.emitted('update:modelValue')).toBeUndefined()
    await wrapper.find('.go').trigger('click')
    expect(wrapper.emitted('submit')).toHaveLength(1)
  })
})

describe('the wait', () => {
  it('counts only what a refusal says', () => {
    const wait = useWait(() => 0)
    wait.begin(new CommandError('wrong-pin', ''))
    expect(wait.left.value).toBe(0)
    wait.begin(new CommandError('wait', '', null, { wait_s: 12 }))
    expect(wait.left.value).toBe(12)
    wait.end()
    expect(wait.left.value).toBe(0)
  })
})
