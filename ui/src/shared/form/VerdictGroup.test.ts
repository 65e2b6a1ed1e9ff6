import { mount } from '@vue/test-utils'
import { afterEach, expect, it } from 'vitest'
import VerdictGroup, { type Choice } from './VerdictGroup.vue'

const choices: Choice[] = [
  { value: 'pass', label: '合格', tone: 'pass' },
  { value: 'fail', label: '不合格', tone: 'fail' },
]
const group = () =>
  mount(VerdictGroup, { props: { choices, value: 'pass', label: '四隔离' }, attachTo: document.body })
const inTabOrder = (wrapper: ReturnType<typeof group>) =>
  wrapper
    .findAll('[role=radio]')
    .filter((button) => button.attributes('tabindex') === '0')
    .map((button) => button.text())

afterEach(() => document.body.replaceChildren())

it('lets Tab come in at the chosen one', async () => {
  const wrapper = group()
  await wrapper.setProps({ value: 'fail' })
  expect(inTabOrder(wrapper)).toEqual(['不合格'])
  await wrapper.setProps({ value: null })
  expect(inTabOrder(wrapper)).toEqual(['合格'])
})

it('leaves the tab order alone while the focus is inside, and sets it right when it goes', async () => {
  const wrapper = group()
  const fail = wrapper.get<HTMLElement>('[data-verdict=fail]')
  fail.element.focus()
  await wrapper.setProps({ value: 'fail' })
  expect(fail.attributes('aria-checked')).toBe('true')
  expect(inTabOrder(wrapper)).toEqual(['合格'])
  fail.element.blur()
  await wrapper.vm.$nextTick()
  expect(inTabOrder(wrapper)).toEqual(['不合格'])
})
