import { mount } from '@vue/test-utils'
import { expect, it, onTestFinished } from 'vitest'
import { defineComponent, h, ref } from 'vue'
import { makeI18n } from '@/app/i18n'
import { closeOverlays, overlayCount } from '@/shared/state/overlays'
import { overlaysSettled } from '@/shared/testing/mount'
import PanelDialog from './PanelDialog.vue'

/** A page with a button that opens a dialog, in which a field asks for the focus. */
async function open(field = '<input autofocus aria-label="姓名" />') {
  const isOpen = ref(false)
  const wrapper = mount(
    defineComponent(() => () => [
      h('button', { class: 'opener', onClick: () => (isOpen.value = true) }, '添加'),
      h(
        PanelDialog,
        {
          title: '添加人员',
          modelValue: isOpen.value,
          'onUpdate:modelValue': (value: boolean) => (isOpen.value = value),
        },
        { default: () => h('div', { innerHTML: field }) },
      ),
    ]),
    { attachTo: document.body, global: { plugins: [makeI18n('zh')] } },
  )
  onTestFinished(() => wrapper.unmount())
  const opener = wrapper.find<HTMLButtonElement>('.opener')
  opener.element.focus()
  await opener.trigger('click')
  await overlaysSettled()
  return { wrapper, isOpen, dialog: () => document.querySelector<HTMLElement>('[role=dialog]') }
}
const press = async (key: string) => {
  document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))
  await overlaysSettled()
}

it('is a modal dialog that is called by its title', async () => {
  const { dialog } = await open()
  expect(dialog()?.getAttribute('aria-modal')).toBe('true')
  const title = document.getElementById(dialog()?.getAttribute('aria-labelledby') ?? '')
  expect(title?.textContent).toBe('添加人员')
})

it('gives the focus to the field that asks for it', async () => {
  await open()
  expect(document.activeElement?.getAttribute('aria-label')).toBe('姓名')
})

it('opens no keyboard where no field asks for it', async () => {
  const { dialog } = await open('<input aria-label="电话" />')
  expect(document.activeElement).toBe(dialog())
})

it('closes on Escape, and gives the focus back to where it was', async () => {
  const { isOpen, dialog } = await open()
  await press('Escape')
  expect(isOpen.value).toBe(false)
  expect(dialog()).toBeNull()
  expect(document.activeElement?.className).toBe('opener')
})

it('closes with whatever else lies above the page', async () => {
  const { isOpen } = await open()
  expect(overlayCount()).toBe(1)
  await closeOverlays()
  expect(isOpen.value).toBe(false)
})

it('is taken from the stack when its page goes', async () => {
  const { wrapper } = await open()
  wrapper.unmount()
  expect(overlayCount()).toBe(0)
})
