/** Moving a point: by dragging its handle with mouse or finger, or by the keys on it. */
import { computed, nextTick, ref, type Ref } from 'vue'
import { moved, placeAt, placeByKey } from './order'

/**
 * Moves the rows of a list.
 * @param stored the rows as they are stored
 * @param list the element that holds a row each, in order
 * @param save stores that a row has a new place, from 0
 */
export function useOrder<T extends { id: string }>(
  stored: () => readonly T[],
  list: Readonly<Ref<HTMLElement | null>>,
  save: (row: T, place: number) => Promise<boolean>,
) {
  const dragged = ref<string | null>(null)
  /** How they stand until the store says the same. */
  const order = ref<string[] | null>(null)
  const rows = computed(() => {
    const byId = new Map(stored().map((row) => [row.id, row]))
    const known = (order.value ?? []).flatMap((id) => byId.get(id) ?? [])
    return known.length === byId.size ? known : [...stored()]
  })
  const placeOf = (id: string) => rows.value.findIndex((row) => row.id === id)

  async function move(id: string, place: number) {
    const row = rows.value.find((known) => known.id === id)
    if (!row || place === stored().findIndex((known) => known.id === id)) return void (order.value = null)
    order.value = moved(
      rows.value.map((known) => known.id),
      placeOf(id),
      place,
    )
    await save(row, place)
    order.value = null
  }

  async function key(event: KeyboardEvent, id: string) {
    const place = placeByKey(event.key, placeOf(id), rows.value.length)
    if (place === null) return
    event.preventDefault()
    if (place === placeOf(id)) return
    const handle = event.currentTarget as HTMLElement
    const saving = move(id, place)
    // A row that is put elsewhere in the page loses the focus.
    await nextTick()
    handle.focus()
    await saving
    await nextTick()
    handle.focus()
  }

  function start(event: PointerEvent, id: string) {
    if (event.button !== 0) return
    dragged.value = id
    const handle = event.currentTarget as HTMLElement
    handle.setPointerCapture(event.pointerId)
  }

  function drag(event: PointerEvent) {
    if (dragged.value === null || !list.value) return
    const others = [...list.value.children].filter((row) => row instanceof HTMLElement)
    const middles = others.map((row) => {
      const { top, height } = row.getBoundingClientRect()
      return top + height / 2
    })
    const [from, to] = [placeOf(dragged.value), placeAt(event.clientY, middles)]
    // Just above the middle of the row below it stands where it stood.
    const place = to > from ? Math.max(from, event.clientY < (middles[to] ?? 0) ? to - 1 : to) : to
    if (place === from) return
    order.value = moved(
      rows.value.map((row) => row.id),
      from,
      place,
    )
  }

  async function drop() {
    const id = dragged.value
    dragged.value = null
    if (id !== null) await move(id, placeOf(id))
  }

  function cancel() {
    dragged.value = null
    order.value = null
  }

  return { rows, dragged, key, start, drag, drop, cancel }
}
