import { flushPromises } from '@vue/test-utils'
import { describe, expect, it, onTestFinished } from 'vitest'
import { CommandError } from '@/backend'
import { partsHere } from '@/shared/state/later'
import { fakeBackend, type Answers } from '@/shared/testing/backend'
import { mountIn, topDialog } from '@/shared/testing/mount'
import RoutePage from './RoutePage.vue'

const point = (id: string, place: number, name: string) => ({
  ...{ id, place, name, name_en: null, look_at: '', look_at_en: null, area: null, area_name: null },
  ...{ items: [], must: [], min_seconds: 30, in_all_windows: true, windows: ['w'], photo: false },
  ...{ tags: [], until: null, version: 'v' },
})
const route = {
  ...{ id: 'r', scope: 'c', name: '夜巡', name_en: null, code: null, fire: true, night: true, photo: false },
  ...{ points: 3, tagged: 0, fire_missing: [], until: null, version: 'v' },
  windows: [{ id: 'w', name: '一', name_en: null, from: '22:00', to: '00:00', days: 'every' as const }],
}
const POINTS = [point('a', 1, '门'), point('b', 2, '库'), point('c', 3, '楼')]

async function page(answers: Answers = {}, permissions: string[] = ['manage_routes']) {
  const { backend, calls } = fakeBackend({
    'door.get': {
      ...{ door: 'office', version: '1', organisation: { id: 'o', name: '园' } },
      account: { name: 'admin', person: 'p', roles: ['logi'], must_begin: false },
    },
    'person.current': {
      ...{ by: { id: 'p', name: '陈志强' }, roles: ['logi'], should_set_pin: false },
      permissions: permissions as never,
    },
    'campus.list': { campuses: [], here: null },
    'area.list': { areas: [], next: null },
    'route.items': { items: [] },
    'route.get': { route, points: POINTS, ended: [] },
    'draft.get': { draft: null } as never,
    ...answers,
  })
  const { wrapper } = await mountIn(RoutePage, { backend, path: '/routes/r', route: '/routes/:id' })
  await flushPromises()
  onTestFinished(() => wrapper.unmount())
  const names = () => wrapper.findAll('ol .name').map((name) => name.text())
  return { wrapper, names, asked: (name: string) => calls.filter((call) => call.name === name) }
}

describe('the points of a route', () => {
  it('are moved by the arrow keys on their handles, one call a move', async () => {
    const { wrapper, names, asked } = await page({ 'checkpoint.move': () => new Promise(() => {}) })
    await wrapper.get('[aria-label="第 3 点 楼，按上下键移动"]').trigger('keydown', { key: 'ArrowUp' })
    expect(names()).toEqual(['门', '楼', '库'])
    expect(asked('checkpoint.move')).toEqual([{ name: 'checkpoint.move', args: { id: 'c', place: 2 } }])
    await wrapper.get('[aria-label="第 1 点 门，按上下键移动"]').trigger('keydown', { key: 'ArrowUp' })
    expect(asked('checkpoint.move')).toHaveLength(1)
  })

  it('stand as they were put, with the focus on the handle, until the store says how', async () => {
    let answer: (points: typeof POINTS) => void = () => {}
    const stored = new Promise<typeof POINTS>((resolve) => (answer = resolve))
    let asks = 0
    const { wrapper, names, asked } = await page({
      'checkpoint.move': {} as never,
      'route.get': async () => ({ route, points: asks++ === 0 ? POINTS : await stored, ended: [] }),
    })
    const handle = wrapper.get<HTMLElement>('[aria-label="第 3 点 楼，按上下键移动"]')
    handle.element.focus()
    await handle.trigger('keydown', { key: 'ArrowUp' })
    await handle.trigger('keydown', { key: 'ArrowUp' })
    await flushPromises()
    expect(names()).toEqual(['楼', '门', '库'])
    expect(asked('checkpoint.move').map(({ args }) => args)).toEqual([
      { id: 'c', place: 2 },
      { id: 'c', place: 1 },
    ])
    expect(document.activeElement).toBe(handle.element)
    answer([point('c', 1, '楼'), point('a', 2, '门'), point('b', 3, '库')])
    await flushPromises()
    expect(names()).toEqual(['楼', '门', '库'])
    expect(document.activeElement).toBe(handle.element)
  })

  it('stand as they are stored when a move is refused, and say why', async () => {
    const refused = () => Promise.reject(new CommandError('not-allowed', 'no'))
    const { wrapper, names } = await page({ 'checkpoint.move': refused })
    await wrapper.get('[aria-label="第 3 点 楼，按上下键移动"]').trigger('keydown', { key: 'Home' })
    await flushPromises()
    expect(names()).toEqual(['门', '库', '楼'])
    expect(wrapper.text()).toContain('没有这项权限')
  })

  it('that stand for all classes give way to one for each class after one more question', async () => {
    const class1 = { id: 'k', scope: 'c', name: '一班', kind: 'class', parent: null, owner_class: null }
    const { wrapper, asked } = await page({
      'area.list': { areas: [{ ...class1, owner_person: null, key_area: false, version: 'v' }], next: null },
      'checkpoint.per_class': { points: [] },
    })
    await wrapper.get('[aria-label$=": 库"]:not([aria-label*="标签"])').trigger('click')
    await partsHere()
    await flushPromises()
    const open = () => topDialog().get('[data-per-class]')
    expect(open().text()).toBe('每个班一个点')
    await open().trigger('click')
    expect(open().text()).toContain('换成 1 个班级的点')
    expect(asked('checkpoint.per_class')).toEqual([])
    await open().findAll('button')[0]!.trigger('click')
    await flushPromises()
    expect(asked('checkpoint.per_class').map(({ args }) => args)).toEqual([{ id: 'b' }])
  })

  it('are only looked at by who does not keep routes', async () => {
    const { wrapper, names } = await page({}, [])
    expect(names()).toEqual(['门', '库', '楼'])
    expect(wrapper.findAll('.handle')).toEqual([])
    expect(wrapper.text()).not.toContain('添加巡查点')
  })
})
