import { mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import { makeI18n } from '@/app/i18n'
import TextField from './TextField.vue'

it('stands as a whole in the class that it is given, and hands the rest to its input', () => {
  const wrapper = mount(TextField, {
    props: { label: '找人', modelValue: '' },
    attrs: { class: 'find', maxlength: '20' },
    global: { plugins: [makeI18n('zh')] },
  })
  expect(wrapper.classes()).toContain('find')
  expect(wrapper.find('input').classes()).toEqual([])
  expect(wrapper.find('input').attributes('maxlength')).toBe('20')
})
