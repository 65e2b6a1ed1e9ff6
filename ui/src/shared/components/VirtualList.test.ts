import { mount } from '@vue/test-utils'
import { beforeEach, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import VirtualList from './VirtualList.vue'

const HEIGHT = 400
const ROW = 40

/** jsdom lays nothing out: the list is 400 px high, and each row 40. */
beforeEach(() => {
  vi.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockImplementation(function (this: HTMLElement) {
    return this.classList.contains('item') ? ROW : HEIGHT
  })
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(HEIGHT)
})

async function list(count: number, props: object = {}) {
  const items = Array.from({ length: count }, (_, at) => ({ id: `r${at}` }))
  const wrapper = mount(VirtualList<{ id: string }>, {
    attachTo: document.body,
    props: { items, rowHeight: ROW, label: '全部检查', keyOf: (item) => item.id, ...props },
    slots: { default: ({ item }: { item: { id: string } }) => item.id },
  })
  await nextTick()
  await nextTick()
  return wrapper
}

it('draws what is in sight of fifty thousand rows, and stands as high as all of them', async () => {
  const wrapper = await list(50_000)
  const drawn = wrapper.findAll('.item')
  expect(drawn[0]?.text()).toBe('r0')
  expect(drawn.length).toBeGreaterThanOrEqual(HEIGHT / ROW)
  expect(drawn.length).toBeLessThan(40)
  expect((wrapper.find('.all').element as HTMLElement).style.height).toBe(`${50_000 * ROW}px`)
})

it('tells a screen reader how long the list is, and which row stands there', async () => {
  const wrapper = await list(50_000)
  expect(wrapper.attributes('role')).toBe('list')
  expect(wrapper.attributes('aria-label')).toBe('全部检查')
  const third = wrapper.findAll('[role=listitem]')[2]
  expect(third?.attributes('aria-posinset')).toBe('3')
  expect(third?.attributes('aria-setsize')).toBe('50000')
})

it('asks for more before its end is in sight', async () => {
  const wrapper = await list(100)
  vi.spyOn(wrapper.element, 'scrollHeight', 'get').mockReturnValue(100 * ROW)
  await wrapper.trigger('scroll')
  expect(wrapper.emitted('more')).toBeUndefined()
  wrapper.element.scrollTop = 100 * ROW - HEIGHT * 3
  await wrapper.trigger('scroll')
  expect(wrapper.emitted('more')).toHaveLength(1)
})

it('can be walked by keys, also where nothing in a row takes the focus', async () => {
  expect((await list(3)).attributes('tabindex')).toBe('0')
})
