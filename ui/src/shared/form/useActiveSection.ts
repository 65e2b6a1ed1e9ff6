/** Which section a person is at, by what stands at the top of the screen. */
import { useEventListener } from '@vueuse/core'
import { ref, type Ref } from 'vue'

/** How far below the head a section begins to count. */
const LINE = 180

export function useActiveSection(): Ref<number> {
  const active = ref(0)
  let planned = false

  function look() {
    planned = false
    const sections = [...document.querySelectorAll<HTMLElement>('[data-section]')]
    const passed = sections.filter((section) => section.getBoundingClientRect().top <= LINE)
    const isAtEnd = window.innerHeight + window.scrollY >= document.documentElement.scrollHeight - 4
    const last = sections.at(-1)
    // The last ones may be too short to reach the line.
    const found = isAtEnd && last && window.scrollY > 0 ? last : (passed.at(-1) ?? sections[0])
    active.value = Number(found?.dataset.section ?? 0)
  }
  useEventListener(
    window,
    'scroll',
    () => {
      if (planned) return
      planned = true
      requestAnimationFrame(look)
    },
    { passive: true },
  )
  return active
}
