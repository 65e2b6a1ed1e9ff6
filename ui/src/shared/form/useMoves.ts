/** Going about a form: to an item, to the next gap, by keyboard. */
import type { Ref } from 'vue'
import { progressOf } from './model/progress'
import type { Item } from './types'
import type { FormModel } from './useForm'

export interface Moves {
  goTo: (code: string) => void
  goToGap: (after: string | null) => void
  goToMeasured: (after: string) => void
  onKey: (event: KeyboardEvent) => void
}

const rowOf = (code: string) => document.getElementById(`item-${code}`)
const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLTextAreaElement ||
  target instanceof HTMLSelectElement ||
  target instanceof HTMLInputElement

/** The part of a row that answers what the item still needs; null when that is not there yet. */
function targetIn(row: HTMLElement, item: Item | undefined): HTMLElement | null {
  const missing = item?.missing ?? []
  const find = (selector: string) => row.querySelector<HTMLElement>(selector)
  if (missing.includes('answer')) return find('[data-empty]') ?? find('[data-main]')
  if (missing.includes('note')) return find('[data-note]')
  if (missing.includes('photo')) return find('[data-photo]')
  return find('[data-main]') ?? find('textarea, input, button')
}

/** @param onUndo what Ctrl and Z do. */
export function useMoves(
  model: FormModel,
  current: Ref<string | null>,
  live: Ref<string | null>,
  onUndo: () => void,
): Moves {
  const codes = () => model.sections.value.flatMap(({ items }) => items.map(({ code }) => code))

  function goTo(code: string) {
    const row = rowOf(code)
    const item = model.item(code)?.shown
    if (!row) return
    current.value = code
    if (item?.missing.includes('photo')) live.value = code
    const calm = window.matchMedia?.('(prefers-reduced-motion: reduce)').matches
    row.scrollIntoView?.({ block: 'center', behavior: calm ? 'auto' : 'smooth' })
    const focus = (target: HTMLElement | null) => target?.focus({ preventScroll: true })
    const target = targetIn(row, item)
    // The next key belongs there already; what only opens in the row is drawn first.
    if (target) return focus(target)
    requestAnimationFrame(() => focus(targetIn(row, item) ?? row.querySelector<HTMLElement>('[data-main]')))
  }

  function goToGap(after: string | null) {
    const code = model.nextGap(after)
    if (code) goTo(code)
  }

  function goToMeasured(after: string) {
    const all = model.sections.value.flatMap(({ items }) => items)
    const start = all.findIndex(({ code }) => code === after)
    const order = [...all.slice(start + 1), ...all.slice(0, start)]
    const next = order.find(
      ({ shown }) => ['number', 'temperature', 'time'].includes(shown.type) && shown.status === 'unanswered',
    )
    if (next) goTo(next.code)
    else if (progressOf(all.map(({ shown }) => shown)).gaps > 0) goToGap(after)
  }

  function step(from: HTMLElement, by: number) {
    const code = from.closest<HTMLElement>('[data-item]')?.dataset.item ?? current.value
    const all = codes()
    const at = code ? all.indexOf(code) : -1
    const next = all[Math.min(all.length - 1, Math.max(0, at + by))]
    if (next) goTo(next)
  }

  function choose(row: HTMLElement, number: number) {
    const radios = row.querySelectorAll<HTMLElement>('[role="radio"]')
    const radio = radios[number - 1]
    radio?.click()
    radio?.focus({ preventScroll: true })
  }

  function onKey(event: KeyboardEvent) {
    const target = event.target as HTMLElement
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'z' && !isTyping(target)) {
      event.preventDefault()
      return onUndo()
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === 'Escape' && isTyping(target)) return target.blur()
    const row = target.closest<HTMLElement>('[data-item]')
    const isSingleLine = target instanceof HTMLInputElement
    if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && (!isTyping(target) || isSingleLine)) {
      event.preventDefault()
      return step(target, event.key === 'ArrowDown' ? 1 : -1)
    }
    if (isTyping(target) || !row) return
    if (['1', '2', '3'].includes(event.key)) return choose(row, Number(event.key))
    if (event.key.toLowerCase() === 'n') {
      const note = row.querySelector<HTMLElement>('[data-note]')
      if (!note) row.querySelector<HTMLElement>('.tool')?.click()
      event.preventDefault()
      return requestAnimationFrame(() => row.querySelector<HTMLElement>('[data-note]')?.focus())
    }
    if (event.key === 'Enter' && target.getAttribute('role') === 'radio') {
      event.preventDefault()
      goToGap(row.dataset.item ?? null)
    }
  }

  return { goTo, goToGap, goToMeasured, onKey }
}
