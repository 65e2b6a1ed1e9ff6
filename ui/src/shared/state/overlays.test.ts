import { mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { defineComponent, effectScope, h, KeepAlive, ref, type Ref } from 'vue'
import { closeOverlays, overlayCount, tieToHistory, useOverlay } from './overlays'

const heard: unknown[] = []
let untie: () => void
let scope = effectScope()

/** The router, as far as it matters here: it hears of each step that is left to it. */
const router = (event: PopStateEvent) => heard.push(event.state)

/** Waits until the browser's history stands still: each step of it is a turn of the loop of events. */
async function settled() {
  for (let turn = 0; turn < 30; turn += 1) await new Promise((resolve) => setTimeout(resolve))
}

function overlay(): Ref<boolean> {
  const isOpen = ref(false)
  scope.run(() => useOverlay(isOpen, () => (isOpen.value = false)))
  return isOpen
}
const shown = async (isOpen: Ref<boolean>, value: boolean) => {
  isOpen.value = value
  await settled()
}

beforeEach(async () => {
  scope = effectScope()
  history.pushState({ position: 1 }, '', '#/first')
  history.pushState({ position: 2 }, '', '#/second')
  untie = tieToHistory(window)
  window.addEventListener('popstate', router)
  heard.length = 0
  await settled()
})
afterEach(async () => {
  await closeOverlays()
  await settled()
  scope.stop()
  untie()
  window.removeEventListener('popstate', router)
})

describe('what lies above a page', () => {
  it('is closed by Back, the top one first, while the page stays', async () => {
    const [sheet, photo] = [overlay(), overlay()]
    await shown(sheet, true)
    await shown(photo, true)
    history.back()
    await settled()
    expect([sheet.value, photo.value]).toEqual([true, false])
    history.back()
    await settled()
    expect([sheet.value, photo.value]).toEqual([false, false])
    expect(location.hash).toBe('#/second')
    expect(heard).toEqual([])
  })

  it('leaves the way back as it was when its own button closes it', async () => {
    const sheet = overlay()
    await shown(sheet, true)
    await shown(sheet, false)
    expect(history.state).toEqual({ position: 2 })
    history.back()
    await settled()
    expect(location.hash).toBe('#/first')
    expect(heard).toEqual([{ position: 1 }])
  })

  it('gives way to another in one go', async () => {
    const [list, sheet] = [overlay(), overlay()]
    await shown(list, true)
    const length = history.length
    list.value = false
    sheet.value = true
    await settled()
    expect(history.length).toBe(length)
    expect(history.state).toEqual({ position: 2, overlays: 1 })
    history.back()
    await settled()
    expect(sheet.value).toBe(false)
  })

  it('is closed, all of it, before another page comes', async () => {
    const [sheet, photo] = [overlay(), overlay()]
    await shown(sheet, true)
    await shown(photo, true)
    await closeOverlays()
    expect([sheet.value, photo.value, overlayCount()]).toEqual([false, false, 0])
    expect(history.state).toEqual({ position: 2 })
  })

  it('takes with it what was opened from it', async () => {
    const [sheet, photo] = [overlay(), overlay()]
    await shown(sheet, true)
    await shown(photo, true)
    await shown(sheet, false)
    expect(photo.value).toBe(false)
    expect(history.state).toEqual({ position: 2 })
  })

  it('leaves steps between pages to the router', async () => {
    const sheet = overlay()
    await shown(sheet, true)
    await closeOverlays()
    history.pushState({ position: 3 }, '', '#/third')
    history.back()
    await settled()
    expect(heard).toEqual([{ position: 2 }])
    expect(location.hash).toBe('#/second')
  })

  it('does not come back by Forward', async () => {
    const sheet = overlay()
    await shown(sheet, true)
    history.back()
    await settled()
    history.forward()
    await settled()
    expect(sheet.value).toBe(false)
    expect(history.state).toEqual({ position: 2 })
    expect(heard).toEqual([])
  })

  it('does not open above another page than its own, though its code comes late', async () => {
    const [isShown, isHere, isOpen] = [ref(true), ref(false), ref(true)]
    const Sheet = defineComponent(() => {
      useOverlay(isOpen, () => (isOpen.value = false))
      return () => (isOpen.value ? 'sheet' : '')
    })
    const Page = defineComponent(() => () => h('div', isHere.value ? h(Sheet) : 'page'))
    const Other = defineComponent(() => () => h('div', 'other'))
    const wrapper = mount(
      defineComponent(() => () => h(KeepAlive, null, { default: () => h(isShown.value ? Page : Other) })),
    )
    isShown.value = false
    await settled()
    isHere.value = true
    await settled()
    expect([isOpen.value, overlayCount()]).toEqual([false, 0])
    wrapper.unmount()
  })

  it('goes when its page goes, whoever took it away', async () => {
    const sheet = overlay()
    await shown(sheet, true)
    history.go(-2)
    await settled()
    expect(sheet.value).toBe(false)
    expect(heard).toEqual([{ position: 1 }])
  })
})
